package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one statement asks for, in Godwit's own words; everything above this package reads these and never the tree.
///
/// An unqualified name is in the first schema of the script's own `SET search_path`, else in `public`.
public sealed interface Statement {
    /// @param parents those of INHERITS
    /// @param defaultPartition PARTITION OF … DEFAULT
    /// @param likes of `LIKE`, each with what it takes along
    /// @param ofType the composite type of `CREATE TABLE … OF`
    record CreateTable(
            QualifiedName name,
            List<ColumnDefinition> columns,
            List<Constraint> constraints,
            List<QualifiedName> parents,
            Optional<QualifiedName> partitionOf,
            boolean defaultPartition,
            List<QualifiedName> likes,
            Optional<QualifiedName> ofType,
            boolean partitioned,
            boolean unlogged,
            boolean temporary,
            boolean ifNotExists)
            implements Statement {
        public CreateTable {
            requireNonNull(name);
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            parents = List.copyOf(parents);
            requireNonNull(partitionOf);
            likes = List.copyOf(likes);
            requireNonNull(ofType);
        }
    }

    /// CREATE TABLE AS, CREATE MATERIALIZED VIEW and SELECT INTO.
    record CreateTableAs(
            QualifiedName name, ObjectKind kind, Access access, ColumnUses uses, boolean temporary, boolean ifNotExists)
            implements Statement {}

    record CreateView(QualifiedName name, Access access, ColumnUses uses, boolean replace) implements Statement {}

    /// @param columns the keys in order; an expression is an empty string
    /// @param expressionColumns those that expressions among the keys read
    /// @param included the columns of INCLUDE
    /// @param ordinary a btree of values as they are: no other order, collation or operator class
    /// @param only ON ONLY of a partitioned table: the partitions get none
    record CreateIndex(
            Optional<String> name,
            QualifiedName table,
            List<String> columns,
            Set<String> expressionColumns,
            List<String> included,
            Optional<Expression> predicate,
            boolean ordinary,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            boolean only)
            implements Statement {
        public CreateIndex {
            requireNonNull(name);
            requireNonNull(table);
            columns = List.copyOf(columns);
            expressionColumns = Set.copyOf(expressionColumns);
            included = List.copyOf(included);
            requireNonNull(predicate);
        }
    }

    /// @param kind what the statement calls the relation; PostgreSQL lets ALTER TABLE name others too
    /// @param only ONLY: not the children, not the partitions
    record AlterTable(QualifiedName name, ObjectKind kind, List<AlterAction> actions, boolean missingOk, boolean only)
            implements Statement {
        public AlterTable {
            requireNonNull(name);
            requireNonNull(kind);
            actions = List.copyOf(actions);
        }
    }

    /// @param objects the relations; for triggers, rules and policies the table that has them
    /// @param members the triggers, rules and policies themselves, beside their tables
    record DropObjects(
            ObjectKind kind,
            List<QualifiedName> objects,
            List<String> members,
            boolean cascade,
            boolean missingOk,
            boolean concurrently)
            implements Statement {
        public DropObjects {
            requireNonNull(kind);
            objects = List.copyOf(objects);
            members = List.copyOf(members);
        }
    }

    /// @param relation the object, or the table that has the member
    /// @param member the column, constraint, trigger, … that gets the new name
    record Rename(ObjectKind kind, QualifiedName relation, Optional<String> member, String newName)
            implements Statement {}

    record SetSchema(ObjectKind kind, QualifiedName relation, String newSchema) implements Statement {}

    /// INSERT, whatever its rows come from.
    ///
    /// @param columns as named; empty when none are
    /// @param rowsOf when it can be cut into batches
    record InsertRows(QualifiedName table, List<String> columns, Optional<RowsOf> rowsOf, Access access)
            implements Statement {
        public InsertRows {
            requireNonNull(table);
            columns = List.copyOf(columns);
            requireNonNull(rowsOf);
            requireNonNull(access);
        }
    }

    /// Each row that is inserted comes of one row of a table, unless an aggregate or a window function hides among the
    /// outputs, which the text alone does not tell.
    ///
    /// @param missingOnly the WHERE asks the target, so that what is inserted does not come again
    record RowsOf(QualifiedName table, boolean missingOnly) {}

    /// @param columns those that get a new value
    record UpdateRows(
            QualifiedName table, List<String> columns, Optional<Expression> where, Access access, boolean plain)
            implements Statement {
        public UpdateRows {
            requireNonNull(table);
            columns = List.copyOf(columns);
            requireNonNull(where);
            requireNonNull(access);
        }
    }

    /// @param plain no WITH, no second table, no RETURNING, no sub-query: it can be cut into batches
    record DeleteRows(QualifiedName table, Optional<Expression> where, Access access, boolean plain)
            implements Statement {}

    record MergeRows(QualifiedName table, Access access) implements Statement {}

    record Select(Access access, List<Expression> outputs) implements Statement {
        public Select {
            requireNonNull(access);
            outputs = List.copyOf(outputs);
        }
    }

