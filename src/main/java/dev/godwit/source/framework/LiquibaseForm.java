package dev.godwit.source.framework;

import dev.godwit.source.Project;

/// What a changelog is written in.
public enum LiquibaseForm {
    XML,
    YAML,
    JSON,
    /// SQL with comments that Liquibase reads.
    SQL;

    /// @return the form of the changeset that would be written next in this project
    public static LiquibaseForm ofNew(Project project) {
        return of(new LiquibaseWriter(LiquibaseConfig.of(project)).ending());
    }

    static LiquibaseForm of(String ending) {
        return switch (ending) {
            case ".xml" -> XML;
            case ".json" -> JSON;
            case ".sql" -> SQL;
            default -> YAML;
        };
    }
}
