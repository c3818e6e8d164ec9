# Runs one embedded PostgreSQL server and outlives whoever started it just long enough to clear it away.
#
#   sh supervise.sh DIRECTORY TEMPLATE POSTGRES [WORD...]
#
# WORDs (setpriv ... or unshare ...) are put before every command that must not run as root. The first line of
# standard input is the SQL that sets the superuser's password: standard input, because everyone may read arguments.
# An empty TEMPLATE means that DIRECTORY/data is filled already, an empty first line that its passwords are set.
# Then standard input stays silent, and its end means that the owner is gone, however it went: it closed the pipe, it
# exited, or the kernel closed the pipe for a process that was killed. Then the server stops at once and DIRECTORY goes.
directory=$1 template=$2 postgres=$3
shift 3
server=

clear_away() {
    trap '' INT HUP TERM PIPE
    if [ -n "$server" ]; then
        # QUIT is PostgreSQL's immediate shutdown. TERM comes first because a shell starts background commands with
        # QUIT ignored, and the server may not yet have set its own handlers.
        kill -TERM "$server"
        kill -QUIT "$server"
        wait "$server"
    fi 2>/dev/null
    # Backends of a server that was killed may still be writing their last files: a second look finds them gone.
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf -- "$directory" 2>/dev/null && break
        sleep 0.1
    done
}

fail() {
    echo "failed $1"
    read -r nothing
    exit 1
}

trap '' INT HUP PIPE
trap clear_away EXIT
trap 'exit 143' TERM
IFS= read -r password_sql || exit 1

umask 077
exec 2>>"$directory/log"
[ -z "$template" ] || "$@" cp -R --reflink=auto "$template/." "$directory/data/" >&2 || fail copy

# Single-user mode is PostgreSQL's documented way to repair a server that nobody can log in to.
[ -z "$password_sql" ] || printf '%s\n' "$password_sql" | "$@" "$postgres" --single -D "$directory/data" -c fsync=off \
    -c password_encryption=scram-sha-256 -c log_min_error_statement=panic -c log_checkpoints=off \
    postgres >/dev/null || fail password

# When the supervisor itself is killed, the kernel stops the server (Linux, setpriv of util-linux 2.34 and later).
follow=
setpriv --pdeathsig QUIT true 2>/dev/null && follow='setpriv --pdeathsig QUIT'

"$@" $follow "$postgres" -D "$directory/data" -c config_file="$directory/postgresql.conf" </dev/null >&2 &
server=$!
echo "started $server"
read -r nothing
