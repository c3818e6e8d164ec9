package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads CREATE INDEX behind its first words.
final class IndexReader {
    private final Cursor cursor;

    IndexReader(Cursor cursor) {
        this.cursor = cursor;
    }

    Ddl.CreateIndex read(boolean unique) {
        boolean concurrently = cursor.accept("concurrently");
        Cursor.check(!cursor.isWord("if"));
        Optional<String> written = cursor.isWord("on") ? Optional.empty() : Optional.of(cursor.identifier());
        cursor.expect("on");
        Cursor.check(!cursor.isWord("only"));
        Name table = cursor.name();
        String method = cursor.accept("using") ? cursor.identifier() : "btree";
        List<IndexKey> keys = keys();
        List<String> include = cursor.accept("include") ? cursor.columns() : List.of();
        Optional<String> where = cursor.accept("where") ? Optional.of(cursor.expression(_ -> false)) : Optional.empty();
        cursor.end();
        String name = written.orElseGet(() -> automatic(table, keys, include));
        return new Ddl.CreateIndex(name, table, method, keys, include, where, unique, concurrently);
    }

    private static String automatic(Name table, List<IndexKey> keys, List<String> include) {
        Cursor.check(include.isEmpty());
        List<String> columns =
                keys.stream().flatMap(key -> key.column().stream()).toList();
        Cursor.check(columns.size() == keys.size());
        return new AutoNames().of(table.name(), columns, "idx");
    }

    private List<IndexKey> keys() {
        cursor.expectSign("(");
        List<IndexKey> keys = new ArrayList<>();
        do {
            keys.add(key());
        } while (cursor.acceptSign(","));
        cursor.expectSign(")");
        return keys;
    }

    private IndexKey key() {
        int from = cursor.position();
        Optional<String> column = cursor.isSign("(") ? expression() : columnOrCall();
        String text = cursor.textSince(from);
        boolean plain = Stream.of("asc", "desc", "nulls", "collate").anyMatch(cursor::isWord);
        Optional<String> operatorClass =
                cursor.atWord() && !plain ? Optional.of(cursor.identifier()) : Optional.empty();
        return new IndexKey(column, text, operatorClass, order());
    }

    private Optional<String> expression() {
        cursor.parenthesis();
        return Optional.empty();
    }

    private Optional<String> columnOrCall() {
        String name = cursor.identifier();
        if (!cursor.isSign("(") && !cursor.isSign(".")) {
            return Optional.of(name);
        }
        if (cursor.acceptSign(".")) {
            cursor.identifier();
        }
        cursor.parenthesis();
        return Optional.empty();
    }

    private Optional<String> order() {
        List<String> words = new ArrayList<>();
        if (cursor.isWord("asc") || cursor.isWord("desc")) {
            words.add(upper(cursor.word()));
        }
        if (cursor.accept("nulls")) {
            Cursor.check(cursor.isWord("first") || cursor.isWord("last"));
            words.add("NULLS");
            words.add(upper(cursor.word()));
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
