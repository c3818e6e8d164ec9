package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.postgres.LockMode;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import java.util.Set;

/// The lock that each action of ALTER TABLE takes on its table.
///
/// Source: `AlterTableGetLockLevel` in tablecmds.c, and for storage parameters the `lockmode` of reloptions.c.
final class AlterLocks {
    /// The storage parameters that change how others read or write; all others need no more than VACUUM does.
    private static final Set<String> STRONG_OPTIONS = Set.of(
            "user_catalog_table",
            "buffering",
            "fastupdate",
            "gin_pending_list_limit",
            "pages_per_range",
            "autosummarize",
            "security_barrier",
            "security_invoker",
            "check_option");

    private AlterLocks() {}

    static LockMode of(AlterAction action) {
        return switch (action) {
            case AlterAction.AddConstraint add ->
                add.constraint() instanceof Constraint.ForeignKey ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
            case AlterAction.ValidateConstraint _, AlterAction.AttachPartition _ -> SHARE_UPDATE_EXCLUSIVE;
            case AlterAction.DetachPartition detach ->
                detach.concurrently() ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
            case AlterAction.SetOptions set ->
                set.options().stream().anyMatch(STRONG_OPTIONS::contains) ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
            case AlterAction.Simple simple -> of(simple.kind());
            default -> ACCESS_EXCLUSIVE;
        };
    }

    private static LockMode of(AlterAction.Kind kind) {
        return switch (kind) {
            case SET_STATISTICS, SET_COLUMN_OPTIONS, CLUSTER_ON, FINALIZE_DETACH -> SHARE_UPDATE_EXCLUSIVE;
            case TOGGLE_TRIGGER, DISABLE_TRIGGER, DISABLE_ALL_TRIGGERS -> SHARE_ROW_EXCLUSIVE;
            case SET_STORAGE, SET_COMPRESSION, ADD_IDENTITY, CHANGE_IDENTITY, DROP_IDENTITY, DROP_EXPRESSION ->
                ACCESS_EXCLUSIVE;
            case ALTER_CONSTRAINT, TOGGLE_RULE, REPLICA_IDENTITY, CHANGE_OWNER -> ACCESS_EXCLUSIVE;
            case ROW_SECURITY, ENABLE_ROW_SECURITY -> ACCESS_EXCLUSIVE;
            case SET_LOGGED, SET_UNLOGGED, SET_ACCESS_METHOD, SET_TABLESPACE, OF_TYPE, OTHER -> ACCESS_EXCLUSIVE;
        };
    }

    static Work work(AlterAction.Kind kind) {
        return switch (kind) {
            case SET_LOGGED, SET_UNLOGGED, SET_ACCESS_METHOD, SET_TABLESPACE -> Work.REWRITE;
            case SET_STATISTICS, SET_COLUMN_OPTIONS, CLUSTER_ON, FINALIZE_DETACH -> Work.CATALOG;
            case TOGGLE_TRIGGER, DISABLE_TRIGGER, DISABLE_ALL_TRIGGERS -> Work.CATALOG;
            case SET_STORAGE, SET_COMPRESSION, ADD_IDENTITY, CHANGE_IDENTITY, DROP_IDENTITY, DROP_EXPRESSION ->
                Work.CATALOG;
            case ALTER_CONSTRAINT, TOGGLE_RULE, REPLICA_IDENTITY, CHANGE_OWNER -> Work.CATALOG;
            case ROW_SECURITY, ENABLE_ROW_SECURITY -> Work.CATALOG;
            case OF_TYPE, OTHER -> Work.CATALOG;
        };
    }
}
