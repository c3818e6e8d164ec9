package dev.godwit.source.framework;

import dev.godwit.source.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The variables by which everything that is built on libpq finds its server, and those that would lead it elsewhere
/// taken away.
final class LibpqVariables {
    /// Of the user's own server: a service's file names a host, a certificate is not this endpoint's, and a password
    /// that passes through cannot be bound to a channel.
    private static final List<String> TAKEN_AWAY = List.of(
            "PGHOSTADDR",
            "PGSERVICE",
            "PGSSLROOTCERT",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGREQUIRESSL",
            "PGCHANNELBINDING",
            "PGREQUIREAUTH",
            "PGTARGETSESSIONATTRS");

    private LibpqVariables() {}

    static Map<String, String> of(Endpoint endpoint) {
        Map<String, String> variables = new LinkedHashMap<>();
        TAKEN_AWAY.forEach(name -> variables.put(name, ""));
        variables.put("PGHOST", endpoint.host());
        variables.put("PGPORT", String.valueOf(endpoint.port()));
        variables.put("PGDATABASE", endpoint.database());
        variables.put("PGUSER", endpoint.user());
        variables.put("PGSSLMODE", "prefer");
        variables.put("PGGSSENCMODE", "disable");
        endpoint.password().ifPresent(password -> variables.put("PGPASSWORD", password));
        return variables;
    }
}
