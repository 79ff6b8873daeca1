# shellcheck shell=bash disable=SC2154
# How the launcher tests. It reads this file, and has found the JDK and where things are before.

readonly MODULES_AT_ONCE=2 # some of them test in several JVMs (CONTRIBUTING.md)

# As progress, but also shows each module's count of tests and whatever failed, on stdout; not Maven's advice at the end. Several modules
# are tested at once, so what a module says is shown with its name, which Maven has in the names of its threads.
test_progress() {
  local line module advice=
  while IFS= read -r line; do
    module=
    case $line in
      '[mvn-builder-'*'] [INFO] '* | '[mvn-builder-'*'] [ERROR] '*)
        module=${line#\[mvn-builder-}
        module="${module%%]*}: "
        line="[${line#*\] \[}"
        ;;
      '['*'] [INFO] '* | '['*'] [ERROR] '*) line="[${line#*\] \[}" ;;
    esac
    case $line in
      '[INFO] Building '*']')
        line=${line#\[INFO\] Building }
        say "[${line##*\[} ${line%% *}"
        ;;
      '[ERROR] -> [Help 1]'*) advice=follows ;;
      *'Tests run:'* | '[ERROR]'* | *'BUILD SUCCESS'* | *'BUILD FAILURE'* | *'Total time:'* | *LOUD*)
        [[ -n $advice ]] || printf '%s%s\n' "$module" "$line"
        ;;
    esac
  done
}

run_tests() {
  local log=$built/test.log
  lock
  say "testing Ringwall; all of it: $log"
  if ! maven "$log" test_progress -T "$MODULES_AT_ONCE" -Dorg.slf4j.simpleLogger.showThreadName=true verify "$@"; then
    say "not everything is true that must be; all of it: $log"
    exit 1
  fi
  keep_build
}
