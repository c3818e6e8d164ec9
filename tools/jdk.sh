# Finds a JDK for ./godwit and ./dev; they source this file. No process is started unless `java` has to be
# looked up on PATH. A JDK says its own version in the file `release` of its home, so that no java is run for it.

JDK_LEAST=25
JDK_ROOT=${GODWIT_JVM_ROOT:-/usr/lib/jvm} # where Linux distributions put JDKs; another one for the tests

# jdk_at HOME: is it a JDK that is new enough? Then sets `jdk` and `jdk_version`; else notes what it passed over.
jdk_at() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    jdk_version=
    while IFS='=' read -r jdk_key jdk_value; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_version=${jdk_value#\"}
            jdk_version=${jdk_version%\"}
            break
        fi
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    if [ "${jdk_major:-0}" -ge "$JDK_LEAST" ]; then
        jdk=$1
        return 0
    fi
    jdk_passed="${jdk_passed:+$jdk_passed, }${jdk_version:-unknown} in $1"
    return 1
}

# The home of the `java` that PATH leads to, through symbolic links, and through shims by asking java itself.
jdk_on_path() {
    jdk_java=$(command -v java) || return 1
    jdk_java=$(readlink -f "$jdk_java") || return 1
    jdk_home=${jdk_java%/bin/java}
    if [ ! -r "$jdk_home/release" ]; then
        jdk_home=$("$jdk_java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    fi
    jdk_at "$jdk_home"
}

# The newest of those that are installed side by side.
jdk_in_root() {
    jdk_best=
    jdk_best_major=0
    for jdk_home in "$JDK_ROOT"/*; do
        if jdk_at "$jdk_home" && [ "$jdk_major" -gt "$jdk_best_major" ]; then
            jdk_best=$jdk_home
            jdk_best_major=$jdk_major
        fi
    done
    [ -n "$jdk_best" ] && jdk_at "$jdk_best"
}

# find_jdk [FILE]: sets `jdk` and `jdk_version`. FILE remembers the last find for the same environment.
find_jdk() {
    jdk=
    jdk_passed=
    jdk_cache=${1-}
    jdk_key_now="${GODWIT_JAVA_HOME-}|${JAVA_HOME-}|$PATH|$JDK_ROOT"
    if [ -r "$jdk_cache" ]; then
        { IFS= read -r jdk_key_then && IFS= read -r jdk_home; } <"$jdk_cache"
        [ "$jdk_key_then" = "$jdk_key_now" ] && jdk_at "$jdk_home" && return 0
        jdk_passed=
    fi
    { [ -n "${GODWIT_JAVA_HOME-}" ] && jdk_at "$GODWIT_JAVA_HOME"; } \
        || { [ -n "${JAVA_HOME-}" ] && jdk_at "$JAVA_HOME"; } \
        || jdk_on_path || jdk_in_root || return 1
    [ -z "$jdk_cache" ] || jdk_remember
}

# A cache that cannot be written (a tree of somebody else's) costs a millisecond, not an error.
jdk_remember() {
    [ -d "${jdk_cache%/*}" ] && [ -w "${jdk_cache%/*}" ] || return 0
    printf '%s\n%s\n' "$jdk_key_now" "$jdk" >"$jdk_cache.$$" && mv -f "$jdk_cache.$$" "$jdk_cache" || return 0
}

no_jdk() {
    printf 'godwit: needs a JDK %s or newer%s: install one (a Temurin %s, say) or set GODWIT_JAVA_HOME to its home.\n' \
        "$JDK_LEAST" "${jdk_passed:+ (passed over: $jdk_passed)}" "$JDK_LEAST"
}
