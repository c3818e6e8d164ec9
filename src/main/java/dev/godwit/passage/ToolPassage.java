package dev.godwit.passage;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.command.OwnRows;
import dev.godwit.command.ScratchDatabase;
import dev.godwit.command.ToolCommands;
import dev.godwit.command.ToolScripts;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceStore;
import dev.godwit.execute.VersionBook;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.report.Runbook;
import dev.godwit.source.Direction;
import dev.godwit.source.VersionTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// The way of a command that Godwit knows nothing of through rehearsal. Its evidence and its runbook
/// are all that becomes of it: on production its users run it themselves.
public final class ToolPassage {
    /// What evidence calls the framework of such a command.
    public static final String ID = "command";

    private final DatabaseUrl production;
    private final Optional<QualifiedName> versionTable;
    private final EvidenceStore evidence;
    private final RunbookStore runbooks;

    /// @param root of the project, where the evidence goes
    /// @param versionTable a table of the command's own that Godwit does not know
    public ToolPassage(DatabaseUrl production, Path root, Optional<QualifiedName> versionTable) {
        this.production = requireNonNull(production);
        this.versionTable = requireNonNull(versionTable);
        this.evidence = new EvidenceStore(root);
        this.runbooks = new RunbookStore(root);
    }

    /// @param ignored tables that are not part of it
    public CatalogSnapshot schema(Set<QualifiedName> ignored) {
        try (Session session = open()) {
            return CatalogReader.read(session, ignored);
        }
    }

    private Session open() {
        return Session.open(production, "godwit rehearse");
    }

    /// Lets the command run on a scratch database that is like production.
    public ToolScripts learn(ToolCommands commands) {
        CatalogSnapshot before = schema(Set.of());
        try (Session session = open();
                ScratchDatabase scratch = ScratchDatabase.like(before, session, ownTables(before), Optional.empty())) {
            return ToolScripts.learn(commands, scratch.url(), versionTable);
        } catch (GodwitException e) {
            throw elsewhere(before, e.problem()).raise();
        }
    }

    private Set<QualifiedName> ownTables(CatalogSnapshot schema) {
        return ToolScripts.ownTables(schema, versionTable);
    }

    /// A command that has an address of its own can have gone there.
    private Problem elsewhere(CatalogSnapshot before, Problem problem) {
        boolean same = Fingerprint.of(before).equals(Fingerprint.of(schema(Set.of())));
        return same
                ? problem
                : problem.leaving("production's schema has changed meanwhile: look whether this command did it");
    }

    /// @throws GodwitException when the schema of production is not what it was
    public void requireUntouched(CatalogSnapshot before, Set<QualifiedName> ignored) {
        if (!Fingerprint.of(before).equals(Fingerprint.of(schema(ignored)))) {
            throw Problem.refused("production's schema has changed during the rehearsal")
                    .at(production.display())
                    .leaving("no evidence was written")
                    .remedy("look whether the command has an address of its own and went there; rehearse again")
                    .raise();
        }
    }

    /// Carries what the command keeps for itself to a database that stands in for production.
    public void copyOwnRows(DatabaseUrl standIn, Collection<QualifiedName> own) {
        try (Session from = open();
                Session to = Session.open(standIn, "godwit staging")) {
            OwnRows.copy(from, to, own, Optional.empty());
        }
    }

    public static VersionBook versions(Set<QualifiedName> own) {
        QualifiedName name = own.stream().sorted().findFirst().orElseGet(() -> QualifiedName.inPublic("none"));
        return VersionBook.keptByFramework(VersionTable.of(name, "version"), own);
    }

    /// @return the file of the evidence
    public Path keep(Evidence found, ToolCommands commands) {
        Optional<String> down = commands.tool().down().map(_ -> commands.display(Direction.DOWN));
        runbooks.write(found.migration(), Runbook.ofCommand(found, commands.display(Direction.UP), down));
        return evidence.write(found);
    }

    public Path runbookFile(Evidence found) {
        return runbooks.file(found.migration());
    }
}
