package dev.godwit.execute;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// CREATE INDEX CONCURRENTLY. A build that fails or is cut off leaves an invalid index, which every write still pays
/// for; a second build then finds the name taken, and `IF NOT EXISTS` passes over an index that nothing uses.
///
/// "Already there" is decided by definition, and the server itself spells both: the wanted index is made on an empty
/// temporary copy of the table, in a transaction that is rolled back.
final class ConcurrentIndex implements OutsideEffect {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final StepScope scope;
    private final ParsedStatement parsed;
    private final Statement.CreateIndex create;
    private final Session session;

    ConcurrentIndex(StepScope scope, ParsedStatement parsed, Statement.CreateIndex create) {
        this.scope = scope;
        this.parsed = parsed;
        this.create = create;
        this.session = scope.session();
    }

    @Override
    public Optional<String> settle(boolean begun) {
        if (create.name().isEmpty()) {
            return settleUnnamed(begun);
        }
        Optional<IndexState> there = named();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        awaitBuilder(there.get());
        return named().flatMap(index -> settle(index, begun));
    }

    private Optional<IndexState> named() {
        return create.name()
                .flatMap(name -> IndexState.find(
                        session, new QualifiedName(create.table().schema(), name)));
    }

    private Optional<String> settle(IndexState index, boolean begun) {
        if (!isWanted(index, begun)) {
            throw nameTaken(index);
        }
        if (index.valid()) {
            return Optional.of("index " + index.name());
        }
        dropLeftover(index);
        return Optional.empty();
    }

    /// Without a name the server invents one, a new one each time: what an earlier attempt made is known by its shape.
    private Optional<String> settleUnnamed(boolean begun) {
        if (!begun) {
            return Optional.empty();
        }
        IndexState.onTable(session, create.table()).forEach(this::awaitBuilder);
        List<IndexState> same = IndexState.onTable(session, create.table()).stream()
                .filter(index -> isWanted(index, true))
                .toList();
        cleanUp();
        return same.stream().filter(IndexState::valid).findFirst().map(index -> "index " + index.name());
    }

    private void dropLeftover(IndexState index) {
        index.drop(session);
        scope.tell(new RunEvent.LeftoverDropped(scope.index(), index.name().toString()));
    }

    /// A backend whose client is gone builds on to the end.
    private void awaitBuilder(IndexState index) {
        for (OptionalInt pid = index.builder(session); pid.isPresent(); pid = index.builder(session)) {
            scope.tell(new RunEvent.WaitingForBackend(scope.index(), pid.getAsInt(), "builds " + index.name()));
            scope.context().cancellation().pause(LOOK_AGAIN);
        }
    }

    /// A role that may not make temporary tables has the journal's word only, and so has a server whose disk this very
    /// build has filled.
    private boolean isWanted(IndexState index, boolean begun) {
        if (!index.table().equals(create.table())) {
            return false;
        }
        try {
            return wantedShape().equals(index.shape());
        } catch (DatabaseException e) {
            if (e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                return begun;
            }
            if (e.sqlState().equals(SqlState.DISK_FULL)
                    && begun
                    && create.name().isPresent()) {
                return true;
            }
            throw e;
        }
    }

    private String wantedShape() {
        String copy = "pg_temp." + Identifiers.quote(create.table().name());
        session.begin();
        try {
            session.execute(
                    "CREATE TEMPORARY TABLE " + Identifiers.quote(create.table().name()) + " (LIKE "
                            + create.table().sql() + ") ON COMMIT DROP");
            session.execute(ConcurrentIndexText.on(parsed.sql(), copy));
            return IndexState.temporary(session, create.table().name())
                    .map(IndexState::shape)
                    .orElseThrow();
        } finally {
            if (session.inTransaction()) {
                session.rollback();
            }
        }
    }

    private GodwitException nameTaken(IndexState index) {
        return Problem.refused("another index is called " + index.name().name() + ": it is on " + index.table()
                        + " and not defined as here")
                .at(scope.work().place(parsed))
                .leaving("nothing was changed by this step")
                .remedy("give the new index another name, or drop the other one: DROP INDEX CONCURRENTLY "
                        + index.name().sql() + ";")
                .raise();
    }

    @Override
    public void cleanUp() {
        IndexState.onTable(session, create.table()).stream()
                .filter(index -> !index.valid() && index.builder(session).isEmpty())
                .filter(index -> create.name().isEmpty()
                        || create.name().get().equals(index.name().name()))
                .filter(index -> isWanted(index, true))
                .forEach(this::dropLeftover);
    }

    @Override
    public void verify() {
        Optional<IndexState> invalid =
                create.name().isPresent() ? named().filter(index -> !index.valid()) : Optional.empty();
        if (invalid.isPresent()) {
            throw Problem.database("the index was built and is not valid")
                    .at(invalid.get().name().toString())
                    .leaving("the invalid index is there; the next attempt drops it and builds again")
                    .remedy(scope.context().cancellation().resumeCommand())
                    .raise();
        }
    }
}
