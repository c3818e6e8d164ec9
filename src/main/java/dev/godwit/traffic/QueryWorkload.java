package dev.godwit.traffic;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.problem.Problem;
import dev.godwit.statement.Directive;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.SplittableRandom;

/// The queries that somebody wrote down for their application, one statement a query. `-- godwit:weight N` on the line
/// above makes one N parts of the mix.
///
/// Each runs in a transaction of its own that is rolled back, so the rows stay as they were whatever it writes.
public final class QueryWorkload implements Workload {
    private static final String WEIGHT = "weight";
    private static final int MOST = 1_000;

    private final List<Query> queries;

    private QueryWorkload(List<Query> queries) {
        this.queries = List.copyOf(queries);
    }

    /// @param source in plain SQL
    public static QueryWorkload of(SourceText source) {
        ParsedScript script = Scripts.parse(source);
        script.problems().stream().findFirst().ifPresent(problem -> {
            throw refused(problem.message(), source, problem.offset()).raise();
        });
        if (script.statements().isEmpty()) {
            throw Problem.usage("there is no query in this file")
                    .at(source.name())
                    .remedy("write the queries of your application, a `;` after each, or use --traffic catalog")
                    .raise();
        }
        return new QueryWorkload(script.statements().stream()
                .map(statement -> query(source, statement))
                .toList());
    }

    private static Query query(SourceText source, ParsedStatement statement) {
        int start = statement.span().start();
        if (!isQuery(statement.statement())) {
            throw refused("this is no query that can be tried and taken back", source, start)
                    .raise();
        }
        return new Query(place(source, start), statement.sql(), weight(source, statement));
    }

    private static boolean isQuery(Statement statement) {
        return statement instanceof Statement.Select
                || statement instanceof Statement.InsertRows
                || statement instanceof Statement.UpdateRows
                || statement instanceof Statement.DeleteRows
                || statement instanceof Statement.MergeRows;
    }

    private static int weight(SourceText source, ParsedStatement statement) {
        return statement.directives().stream()
                .filter(directive -> directive.name().equals(WEIGHT))
                .findFirst()
                .map(directive -> weight(source, directive))
                .orElse(1);
    }

    private static int weight(SourceText source, Directive directive) {
        String argument = directive.argument();
        if (!argument.matches("[0-9]{1,4}") || Integer.parseInt(argument) < 1 || Integer.parseInt(argument) > MOST) {
            throw Problem.usage("\"" + argument + "\" is no weight")
                    .at(place(source, directive.span().start()))
                    .remedy("write -- godwit:weight N with N from 1 to " + MOST)
                    .raise();
        }
        return Integer.parseInt(argument);
    }

    private static Problem refused(String what, SourceText source, int offset) {
        return Problem.usage(what)
                .at(place(source, offset))
                .remedy("write SELECT, INSERT, UPDATE, DELETE or MERGE with values instead of parameters");
    }

    private static String place(SourceText source, int offset) {
        return source.name() + ":" + source.position(offset).line();
    }

    @Override
    public List<Operation> operations() {
        return List.copyOf(queries);
    }

    /// Runs each query once, so that one which cannot run is told before anything is measured.
    ///
    /// @param session outside a transaction, to the database that will be under traffic
    public QueryWorkload tried(Session session) {
        for (Query query : queries) {
            try {
                query.run(session, new SplittableRandom(0));
            } catch (DatabaseException e) {
                if (session.inTransaction()) {
                    session.rollback();
                }
                throw Problem.usage("this query fails before any migration: " + e.serverMessage())
                        .at(query.name() + ", SQLSTATE " + e.sqlState())
                        .leaving("nothing was run")
                        .remedy("give queries of the application as it runs on the schema before the migration")
                        .raise();
            }
        }
        return this;
    }

    /// One message of the simple protocol.
    private record Query(String name, String sql, int weight) implements Operation {
        @Override
        public void run(Session session, SplittableRandom random) {
            session.execute("BEGIN;\n" + sql + "\n;ROLLBACK");
        }
    }
}
