package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.SchemaObject;
import java.util.List;
import java.util.Optional;

/// One set-based query that returns all objects of one kind, as columns `identity` and `definition`; a row without a
/// definition is an object that vanished while it was read.
///
/// @param sql continues the common table expressions of [SchemaScope]
record ObjectQuery(SchemaObject.Kind kind, String sql) {
    ObjectQuery {
        requireNonNull(kind);
        requireNonNull(sql);
    }

    List<SchemaObject> read(Session session, SchemaScope scope) {
        return session.query(scope.with(sql), row -> object(row)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<SchemaObject> object(Row row) {
        return Optional.ofNullable(row.textOrNull("definition"))
                .map(definition -> new SchemaObject(kind, row.text("identity"), definition.strip()));
    }
}
