package dev.godwit.plan;

import dev.godwit.fact.Refusals;
import dev.godwit.fact.TransactionScope;
import dev.godwit.problem.Problem;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Directive;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a script into steps.
///
/// The file's own BEGIN and COMMIT are borders of steps and are not sent: the runner opens each transaction itself, to
/// write its ledger in it.
public final class Steps {
    private final ParsedScript script;
    private final boolean wrapped;
    private final List<Step> steps = new ArrayList<>();
    private final List<ParsedStatement> open = new ArrayList<>();
    private Optional<ParsedStatement> begun = Optional.empty();

    private Steps(ParsedScript script, TransactionMode mode) {
        this.script = script;
        this.wrapped = TransactionScope.wraps(script, mode);
    }

    /// @throws dev.godwit.problem.GodwitException for a script that cannot be carried out as it stands
    public static List<Step> of(ParsedScript script, TransactionMode mode) {
        Steps steps = new Steps(script, mode);
        steps.refuseBroken();
        script.statements().forEach(steps::add);
        return steps.finish();
    }

    /// A script that is one backfill, whether or not a directive says so.
    ///
    /// @throws dev.godwit.problem.GodwitException when it is anything else
    public static List<Step> ofBackfill(ParsedScript script) {
        Steps steps = new Steps(script, TransactionMode.NEVER);
        steps.refuseBroken();
        if (script.statements().size() != 1) {
            throw Problem.usage("a backfill is one statement, not "
                            + script.statements().size())
                    .at(script.source().name())
                    .leaving("nothing was run")
                    .remedy("give each statement a file of its own")
                    .raise();
        }
        ParsedStatement statement = script.statements().getFirst();
        steps.requireBatchable(statement);
        return List.of(new Step.Backfill(statement, steps.backfill(statement).orElse(BackfillSpec.DEFAULT)));
    }

    private void refuseBroken() {
        script.problems().stream().findFirst().ifPresent(problem -> {
            throw Problem.usage("PostgreSQL does not accept the script: " + problem.message())
                    .at(place(problem.offset()))
                    .leaving("nothing was run")
                    .remedy("godwit check " + script.source().name())
                    .raise();
        });
    }

    private void add(ParsedStatement statement) {
        Optional<BackfillSpec> backfill = backfill(statement);
        if (statement.statement() instanceof Statement.TransactionControl control && control.verb() != Verb.SAVEPOINT) {
            control(statement, control);
        } else if (backfill.isPresent()) {
            alone(statement, "a backfill", new Step.Backfill(statement, backfill.get()));
        } else if (Refusals.inTransaction(statement.statement())) {
            alone(
                    statement,
                    "a statement that PostgreSQL refuses in a transaction block",
                    new Step.RunOutsideTransaction(statement));
        } else {
            open.add(statement);
            if (!wrapped && begun.isEmpty()) {
                close();
            }
        }
    }

    private void control(ParsedStatement statement, Statement.TransactionControl control) {
        switch (control.verb()) {
            case BEGIN -> begin(statement, control);
            case COMMIT -> commit(statement, control);
            case ROLLBACK -> throw refused(statement, "ROLLBACK undoes what the migration did", "remove it");
            case PREPARE, FINISH_PREPARED ->
                throw refused(statement, "two-phase commit has no place in a migration", "use BEGIN and COMMIT");
            case SAVEPOINT -> open.add(statement);
        }
    }

    private void begin(ParsedStatement statement, Statement.TransactionControl control) {
        if (control.options()) {
            throw refused(
                    statement,
                    "the options of BEGIN get lost, as the runner opens the transaction",
                    "write BEGIN alone, and SET TRANSACTION … as the first statement after it");
        }
        if (begun.isPresent()) {
            throw refused(statement, "BEGIN inside a transaction that the file has begun", "remove one of the two");
        }
        close();
        begun = Optional.of(statement);
    }

    private void commit(ParsedStatement statement, Statement.TransactionControl control) {
        if (control.options()) {
            throw refused(statement, "COMMIT AND CHAIN is not carried out", "write COMMIT; BEGIN");
        }
        if (begun.isEmpty() && !wrapped) {
            throw refused(
                    statement, "COMMIT without a BEGIN", "remove it, or write BEGIN where the transaction starts");
        }
        close();
        begun = Optional.empty();
    }

    private void alone(ParsedStatement statement, String what, Step step) {
        if (wrapped || begun.isPresent()) {
            throw refused(
                    statement,
                    what + " stands inside a transaction",
                    "put it into a migration of its own with transaction:false, outside BEGIN and COMMIT");
        }
        steps.add(step);
    }

    private void close() {
        if (!open.isEmpty()) {
            steps.add(new Step.RunInTransaction(open));
            open.clear();
        }
    }

    private List<Step> finish() {
        begun.ifPresent(statement -> {
            throw refused(statement, "BEGIN without a COMMIT", "write COMMIT where the transaction ends");
        });
        close();
        return List.copyOf(steps);
    }

    private Optional<BackfillSpec> backfill(ParsedStatement statement) {
        Optional<Directive> directive = statement.directives().stream()
                .filter(found -> found.name().equals(TransactionScope.BACKFILL))
                .findFirst();
        directive.ifPresent(_ -> requireBatchable(statement));
        return directive.map(
                found -> BackfillSpec.parse(found, place(found.span().start())));
    }

    private void requireBatchable(ParsedStatement statement) {
        boolean plain = switch (statement.statement()) {
            case Statement.UpdateRows update -> update.plain();
            case Statement.DeleteRows delete -> delete.plain();
            case Statement.InsertRows insert -> insert.rowsOf().isPresent();
            default -> false;
        };
        if (!plain) {
            throw refused(
                    statement,
                    "only a plain UPDATE or DELETE can be a backfill: one table, no WITH, FROM, USING, sub-query or"
                            + " RETURNING; or an INSERT … SELECT of one table's rows, no JOIN, GROUP BY, DISTINCT,"
                            + " ORDER BY or LIMIT",
                    "rewrite the statement, or remove the directive godwit:backfill");
        }
    }

    private RuntimeException refused(ParsedStatement statement, String what, String remedy) {
        return Problem.usage(what)
                .at(place(statement.span().start()))
                .leaving("nothing was run")
                .remedy(remedy)
                .raise();
    }

    private String place(int offset) {
        Span bounded = new Span(0, Math.min(offset, script.source().content().length()));
        return script.source().name() + ":"
                + script.source().position(bounded.end()).line();
    }
}
