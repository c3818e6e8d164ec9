package dev.godwit.plan;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.ParsedStatement;
import java.util.List;

/// The unit that the runner carries out and journals as one.
public sealed interface Step {
    /// @return the statements in their order; never empty
    List<ParsedStatement> statements();

    /// All of them or none: they share one transaction.
    record RunInTransaction(List<ParsedStatement> statements) implements Step {
        public RunInTransaction {
            statements = List.copyOf(statements);
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("a step has a statement");
            }
        }
    }

    /// A statement that PostgreSQL refuses in a transaction block.
    record RunOutsideTransaction(ParsedStatement statement) implements Step {
        public RunOutsideTransaction {
            requireNonNull(statement);
        }

        @Override
        public List<ParsedStatement> statements() {
            return List.of(statement);
        }
    }

    /// An UPDATE or DELETE in batches by key, each batch in a transaction of its own.
    record Backfill(ParsedStatement statement, BackfillSpec spec) implements Step {
        public Backfill {
            requireNonNull(statement);
            requireNonNull(spec);
        }

        @Override
        public List<ParsedStatement> statements() {
            return List.of(statement);
        }
    }
}
