# Builds what ./godwit runs. ./godwit sources this file when there is no build or an old one, and lends it
# `home`, `apps`, `current`, `app`, `aot`, `jdk`, `jdk_version`, `built` and `trained`.

log=$home/target/build.log
work=$home/target/launch

# build: one terminal at a time; whoever had to wait finds the work done.
build() {
    mkdir -p "$apps" || return
    lock_tree
    built || publish || return
    trained || showing 'preparing fast starts for this JDK' train
    unlock_tree
}

# The lock is on the tree's directory itself: no file to leave behind, and `mvn clean` cannot remove it.
# Whoever runs ./godwit while holding the lock (./dev test) says so in GODWIT_TREE_LOCKED.
lock_tree() {
    [ -z "${GODWIT_TREE_LOCKED-}" ] && command -v flock >/dev/null || return 0
    exec 9<"$home"
    flock -n 9 && return 0
    say 'waiting for the build in another terminal'
    flock 9
}

unlock_tree() {
    exec 9<&-
}

# `next` is written before the compiler reads its first file, and becomes `current` with that time.
publish() {
    command -v mvn >/dev/null || {
        say 'needs Maven to build itself: install it (Debian: apt-get install maven)'
        return 1
    }
    previous=${app-}
    why='rebuilding, sources changed'
    [ -n "$previous" ] || why='building (first use, about a minute)'
    app=$(date +%Y%m%d-%H%M%S)-$$
    next=$apps/next.$$
    echo "$app" >"$next"
    showing "$why" make_app || {
        rm -rf "$next" "${apps:?}/$app"
        say "the build failed; the end of $log:"
        grep -v -e '^\[INFO\]' -e '^$' "$log" | tail -n 20 >&2
        return 1
    }
    mv -f "$next" "$current"
    sweep
}

make_app() {
    compile && assemble && train
}

# Apart from what ./dev compiles, and without its checks: they take twice the time of everything else, and a JDK
# newer than Error Prone, or one with a new warning, must still start Godwit.
compile() {
    rm -rf "$work/lib" "$work/frameworks" && mkdir -p "$work/frameworks"
    (cd "$home" && JAVA_HOME=$jdk mvn -B -ntp -Dstyle.color=never -Dmaven.test.skip=true \
        -Dgodwit.build="$work" -Dcompiler.warnings=-nowarn -Dcompiler.checks=-XDunchecked package) \
        </dev/null >"$log" 2>&1
}

assemble() {
    mkdir "$apps/$app" "$apps/$app/lib" && cp "$work/godwit.jar" "$apps/$app/" \
        && cp -R "$work/frameworks" "$apps/$app/" \
        && "$jdk/bin/java" "$home/tools/ModernClasses.java" "$work/lib" "$apps/$app/lib" >>"$log" 2>&1
}

# A training run writes the cache. Without one Godwit still works, so a failure is noted in the log and as an
# empty cache, which the JVM passes over and which is not tried again.
train() {
    trained && return 0
    "$jdk/bin/java" -XX:+UseSerialGC -XX:AOTCacheOutput="$aot.$$" \
        -cp "$apps/$app/godwit.jar" dev.godwit.cli.Main check "$home/tools/training.sql" </dev/null >>"$log" 2>&1
    [ -f "$aot.$$" ] || : >"$aot.$$"
    mv -f "$aot.$$" "$aot"
}

# Old builds go, but for the one before (another terminal may be about to start it) and those that still run.
sweep() {
    for old in "$apps"/*/; do
        old=${old%/}
        old=${old##*/}
        case $old in "$app" | "$previous") continue ;; esac
        grep -qsF "/app/$old/" /proc/[0-9]*/cmdline || rm -rf "${apps:?}/$old"
    done
}

say() {
    printf 'godwit: %s\n' "$1" >&2
}

# showing LABEL COMMAND: runs it, with the seconds counted up in place on a terminal, or one plain line elsewhere.
showing() {
    if [ ! -t 2 ] || [ -n "${CI-}" ] || [ "${TERM-dumb}" = dumb ]; then
        say "$1"
        "$2"
        return
    fi
    count_seconds "$1" 9<&- &
    counter=$!
    trap 'stop_counting; exit 130' INT
    trap 'stop_counting; exit 143' TERM HUP
    "$2"
    result=$?
    trap - INT TERM HUP
    stop_counting
    return $result
}

count_seconds() {
    seconds=0
    while kill -0 $$ 2>/dev/null; do
        printf '\r\033[Kgodwit: %s … %s s' "$1" "$seconds" >&2
        sleep 1
        seconds=$((seconds + 1))
    done
}

stop_counting() {
    kill "$counter" 2>/dev/null
    wait "$counter" 2>/dev/null
    printf '\r\033[K' >&2
}
