package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.Volatility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The list of the server's own functions is what the servers say. `./dev bless` writes it anew.
class BuiltinFunctionsTest {
    private static final Path RESOURCE = Path.of("src/main/resources/dev/godwit/fact/builtin-functions.txt");

    private static final String HEADER = """
            # The functions of pg_catalog in PostgreSQL 13 to 18, one a line; `!` marks one with a volatile variant, `~` one
            # whose best variant is stable.
            # Written and checked by BuiltinFunctionsTest, which asks the servers (-Dgodwit.bless=true writes it anew).
            """;

    /// Functions that SQL can call: none of the internals of types, indexes and upgrades.
    private static final String SELECT = """
            SELECT proname::text AS name,
                   CASE WHEN bool_or(provolatile = 'v') THEN '!' WHEN bool_and(provolatile = 's') THEN '~' ELSE '' END AS mark
            FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace
              AND NOT ('internal'::regtype = ANY (proargtypes)) AND NOT ('cstring'::regtype = ANY (proargtypes))
              AND prorettype <> ALL ('{cstring,trigger,internal,event_trigger,language_handler,table_am_handler,
                  index_am_handler,fdw_handler,tsm_handler}'::regtype[])
              AND proname !~ '^(binary_upgrade|pg_stat_get)'
            GROUP BY 1""";

    @Test
    void theListIsThatOfTheServers() throws IOException {
        Map<String, String> functions = new TreeMap<>();
        for (int major = PostgresVersion.OLDEST_MAJOR; major <= PostgresVersion.NEWEST_MAJOR; major++) {
            String url = TestClusters.shared(major).url("postgres");
            try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "functions")) {
                session.query(
                        SELECT,
                        row -> functions.merge(row.text("name"), row.text("mark"), BuiltinFunctionsTest::worse));
            }
        }
        String list = functions.entrySet().stream()
                .map(function -> function.getValue() + function.getKey() + "\n")
                .collect(Collectors.joining("", HEADER, ""));
        if (Boolean.getBoolean("godwit.bless")) {
            Files.writeString(RESOURCE, list);
        }
        assertThat(Files.readString(RESOURCE)).isEqualTo(list);
    }

    /// A volatile variant of one major counts for all, an immutable one as well.
    private static String worse(String one, String other) {
        return Stream.of("!", "", "~")
                .filter(mark -> mark.equals(one) || mark.equals(other))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsVolatileFromSteadyAndUnknown() {
        assertThat(BuiltinFunctions.volatility("now")).contains(Volatility.STABLE);
        assertThat(BuiltinFunctions.volatility("lower")).contains(Volatility.IMMUTABLE);
        assertThat(BuiltinFunctions.volatility("gen_random_uuid")).contains(Volatility.VOLATILE);
        assertThat(BuiltinFunctions.volatility("uuid_generate_v4")).isEmpty();
    }
}
