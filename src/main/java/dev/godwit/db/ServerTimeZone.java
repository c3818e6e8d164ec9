package dev.godwit.db;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The time zone that psql would work in. pgjdbc tells the server the JVM's instead, and cannot be told otherwise; then
/// `ALTER … TYPE timestamptz` would turn a `timestamp` into another moment on each machine that runs a migration.
///
/// What the URL's `options` say counts, then what is set for role and database, which every role can read. What the
/// server's configuration says is shown to few roles; the others get `log_timezone`, which `initdb` and hosting
/// services set to the same. A zone given on the server's command line is not seen.
///
/// Source: pgjdbc issue 2311; PostgreSQL manual, section 53.13, `pg_db_role_setting`.
final class ServerTimeZone {
    private static final Pattern OPTION = Pattern.compile("(?i)(?:-c\\s*|--)timezone=(\\S+)");

    private static final String OF_ROLE_OR_DATABASE = """
            SELECT split_part(setting, '=', 2) AS zone,
              has_table_privilege('pg_catalog.pg_file_settings', 'SELECT')
                AND has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE') AS sees_files,
              current_setting('log_timezone') AS log_zone
            FROM (SELECT d.oid AS database, r.oid AS role FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
                  WHERE d.datname = current_database() AND r.rolname = session_user) AS me
            LEFT JOIN LATERAL (
              SELECT setting, s.setrole, s.setdatabase
              FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) AS setting
              WHERE s.setdatabase IN (0, me.database) AND s.setrole IN (0, me.role) AND setting ILIKE 'timezone=%') AS found ON true
            ORDER BY setrole <> 0 DESC NULLS LAST, setdatabase <> 0 DESC NULLS LAST LIMIT 1""";

    private static final String OF_FILES = """
            SELECT setting AS zone FROM pg_catalog.pg_file_settings
            WHERE lower(name) = 'timezone' AND applied ORDER BY seqno DESC LIMIT 1""";

    private ServerTimeZone() {}

    private record Found(Optional<String> zone, boolean seesFiles, String logZone) {}

    static void use(Session session, DatabaseUrl url) {
        String zone = option(url).orElseGet(() -> configured(session));
        session.queryOne(
                "SELECT set_config('TimeZone', ?, false) AS zone WHERE current_setting('TimeZone') <> ?",
                row -> row.text("zone"),
                zone,
                zone);
    }

    private static Optional<String> option(DatabaseUrl url) {
        Matcher option = OPTION.matcher(url.settings().getOrDefault("options", ""));
        return option.find() ? Optional.of(option.group(1)) : Optional.empty();
    }

    private static String configured(Session session) {
        Found found = session.queryOne(
                        OF_ROLE_OR_DATABASE,
                        row -> new Found(
                                Optional.ofNullable(row.textOrNull("zone")),
                                row.flag("sees_files"),
                                row.text("log_zone")))
                .orElseThrow();
        return found.zone()
                .or(() -> found.seesFiles() ? session.queryOne(OF_FILES, row -> row.text("zone")) : Optional.empty())
                .orElse(found.logZone());
    }
}
