package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.execute.VersionBook;
import dev.godwit.source.Framework;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Project;
import dev.godwit.source.VersionTable;
import java.util.List;
import java.util.Set;

/// What a framework's version table says is applied.
public record AppliedVersions(Framework framework, Project project, MigrationSet migrations) {
    public AppliedVersions {
        requireNonNull(framework);
        requireNonNull(project);
        requireNonNull(migrations);
    }

    /// @return versions; none when there is no version table yet
    public Set<String> read(Session session) {
        VersionTable table = framework.versionTable(project);
        if (!VersionBook.keptByFramework(table, List.of()).exists(session)) {
            return Set.of();
        }
        List<String> keys = session.query(table.select(), row -> row.text("version"));
        return framework.appliedVersions(migrations, keys);
    }
}
