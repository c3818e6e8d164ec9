package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One comma-separated part of ALTER TABLE (or of ALTER INDEX, VIEW, SEQUENCE, MATERIALIZED VIEW, which share it).
public sealed interface AlterAction {
    record AddColumn(ColumnDefinition column, boolean ifNotExists) implements AlterAction {}

    record DropColumn(String column, boolean missingOk, boolean cascade) implements AlterAction {}

    /// @param using the expression that converts, when one is written
    record AlterType(String column, TypeName type, Optional<Expression> using, boolean collation)
            implements AlterAction {}

    record SetDefault(String column, Expression value) implements AlterAction {}

    record DropDefault(String column) implements AlterAction {}

    record SetNotNull(String column) implements AlterAction {}

    record DropNotNull(String column) implements AlterAction {}

    record AddConstraint(Constraint constraint) implements AlterAction {}

    record ValidateConstraint(String constraint) implements AlterAction {}

    record DropConstraint(String constraint, boolean missingOk, boolean cascade) implements AlterAction {}

    record AttachPartition(QualifiedName partition, PartitionBound bound) implements AlterAction {
        /// @return does it become the default partition?
        public boolean isDefault() {
            return bound.isDefault();
        }
    }

    record DetachPartition(QualifiedName partition, boolean concurrently) implements AlterAction {}

    record AddParent(QualifiedName parent) implements AlterAction {}

    record DropParent(QualifiedName parent) implements AlterAction {}

    /// SET or RESET of storage parameters: `fillfactor`, `autovacuum_enabled`, …
    ///
    /// @param options their names, in their order
    /// @param switchedOff those of them that are set to false
    record SetOptions(List<String> options, Set<String> switchedOff) implements AlterAction {
        public SetOptions {
            options = List.copyOf(options);
            switchedOff = Set.copyOf(switchedOff);
        }
    }

    /// SET EXPRESSION AS of a generated column, PostgreSQL 17.
    record SetExpression(String column, Expression value) implements AlterAction {}

    /// Everything whose lock and work depend on nothing but its kind.
    ///
    /// @param column empty where the action concerns the whole table
    record Simple(Kind kind, Optional<String> column) implements AlterAction {
        public Simple {
            requireNonNull(kind);
            requireNonNull(column);
        }
    }

    /// The kinds of [Simple].
    enum Kind {
        SET_STATISTICS,
        SET_COLUMN_OPTIONS,
        SET_STORAGE,
        SET_COMPRESSION,
        ADD_IDENTITY,
        CHANGE_IDENTITY,
        DROP_IDENTITY,
        DROP_EXPRESSION,
        ALTER_CONSTRAINT,
        TOGGLE_TRIGGER,
        /// DISABLE TRIGGER, of one trigger or of USER.
        DISABLE_TRIGGER,
        /// DISABLE TRIGGER ALL: foreign keys are not checked either.
        DISABLE_ALL_TRIGGERS,
        TOGGLE_RULE,
        ROW_SECURITY,
        ENABLE_ROW_SECURITY,
        CLUSTER_ON,
        REPLICA_IDENTITY,
        CHANGE_OWNER,
        SET_LOGGED,
        SET_UNLOGGED,
        SET_ACCESS_METHOD,
        SET_TABLESPACE,
        FINALIZE_DETACH,
        OF_TYPE,
        OTHER
    }
}
