package dev.godwit.dsl;

import dev.godwit.statement.ParsedStatement;
import java.util.Optional;

/// Statements that Rails has words for, and hardly another framework: VALIDATE CONSTRAINT and COMMENT ON.
///
/// @param known what other statements of the migration say about a constraint
record RailsOwn(Known known) {
    Optional<Ruby> of(ParsedStatement statement) {
        try {
            return statement(new Cursor(statement.sql(), true));
        } catch (Cursor.NotUnderstood _) {
            return Optional.empty();
        }
    }

    private Optional<Ruby> statement(Cursor cursor) {
        if (cursor.accept("alter", "table")) {
            return validation(cursor);
        }
        cursor.expect("comment", "on");
        if (cursor.accept("table")) {
            Name table = cursor.name();
            return safe(table)
                    .flatMap(_ -> comment(cursor))
                    .map(text -> Ruby.call("change_table_comment", RailsNames.of(table), text));
        }
        cursor.expect("column");
        Name table = new Name(Optional.empty(), cursor.identifier());
        cursor.expectSign(".");
        String column = cursor.identifier();
        if (cursor.acceptSign(".")) {
            table = new Name(Optional.of(table.name()), column);
            column = cursor.identifier();
        }
        String[] arguments = {RailsNames.of(table), Ruby.name(column)};
        return safe(table)
                .flatMap(_ -> comment(cursor))
                .map(text -> Ruby.call("change_column_comment", arguments[0], arguments[1], text));
    }

    private static Optional<Name> safe(Name table) {
        return Optional.of(table).filter(RailsNames::areSafe);
    }

    private static Optional<String> comment(Cursor cursor) {
        cursor.expect("is");
        String text = cursor.expression(_ -> false);
        cursor.end();
        return text.equalsIgnoreCase("null")
                ? Optional.of("nil")
                : TypeSql.plainText(text).map(Ruby::text);
    }

    private Optional<Ruby> validation(Cursor cursor) {
        Name table = cursor.name();
        cursor.expect("validate", "constraint");
        String name = cursor.identifier();
        cursor.end();
        Optional<Rule> rule = known.rule(new Ddl.DropRule(table, name));
        return safe(table)
                .map(RailsNames::of)
                .map(from -> rule.map(RailsOwn::word)
                        .map(word -> Ruby.call(word, from).with("name", Ruby.text(name)))
                        .orElseGet(() -> Ruby.call("validate_constraint", from, Ruby.text(name))));
    }

    private static String word(Rule rule) {
        return switch (rule) {
            case Rule.Foreign _ -> "validate_foreign_key";
            case Rule.Check _ -> "validate_check_constraint";
            case Rule.Primary _, Rule.Unique _ -> throw new Cursor.NotUnderstood();
        };
    }
}
