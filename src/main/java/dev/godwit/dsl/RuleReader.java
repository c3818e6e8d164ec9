package dev.godwit.dsl;

import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the constraints of one table, those beside a column and those of their own.
final class RuleReader {
    private final Cursor cursor;
    private final Name table;
    private final AutoNames names = new AutoNames();

    RuleReader(Cursor cursor, Name table) {
        this.cursor = cursor;
        this.table = table;
    }

    private String named(Optional<String> written, List<String> columns, String label) {
        return written.map(names::use).orElseGet(() -> names.of(table.name(), columns, label));
    }

    boolean beginsHere() {
        return Stream.of("constraint", "primary", "unique", "check", "foreign").anyMatch(cursor::isWord);
    }

    /// @return `CONSTRAINT name`
    Optional<String> writtenName() {
        return cursor.accept("constraint") ? Optional.of(cursor.identifier()) : Optional.empty();
    }

    Rule tableRule() {
        Optional<String> written = writtenName();
        if (cursor.accept("primary", "key")) {
            return new Rule.Primary(named(written, List.of(), "pkey"), cursor.columns());
        }
        if (cursor.accept("unique")) {
            List<String> columns = cursor.columns();
            return new Rule.Unique(named(written, columns, "key"), columns);
        }
        if (cursor.accept("check")) {
            return check(written);
        }
        cursor.expect("foreign", "key");
        List<String> columns = cursor.columns();
        cursor.expect("references");
        return foreign(written, columns);
    }

    /// @return empty when none stands here
    Optional<Rule> columnRule(Optional<String> written, String column) {
        List<String> own = List.of(column);
        if (cursor.accept("primary", "key")) {
            return Optional.of(new Rule.Primary(named(written, List.of(), "pkey"), own));
        }
        if (cursor.accept("unique")) {
            return Optional.of(new Rule.Unique(named(written, own, "key"), own));
        }
        if (cursor.accept("check")) {
            return Optional.of(check(written));
        }
        return cursor.accept("references") ? Optional.of(foreign(written, own)) : Optional.empty();
    }

    private Rule check(Optional<String> written) {
        String condition = cursor.inParentheses();
        String name = written.map(names::use)
                .orElseGet(() ->
                        names.of(table.name(), onlyColumn(condition).stream().toList(), "check"));
        return new Rule.Check(name, condition, cursor.accept("not", "valid"));
    }

    /// A check is called after its column where it reads just one.
    private static Optional<String> onlyColumn(String condition) {
        String probe = "ALTER TABLE probe ADD CHECK (" + condition + ")";
        List<String> columns = Scripts.parse(new SourceText("check", probe)).statements().stream()
                .map(parsed -> parsed.statement())
                .filter(Statement.AlterTable.class::isInstance)
                .flatMap(statement -> ((Statement.AlterTable) statement).actions().stream())
                .filter(AlterAction.AddConstraint.class::isInstance)
                .map(action -> ((AlterAction.AddConstraint) action).constraint())
                .filter(Constraint.Check.class::isInstance)
                .flatMap(check -> ((Constraint.Check) check).condition().columns())
                .distinct()
                .toList();
        return columns.size() == 1 ? Optional.of(columns.getFirst()) : Optional.empty();
    }

    private Rule foreign(Optional<String> written, List<String> columns) {
        Name references = cursor.name();
        List<String> referenced = cursor.isSign("(") ? cursor.columns() : List.of();
        Optional<String> onDelete = Optional.empty();
        Optional<String> onUpdate = Optional.empty();
        while (cursor.isWord("on")) {
            if (cursor.accept("on", "delete")) {
                onDelete = Optional.of(action());
            } else {
                cursor.expect("on", "update");
                onUpdate = Optional.of(action());
            }
        }
        String name = named(written, columns, "fkey");
        Rule.Deferrable deferrable = deferrable();
        boolean notValid = cursor.accept("not", "valid");
        return new Rule.Foreign(name, columns, references, referenced, onDelete, onUpdate, deferrable, notValid);
    }

    /// A list of columns behind SET NULL is left unread.
    private String action() {
        if (cursor.accept("cascade")) {
            return "CASCADE";
        }
        if (cursor.accept("restrict")) {
            return "RESTRICT";
        }
        if (cursor.accept("no", "action")) {
            return "NO ACTION";
        }
        if (cursor.accept("set", "null")) {
            return "SET NULL";
        }
        cursor.expect("set", "default");
        return "SET DEFAULT";
    }

    private Rule.Deferrable deferrable() {
        if (!cursor.accept("deferrable")) {
            return Rule.Deferrable.NO;
        }
        if (cursor.accept("initially", "deferred")) {
            return Rule.Deferrable.INITIALLY_DEFERRED;
        }
        boolean _ = cursor.accept("initially", "immediate");
        return Rule.Deferrable.INITIALLY_IMMEDIATE;
    }
}
