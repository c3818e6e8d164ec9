package dev.godwit.staging;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.SchemaObject.Kind;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the schema of a snapshot in an empty database of the same major.
///
/// Objects are made kind by kind, since most kinds need only those before them; what fails is tried again as long as a
/// round makes anything, so that dependencies against that order resolve themselves. Rows belong between [#beforeRows]
/// and
/// [#afterRows]: indexes are faster built than kept, and triggers are not to fire.
public final class SchemaBuilder {
    /// Statements sent together; they share one transaction, so the number bounds its locks.
    private static final int BATCH = 100;

    /// Each may take long, so none is undone because a neighbour failed.
    private static final Set<Kind> ALONE =
            EnumSet.of(Kind.EXTENSION, Kind.MATERIALIZED_VIEW, Kind.INDEX, Kind.CONSTRAINT, Kind.FOREIGN_KEY);

    private static final String BEGIN = """
            SET search_path = ''; SET check_function_bodies = off; SET client_min_messages = error; SET TimeZone = 'UTC';
            SET statement_timeout = 0; SET lock_timeout = 0; SET row_security = off
            """;

    private static final String END = """
            RESET search_path; RESET check_function_bodies; RESET client_min_messages; RESET TimeZone;
            RESET statement_timeout; RESET lock_timeout; RESET row_security
            """;

    private static final String RELATIONS = """
            SELECT count(*) AS n
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'godwit')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            """;

    private final Session session;
    private final CatalogSnapshot snapshot;

    /// What is not made yet, with the last reason.
    private final Map<SchemaObject, String> waiting = new LinkedHashMap<>();

    /// An object that is not on staging, or not as it is in the snapshot.
    ///
    /// @param reason the server's words
    public record Unmade(SchemaObject object, String reason) {
        /// @return one line: `grant TABLE public.orders to app: role "app" does not exist`
        public String sentence() {
            return object.kind().words() + " " + object.identity() + ": " + reason;
        }
    }

    /// @param session on the empty database, as a superuser if all of the schema is to be made
    public SchemaBuilder(Session session, CatalogSnapshot snapshot) {
        this.session = session;
        this.snapshot = snapshot;
    }

    /// Makes everything that rows need: schemas, types, functions, tables with CHECKs, partitions, views.
    ///
    /// @return what could not be made yet: [#afterRows] tries it again, and tells what is missing in the end
    public List<Unmade> beforeRows() {
        refuseOtherMajor();
        refuseFullDatabase();
        boolean hasPublic = snapshot.objects().stream()
                .anyMatch(object ->
                        object.kind() == Kind.SCHEMA && object.identity().equals("public"));
        session.execute(hasPublic ? "REVOKE ALL ON SCHEMA public FROM PUBLIC" : "DROP SCHEMA IF EXISTS public");
        return make(false);
    }

    /// Makes what is filled from rows or faster made after them: indexes, keys, materialized views, triggers, grants;
    /// then the statistics.
    ///
    /// @return all that differs from the snapshot and why
    public List<Unmade> afterRows() {
        List<Unmade> unmade = new ArrayList<>(make(true));
        snapshot.objects().stream()
                .filter(object ->
                        object.kind() == Kind.INDEX && object.definition().endsWith("-- invalid"))
                .filter(object -> !waiting.containsKey(object))
                .map(object -> new Unmade(object, "invalid in the snapshot, valid here"))
                .forEach(unmade::add);
        session.execute("ANALYZE");
        return List.copyOf(unmade);
    }

    private void refuseOtherMajor() {
        if (snapshot.version().major() != session.serverVersion().major()) {
            throw Problem.refused("the staging server is PostgreSQL "
                            + session.serverVersion().major() + ", production is "
                            + snapshot.version().major())
                    .leaving("nothing was changed")
                    .remedy("give a --staging server of PostgreSQL "
                            + snapshot.version().major() + ", or none for the embedded one")
                    .raise();
        }
    }

    private void refuseFullDatabase() {
        long relations = session.queryOne(RELATIONS, row -> row.number("n")).orElseThrow();
        if (relations > 0) {
            throw Problem.refused("the staging database is not empty: it holds " + relations + " relations")
                    .leaving("nothing was changed")
                    .remedy("give an empty database with --staging, or none for the embedded one")
                    .raise();
        }
    }

    private List<Unmade> make(boolean postData) {
        snapshot.objects().stream()
                .filter(object -> object.kind().postData() == postData)
                .forEach(object -> waiting.put(object, ""));
        session.execute(BEGIN);
        int before;
        do {
            before = waiting.size();
            makeRound();
        } while (!waiting.isEmpty() && waiting.size() < before);
        session.execute(END);
        return waiting.entrySet().stream()
                .map(entry -> new Unmade(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void makeRound() {
        List<SchemaObject> batch = new ArrayList<>();
        for (SchemaObject object : waiting.keySet().stream().sorted().toList()) {
            boolean alone = ALONE.contains(object.kind());
            if (alone || batch.size() == BATCH) {
                makeAll(batch);
                batch.clear();
            }
            if (alone) {
                makeAll(List.of(object));
            } else {
                batch.add(object);
            }
        }
        makeAll(batch);
    }

    /// Sends the batch as one; a batch that fails is halved until what fails stands alone.
    private void makeAll(List<SchemaObject> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            session.execute(batch.stream().map(SchemaObject::definition).collect(Collectors.joining("\n;\n")));
            batch.forEach(waiting::remove);
        } catch (DatabaseException e) {
            rethrowUnlessAboutTheObject(e);
            if (batch.size() == 1) {
                waiting.put(batch.getFirst(), e.serverMessage());
                return;
            }
            makeAll(List.copyOf(batch.subList(0, batch.size() / 2)));
            makeAll(List.copyOf(batch.subList(batch.size() / 2, batch.size())));
        }
    }

    private static void rethrowUnlessAboutTheObject(DatabaseException e) {
        String sqlState = e.sqlState();
        if (SqlState.connectionLost(sqlState)
                || sqlState.equals(SqlState.DISK_FULL)
                || sqlState.equals(SqlState.QUERY_CANCELED)) {
            throw e;
        }
    }
}