    /// @param options it asks for an isolation level, READ ONLY, … or AND CHAIN
    record TransactionControl(Verb verb, boolean options) implements Statement {
        /// The verbs of transaction control; a savepoint's three are one, as they leave the transaction open.
        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK,
            SAVEPOINT,
            PREPARE,
            FINISH_PREPARED
        }
    }

    /// @param values empty for RESET and SET … TO DEFAULT
    record SetVariable(String name, List<String> values, boolean local) implements Statement {
        public SetVariable {
            requireNonNull(name);
            values = List.copyOf(values);
        }
    }

    /// @param only those named with ONLY
    record LockTable(List<QualifiedName> tables, Set<QualifiedName> only, LockMode mode) implements Statement {
        public LockTable {
            tables = List.copyOf(tables);
            only = Set.copyOf(only);
            requireNonNull(mode);
        }
    }

    /// DO.
    record CodeBlock(String language, String body, Routine routine) implements Statement {}

    /// @param volatility as said, else what PostgreSQL assumes: VOLATILE
    /// @param rights with whose it runs
    record CreateFunction(
            QualifiedName name,
            Volatility volatility,
            String language,
            boolean procedure,
            Rights rights,
            Routine routine)
            implements Statement {
        /// With whose rights a function runs, and by whose `search_path` its names are found.
        public enum Rights {
            CALLER,
            /// SECURITY DEFINER, with a `search_path` of its own.
            DEFINER,
            /// SECURITY DEFINER, but the caller chooses where its names are found.
            DEFINER_ON_CALLERS_PATH
        }
    }

    /// GRANT of privileges; REVOKE and the membership in roles decide nothing here.
    ///
    /// @param privileges in lower case; empty for ALL
    /// @param objects the tables named; empty for other objects and for ALL TABLES IN SCHEMA
    record Grant(List<String> privileges, List<QualifiedName> objects, boolean toPublic) implements Statement {
        public Grant {
            privileges = List.copyOf(privileges);
            objects = List.copyOf(objects);
        }
    }

    /// CALL.
    record CallProcedure(QualifiedName procedure) implements Statement {}

    record CopyRows(Access access) implements Statement {}

    /// @param only those named with ONLY
    record Truncate(List<QualifiedName> tables, Set<QualifiedName> only, boolean cascade, boolean restart)
            implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
            only = Set.copyOf(only);
        }
    }

    /// @param function what it calls
    /// @param from the other table of a constraint trigger
    /// @param row FOR EACH ROW
    record CreateTrigger(
            String name,
            QualifiedName table,
            QualifiedName function,
            Optional<QualifiedName> from,
            boolean row,
            boolean replace)
            implements Statement {
        public CreateTrigger {
            requireNonNull(name);
            requireNonNull(table);
            requireNonNull(function);
            requireNonNull(from);
        }
    }

    /// CREATE and ALTER of a rule or a policy, which hang on a table as a trigger does.
    record TableAttachment(ObjectKind kind, QualifiedName table) implements Statement {}

    /// @param name empty when the server chooses it
    record CreateStatistics(Optional<QualifiedName> name, List<QualifiedName> tables) implements Statement {
        public CreateStatistics {
            requireNonNull(name);
            tables = List.copyOf(tables);
        }
    }

    /// CREATE and ALTER PUBLICATION.
    ///
    /// @param tables those that the statement names
    record Publication(String name, PublicationChange change, List<QualifiedName> tables) implements Statement {
        public Publication {
            requireNonNull(name);
            requireNonNull(change);
            tables = List.copyOf(tables);
        }
    }

    /// What becomes of the tables of a publication.
    enum PublicationChange {
        CREATE,
        ADD,
        SET,
        DROP,
        /// Something else than its tables changes.
        OPTIONS
    }

    record RefreshView(QualifiedName view, boolean concurrently) implements Statement {}

    /// VACUUM and ANALYZE.
    ///
    /// @param tables empty for all of the database
    record Maintenance(List<QualifiedName> tables, boolean vacuum, boolean full) implements Statement {
        public Maintenance {
            tables = List.copyOf(tables);
        }
    }

    /// @param kind INDEX, TABLE or SCHEMA; OTHER for the whole database
    record Reindex(ObjectKind kind, Optional<QualifiedName> relation, boolean concurrently) implements Statement {}

    /// @param table empty for every table clustered before
    record Cluster(Optional<QualifiedName> table) implements Statement {}

    /// @param create else ALTER SEQUENCE
    /// @param ownership it says OWNED BY
    /// @param ownedBy the table; empty also for OWNED BY NONE
    record Sequence(
            QualifiedName name, boolean create, boolean ownership, Optional<QualifiedName> ownedBy, String ownedColumn)
            implements Statement {}

    record CreateSchema(String name, List<Statement> elements) implements Statement {
        public CreateSchema {
            requireNonNull(name);
            elements = List.copyOf(elements);
        }
    }

    /// @param enumeration AS ENUM
    record CreateType(QualifiedName name, boolean enumeration) implements Statement {}

    record CreateDomain(QualifiedName name, TypeName base, boolean constrained) implements Statement {}

    record AlterDomain(QualifiedName name, boolean validates, boolean constrains) implements Statement {}

    /// @param newValue the value added; empty when one is renamed
    /// @param positioned BEFORE or AFTER says where it goes
    record AlterEnum(QualifiedName name, Optional<String> newValue, boolean positioned) implements Statement {}

    /// @param relation the table, or the table of the column, constraint, … spoken of
    record Comment(ObjectKind kind, QualifiedName relation) implements Statement {}

    /// What concerns the whole server or database, and so has no place in a transaction.
    ///
    /// @param words `CREATE DATABASE`
    record ServerCommand(String words) implements Statement {}

    /// A statement that no decision depends on.
    ///
    /// @param nodeType the parse tree's name for it, `NotifyStmt` for example
    record Other(String nodeType) implements Statement {}
}
