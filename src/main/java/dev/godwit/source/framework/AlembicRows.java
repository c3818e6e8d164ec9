package dev.godwit.source.framework;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Alembic would write when a revision has run, as SQL that is right whatever else is applied: the table holds the
/// newest of each branch and no other.
record AlembicRows(QualifiedName table, AlembicGraph graph) {
    List<String> added(String revision) {
        List<String> parents = graph.known(revision).parents();
        if (parents.size() == 1 && graph.children(parents.getFirst()).size() == 1) {
            return List.of(update(parents.getFirst(), revision));
        }
        String insert = "INSERT INTO " + table.sql() + " (version_num) VALUES (" + Identifiers.literal(revision) + ")";
        return parents.isEmpty() ? List.of(insert) : List.of(delete(parents), insert);
    }

    List<String> removed(String revision) {
        List<String> parents = graph.known(revision).parents();
        if (parents.size() == 1 && graph.children(parents.getFirst()).size() == 1) {
            return List.of(update(revision, parents.getFirst()));
        }
        List<String> statements = new ArrayList<>(List.of(delete(List.of(revision))));
        parents.forEach(parent -> statements.add(insertUnlessCovered(parent)));
        return List.copyOf(statements);
    }

    private String update(String from, String to) {
        return "UPDATE " + table.sql() + " SET version_num = " + Identifiers.literal(to) + " WHERE version_num = "
                + Identifiers.literal(from);
    }

    private String delete(List<String> revisions) {
        return "DELETE FROM " + table.sql() + " WHERE version_num IN (" + literals(revisions.stream()) + ")";
    }

    /// A revision is in the table unless one that comes after it is.
    private String insertUnlessCovered(String revision) {
        Stream<String> covering = Stream.concat(Stream.of(revision), graph.descendants(revision).stream());
        return "INSERT INTO " + table.sql() + " (version_num) SELECT " + Identifiers.literal(revision)
                + " WHERE NOT EXISTS (SELECT FROM " + table.sql() + " WHERE version_num IN (" + literals(covering)
                + "))";
    }

    private static String literals(Stream<String> texts) {
        return texts.map(Identifiers::literal).collect(Collectors.joining(", "));
    }
}
