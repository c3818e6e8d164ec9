package dev.godwit.source.framework;

import com.google.auto.service.AutoService;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import dev.godwit.source.VersionTable;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Rails, by the project's own `bin/rails`.
@AutoService(Framework.class)
public final class Rails implements Framework, OwnRunner {
    private static final QualifiedName VERSION_TABLE = QualifiedName.inPublic("schema_migrations");
    private static final Pattern STATUS = Pattern.compile("(?m)^[ \\t]*up[ \\t]+([0-9]+)(?:[ \\t]|$)");

    @Override
    public String id() {
        return "rails";
    }

    @Override
    public String title() {
        return "Rails";
    }

    @Override
    public boolean recognises(Project project) {
        Path root = project.root();
        boolean application = Files.isRegularFile(root.resolve("bin/rails"))
                || (Files.isRegularFile(root.resolve("Gemfile"))
                        && Files.isRegularFile(root.resolve("config/database.yml")));
        return application || !new RailsListing(project).files().isEmpty();
    }

    @Override
    public MigrationSet list(Project project) {
        return new RailsListing(project).list();
    }

    @Override
    public VersionTable versionTable(Project project) {
        return VersionTable.of(table(project), "version");
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return new RailsWriter(project).write(request);
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return RailsCommand.of(place).up(migration);
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        return RailsCommand.of(place).down(migration);
    }

    @Override
    public Invocation status(Place place) {
        return RailsCommand.of(place).status();
    }

    /// Rails pads its numbers with zeros there, and in the table it does not.
    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        Set<String> applied = new TreeSet<>();
        STATUS.matcher(status.output()).results().forEach(row -> applied.add(new BigInteger(row.group(1)).toString()));
        return applied;
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return RailsFailure.of(finished);
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        QualifiedName table = table(project);
        return List.of(table, new QualifiedName(table.schema(), "ar_internal_metadata"));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return List.of("INSERT INTO " + table(project).sql() + " (version) VALUES ("
                + Identifiers.literal(migration.version()) + ") ON CONFLICT DO NOTHING");
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return List.of(
                "DELETE FROM " + table(project).sql() + " WHERE version = " + Identifiers.literal(migration.version()));
    }

    private static QualifiedName table(Project project) {
        return project.versionTable().orElse(VERSION_TABLE);
    }
}
