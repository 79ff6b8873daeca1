# shellcheck shell=bash disable=SC2154
# What lets commands start fast and nodes stay small: how the launcher makes the AOT caches of a build and a node's class path. It reads this
# file, and has found the JDK and where things are before.

# One AOT cache for each build, JDK and class path. $1: the build, $2: control or node where they have one of their own.
aot_cache() { printf '%s' "$built/$1/${2:-}$({ cat "$JAVA_HOME/release" && class_path "$1" "${2:-}"; } | cksum | tr ' ' -).aot"; }

# A node keeps the directory of every jar on its class path in memory, needed or not: it has only those that its room and its log need.
node_jars() {
  local needed jar jars=()
  mkdir -p "$built/$1/node"
  [[ -s $home/app/node/target/class-path ]] || return 0
  needed=$(<"$home/app/node/target/class-path"):
  for jar in "$built/$1/lib"/*.jar; do
    case ${jar##*/} in
      ringwall-node-* | ringwall-command-* | logback-* | jul-to-slf4j-*) jars+=("$jar") ;;
      *) [[ $needed != *"/${jar##*/}:"* ]] || jars+=("$jar") ;;
    esac
  done
  ln "${jars[@]}" "$built/$1/node/"
}

# Whether the command stays up alone, and is worth a cache of its own.
has_own_cache() { [[ ${1:-} == node || ${1:-} == control ]] && [[ " $* " != *" --help "* ]]; }

# What was learnt counts once it is whole. An empty cache says: do not try again before the next build.
keep_cache() {
  if [[ -s $1.part ]]; then
    mv "$1.part" "$1"
  else
    say "warning: no AOT cache, commands start slower; why: $2"
    : >"$1"
  fi
}

# A short life that loads what a real one loads; the JVM keeps what it learns in it. Failing costs start-up time only.
train() {
  local id cache log=$built/training.log
  id=$(<"$built/stamp")
  cache=$(aot_cache "$id")
  [[ ! -e $cache ]] || return 0
  say "preparing a fast start (once per build)"
  # The whole demonstration is the training: what it loads is what up, demo and most commands load.
  # shellcheck disable=SC2046 # one flag a line
  (cd "$home" && "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" $(sized_for demo) -Dringwall.archives="$built/$id/archives" -XX:AOTCacheOutput="$cache.part" \
    -cp "$(class_path "$id")" "$MAIN" demo --smoke) >"$log" 2>&1 9>&- || true
  keep_cache "$cache" "$log"
}

# A control plane and a node load less than the demonstration, and all that a cache holds becomes resident: each learns from a start of its own.
train_system() {
  local id folder kind log=$built/training-system.log
  id=$(<"$built/stamp")
  [[ ! -e $(aot_cache "$id" control-) ]] || return 0
  say "preparing a fast start of control planes and nodes (once per build)"
  folder=$(mktemp -d)
  (small_system "$id" "$folder") >"$log" 2>&1 9>&- || true
  rm -rf "$folder"
  for kind in node- control-; do
    keep_cache "$(aot_cache "$id" "$kind")" "$log"
  done
}

# What the JVM learns of methods is for commands that are over soon: a node would compile 3,000 that only its start calls.
learns_not() { [[ $1 != node ]] || printf '%s\n' -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining; }

# small_system BUILD FOLDER: a control plane, a person who signs in, and a node. What a node learns is its start alone: of what it does later it would
# keep, and compile again at each start, more than one that has nothing to do needs.
small_system() {
  local id=$1 at=$2 listens=$((20000 + RANDOM % 10000)) door=$((30000 + RANDOM % 2500)) general control node
  general=$(aot_cache "$id")
  [[ -s $general ]] || general=
  trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT # what they have learnt until then they write when they end
  export HOME=$at
  unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
  # shellcheck disable=SC2046 # one flag a line
  plain() { exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" $(sized_for "$1") ${general:+-XX:AOTCache="$general"} -cp "$(class_path "$id")" "$MAIN" "$@"; }
  # shellcheck disable=SC2046
  learn() { exec "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" $(sized_for "$1") $(learns_not "$1") -XX:AOTCacheOutput="$(aot_cache "$id" "$1-").part" -cp "$(class_path "$id" "$1-")" "$MAIN" "$@"; }
  small_declaration "$at"
  learn control "$at/ringwall.yaml" --listen "127.0.0.1:$listens" --health 0 --door "https://localhost:$door" \
    --state "$at/control" >"$at/control.out" &
  control=$!
  await_line "$at/control.out" 'control ' "$control" || return
  (plain join-token gateway items --state "$at/control") | grep -v ' ' | grep . >"$at/join"
  plain node gateway items --state "$at/node" --health 0 --join "$at/join" --door "127.0.0.1:$door" >"$at/first.out" &
  node=$!
  await_line "$at/first.out" 'node ' "$node" || return
  (plain token --as reader --state "$at/control") >/dev/null || true
  kill "$node"
  wait "$node" || true
  learn node gateway items --state "$at/node" --health 0 --door "127.0.0.1:$door" >"$at/node.out" &
  node=$!
  await_line "$at/node.out" 'node ' "$node"
}

# small_declaration FOLDER: one service. It has a document of OpenAPI, or a node that reads one would load all that for itself alone.
small_declaration() {
  cat >"$1/ringwall.yaml" <<'END'
ringwall: 1
system: small
roles: { reader: { login: password } }
services:
  items:
    url: http://127.0.0.1:9
    openapi: items.yaml
    operations:
      find: { http: "GET /items/{id}", allow: reader }
      change: { http: "PUT /items/{id}", allow: reader }
END
  cat >"$1/items.yaml" <<'END'
openapi: 3.1.0
info: { title: items, version: "1" }
paths:
  /items/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
    get:
      parameters:
        - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
      responses:
        "200": { description: it, content: { application/json: { schema: { $ref: "#/components/schemas/Item" } } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Item" } } } }
      responses: { "204": { description: changed } }
components:
  schemas:
    Item:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: { type: string, pattern: "^[a-z]+$", maxLength: 40 }
        price: { type: number, minimum: 0 }
        made: { type: string, format: date }
        tags: { type: array, maxItems: 5, items: { type: string } }
END
}

# await_line FILE BEGINNING PROCESS: until it is there; fails where the process ends before.
await_line() {
  until grep -q "^$2" "$1"; do
    kill -0 "$3" || {
      grep -q "^$2" "$1" # it may have said it just before it ended
      return
    }
    sleep 0.2
  done
}
