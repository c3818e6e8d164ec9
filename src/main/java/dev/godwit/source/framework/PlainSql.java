package dev.godwit.source.framework;

import com.google.auto.service.AutoService;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import dev.godwit.source.VersionRows;
import dev.godwit.source.VersionTable;
import dev.godwit.source.VersionTableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Migrations as plain SQL files, a pair for each or both directions in one file.
///
/// The version table has dbmate's name and shape on purpose, and golang-migrate and dbmate read the same file names: a
/// project can leave Godwit at any time.
@AutoService(Framework.class)
public final class PlainSql implements Framework, VersionRows {
    private static final QualifiedName VERSION_TABLE = QualifiedName.inPublic("schema_migrations");

    @Override
    public String id() {
        return "plain-sql";
    }

    @Override
    public String title() {
        return "plain SQL";
    }

    @Override
    public boolean recognises(Project project) {
        PlainSqlFolder folder = PlainSqlFolder.of(project);
        return folder.hasMigrations() && !folder.isNamedByFlyway();
    }

    @Override
    public MigrationSet list(Project project) {
        return PlainSqlFolder.of(project).list();
    }

    @Override
    public VersionTable versionTable(Project project) {
        return VersionTable.of(project.versionTable().orElse(VERSION_TABLE), "version");
    }

    @Override
    public String createTable(QualifiedName table) {
        return "CREATE TABLE IF NOT EXISTS " + table.sql() + " (version varchar(128) PRIMARY KEY)";
    }

    @Override
    public String insertRow(QualifiedName table) {
        return "INSERT INTO " + table.sql() + " (version) VALUES (?)";
    }

    @Override
    public String deleteRow(QualifiedName table) {
        return "DELETE FROM " + table.sql() + " WHERE version = ?";
    }

    /// dbmate's table and Godwit's are one; golang-migrate, Rails and Ecto use the same name for tables of their own.
    @Override
    public Optional<Problem> foreign(VersionTableShape found) {
        return owner(found)
                .map(owner -> Problem.database("the version table belongs to " + owner + ", so Godwit leaves it alone")
                        .at(found.name().toString())
                        .leaving("nothing was changed")
                        .remedy("give plain SQL a table of its own in godwit.toml:"
                                + " version_table = \"public.godwit_migrations\""));
    }

    private static Optional<String> owner(VersionTableShape found) {
        Map<String, String> columns = found.columns();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        if (columns.containsKey("dirty")) {
            return Optional.of("golang-migrate");
        }
        if (columns.containsKey("inserted_at")) {
            return Optional.of("Ecto");
        }
        if (found.neighbours().contains("ar_internal_metadata")) {
            return Optional.of("Rails");
        }
        String type = columns.getOrDefault("version", "");
        boolean own = columns.size() == 1 && (type.startsWith("character varying") || type.equals("text"));
        return own ? Optional.empty() : Optional.of("another tool");
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return PlainSqlFolder.of(project).write(request);
    }
}
