package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What others feel once a statement is done: queries that fail, values that are gone, names that are others.
///
/// @param renames from the old name of a relation to its new one
/// @param unreadable part of what happens is not in the text: SQL built at run time, a body in a foreign language
public record Consequences(
        List<Breakage> breaks, List<Loss> losses, Map<QualifiedName, QualifiedName> renames, boolean unreadable) {
    public Consequences {
        breaks = List.copyOf(breaks);
        losses = List.copyOf(losses);
        renames = Map.copyOf(renames);
    }

    /// What running code may trip over.
    ///
    /// @param relation or the type whose value got another name
    /// @param member the column, or the value of an enum
    public record Breakage(Kind kind, QualifiedName relation, Optional<String> member) {
        /// The ways in which a query that worked before may fail or see something else.
        public enum Kind {
            RELATION_GONE,
            RELATION_RENAMED,
            COLUMN_GONE,
            COLUMN_RENAMED,
            TYPE_CHANGED,
            /// An INSERT that leaves the column out fails.
            VALUE_REQUIRED,
            /// A reader may meet its first NULL.
            NULLS_ALLOWED,
            ENUM_VALUE_RENAMED
        }

        public Breakage {
            requireNonNull(kind);
            requireNonNull(relation);
            requireNonNull(member);
        }
    }

    /// Values that no later statement brings back.
    ///
    /// @param column empty for whole rows
    public record Loss(Manner manner, QualifiedName relation, Optional<String> column) {
        /// How they go.
        public enum Manner {
            /// DROP TABLE, TRUNCATE.
            ROWS,
            COLUMN,
            /// A type that holds less: digits, fractions of seconds, the end of a text. The server refuses a text that
            /// is too long unless USING cuts it.
            NARROWED
        }

        public Loss {
            requireNonNull(manner);
            requireNonNull(relation);
            requireNonNull(column);
        }
    }
}
