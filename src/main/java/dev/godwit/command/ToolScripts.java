package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import java.util.Optional;
import java.util.Set;

/// What a command says in SQL, learnt by letting it run.
public final class ToolScripts {
    private final SqlForm form;
    private final ToolScript up;
    private final Optional<ToolScript> down;
    private final Set<QualifiedName> own;

    private ToolScripts(SqlForm form, ToolScript up, Optional<ToolScript> down, Set<QualifiedName> own) {
        this.form = requireNonNull(form);
        this.up = requireNonNull(up);
        this.down = requireNonNull(down);
        this.own = Set.copyOf(own);
    }

    /// Runs the command, and then what undoes it.
    ///
    /// @param scratch a database like production's, without rows; nobody else's
    /// @param versionTable a table of the command's own that Godwit does not know
    public static ToolScripts learn(ToolCommands commands, DatabaseUrl scratch, Optional<QualifiedName> versionTable) {
        Listener heard = new Listener();
        commands.carryOut(scratch, Direction.UP, heard);
        Set<QualifiedName> own = KnownTables.of(schema(scratch), versionTable);
        ToolScript up = ToolScript.of(commands.display(Direction.UP), heard.heard(), own);
        if (up.isEmpty()) {
            throw Problem.refused("the command changed nothing: there is nothing to rehearse")
                    .at(commands.display(Direction.UP))
                    .remedy("production may have it already; godwit proxy shows what a command sends")
                    .raise();
        }
        Optional<ToolScript> down = commands.tool().down().map(_ -> down(commands, scratch, own));
        Migration migration = new Migration(commands.tool().name(), "", up.script(), down.map(ToolScript::script));
        return new ToolScripts(SqlForm.of(migration), up, down, own);
    }

    private static ToolScript down(ToolCommands commands, DatabaseUrl scratch, Set<QualifiedName> own) {
        Listener heard = new Listener();
        commands.carryOut(scratch, Direction.DOWN, heard);
        return ToolScript.of(commands.display(Direction.DOWN), heard.heard(), own);
    }

    private static CatalogSnapshot schema(DatabaseUrl scratch) {
        try (Session session = Session.open(scratch, "godwit check")) {
            return CatalogReader.read(session, Set.of());
        }
    }

    /// @return the tables that commands keep for themselves
    public static Set<QualifiedName> ownTables(CatalogSnapshot schema, Optional<QualifiedName> versionTable) {
        return KnownTables.of(schema, versionTable);
    }

    public SqlForm form() {
        return form;
    }

    /// @return the tables that the command keeps for itself
    public Set<QualifiedName> ownTables() {
        return own;
    }

    ToolScript script(Direction direction) {
        return switch (direction) {
            case UP -> up;
            case DOWN -> down.orElseThrow();
        };
    }
}
