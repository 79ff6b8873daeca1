# shellcheck shell=bash disable=SC2154
# How the launcher runs benchmarks. It reads this file, and has found the JDK and where things are before.

# The small benchmarks are test code: they are compiled here, and no other build takes time for them.
build_parts() {
  local log=$built/parts.log
  lock
  if ! (cd "$home" && ./mvnw --batch-mode package -pl bench -am -DskipTests -Dcyclonedx.skip=true >"$log" 2>&1 9>&-); then
    say "the build failed; all of it: $log"
    exit 70
  fi
  unlock
}

parts_path() { printf '%s' "$home/bench/target/test-classes:$(<"$home/bench/target/class-path")"; }

# run_parts OPTION...: of JMH.
run_parts() {
  build_parts
  exec "$JAVA_HOME/bin/java" -cp "$(parts_path)" org.openjdk.jmh.Main "$@"
}

# run_bench [NAME] OPTION...: all but the parts.
run_bench() {
  local parts=
  if [[ ${1:-} == memory && $# != 2 ]]; then # not where only help is asked for
    build_parts
    parts=-Dringwall.parts=$(parts_path)
  fi
  exec "$JAVA_HOME/bin/java" "-Dringwall.home=$home" ${parts:+"$parts"} -cp "$home/bench/target/classes" dev.ringwall.bench.Bench "$@"
}
