package dev.godwit.db;

import dev.godwit.problem.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// libpq's connection keywords: the variable that sets each, and what the driver calls it.
///
/// A keyword that would promise a protection the driver does not give is not in the list, so it is refused;
/// `tcp_user_timeout`, which the driver lacks, is accepted and has no effect; `keepalives_…` go to [WatchedSockets].
///
/// Source: PostgreSQL manual, sections 34.1.2 and 34.15.
enum LibpqKeyword {
    HOST("PGHOST"),
    HOSTADDR("PGHOSTADDR"),
    PORT("PGPORT"),
    DBNAME("PGDATABASE"),
    USER("PGUSER"),
    PASSWORD("PGPASSWORD"),
    PASSFILE("PGPASSFILE"),
    APPLICATION_NAME("PGAPPNAME"),
    FALLBACK_APPLICATION_NAME(""),
    CHANNEL_BINDING("PGCHANNELBINDING", "channelBinding"),
    CLIENT_ENCODING("PGCLIENTENCODING"),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT"),
    GSSENCMODE("PGGSSENCMODE", "gssEncMode"),
    KEEPALIVES(""),
    KEEPALIVES_COUNT(""),
    KEEPALIVES_IDLE(""),
    KEEPALIVES_INTERVAL(""),
    KRBSRVNAME("PGKRBSRVNAME", "kerberosServerName"),
    OPTIONS("PGOPTIONS", "options"),
    REQUIRE_AUTH("PGREQUIREAUTH", "requireAuth"),
    SSLCERT("PGSSLCERT", "sslcert"),
    SSLCOMPRESSION("PGSSLCOMPRESSION"),
    SSLKEY("PGSSLKEY", "sslkey"),
    SSLMODE("PGSSLMODE", "sslmode"),
    SSLNEGOTIATION("PGSSLNEGOTIATION", "sslNegotiation"),
    SSLPASSWORD("", "sslpassword"),
    SSLROOTCERT("PGSSLROOTCERT", "sslrootcert"),
    SSLSNI("PGSSLSNI"),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS", "targetServerType"),
    TCP_USER_TIMEOUT("");

    private static final Map<String, String> TARGET_SERVER_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private final String variable;
    private final String driverName;

    LibpqKeyword(String variable) {
        this(variable, "");
    }

    LibpqKeyword(String variable, String driverName) {
        this.variable = variable;
        this.driverName = driverName;
    }

    private String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (LibpqKeyword keyword : values()) {
            Optional.ofNullable(environment.get(keyword.variable))
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> settings.put(keyword.keyword(), value));
        }
        return settings;
    }

    static void refuseUnknown(Map<String, String> settings) {
        for (String name : settings.keySet()) {
            if (Arrays.stream(values()).noneMatch(keyword -> keyword.keyword().equals(name))) {
                throw Problem.usage("the database URL holds a parameter that Godwit does not know: " + name)
                        .remedy("known are " + known())
                        .raise();
            }
        }
    }

    private static String known() {
        return Arrays.stream(values()).map(LibpqKeyword::keyword).collect(Collectors.joining(", "));
    }

    /// Hands the settings to the driver under the driver's names.
    static void copyTo(Properties properties, Map<String, String> settings) {
        for (LibpqKeyword keyword : values()) {
            String value = settings.get(keyword.keyword());
            if (value != null && !keyword.driverName.isEmpty()) {
                properties.setProperty(keyword.driverName, keyword.translated(value));
            }
        }
    }

    private String translated(String value) {
        return this == TARGET_SESSION_ATTRS ? TARGET_SERVER_TYPES.getOrDefault(value, value) : value;
    }
}
