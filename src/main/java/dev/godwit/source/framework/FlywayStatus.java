package dev.godwit.source.framework;

import dev.godwit.source.Invocation.Finished;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `flyway -outputType=json info` says.
final class FlywayStatus {
    private static final Set<String> APPLIED =
            Set.of("Success", "Out of Order", "Missing", "Future", "Below Baseline", "Baseline", "Superseded");

    private FlywayStatus() {}

    /// A repeatable that has changed stands there twice: as it was applied, and as pending.
    static Set<String> applied(MigrationSet migrations, Finished status) {
        Set<String> applied = new TreeSet<>();
        Set<String> pending = new TreeSet<>();
        int start = status.output().indexOf('{');
        if (start < 0) {
            return Set.of();
        }
        for (JsonNode row :
                new JsonMapper().readTree(status.output().substring(start)).path("migrations")) {
            String state = row.path("state").asString("");
            (APPLIED.contains(state) ? applied : pending).add(version(migrations, row));
        }
        applied.removeIf(version -> version.startsWith(Migration.REPEATABLE) && pending.contains(version));
        return applied;
    }

    private static String version(MigrationSet migrations, JsonNode row) {
        String version = row.path("version").asString("");
        if (!version.isEmpty()) {
            return FlywayHistory.inFiles(migrations, version);
        }
        String description = row.path("description").asString("");
        return FlywayHistory.repeatableCalled(migrations, description)
                .map(Migration::version)
                .orElse(Migration.REPEATABLE + description);
    }
}
