package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Random statements over one random schema, compared with one server.
final class AgreementRun {
    private static final String AWAY = """
            DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public;
            DROP PUBLICATION IF EXISTS a_pub""";

    private final Session session;
    private final long seed;
    private final Release release;
    private final Exceptions exceptions = Exceptions.read();
    private final Witness witness;
    private final List<Disagreement> disagreements = new ArrayList<>();

    private AgreementRun(Session session, long seed, Release release) {
        this.session = session;
        this.seed = seed;
        this.release = release;
        this.witness = new Witness(session);
    }

    /// Makes the schema on the server and in a model.
    static AgreementRun on(Session session, long seed) {
        return on(session, seed, RandomSchema.of(seed));
    }

    static AgreementRun on(Session session, long seed, List<String> setup) {
        session.execute(AWAY);
        Release release = new Release(session.serverVersion(), Optional.of(empty(session.serverVersion())));
        for (String sql : setup) {
            try {
                session.execute(sql);
                release.next(script(sql), TransactionMode.AUTO);
            } catch (DatabaseException _) {
                // What this server does not take is not in the schema.
            }
        }
        return new AgreementRun(session, seed, release);
    }

    /// A catalog that is known and holds nothing.
    private static CatalogSnapshot empty(PostgresVersion version) {
        return new CatalogSnapshot(version, List.of(), List.of());
    }

    private static ParsedScript script(String sql) {
        return Scripts.parse(new SourceText("", sql));
    }

    /// @return how many of each kind succeeded
    Map<String, Integer> run(int count) {
        Map<String, Integer> kinds = new TreeMap<>();
        RandomDdl ddl = new RandomDdl(release.model(), seed);
        for (int i = 0; i < count; i++) {
            String sql = ddl.statement();
            Optional<Witness.Seen> seen = witness.watch(sql);
            if (seen.isPresent()) {
                StatementFacts facts = factsOf(sql);
                kinds.merge(facts.statement().statement().getClass().getSimpleName(), 1, Integer::sum);
                difference(facts, seen.get())
                        .ifPresent(found -> disagreements.add(
                                new Disagreement(seed, session.serverVersion().major(), List.of(), sql, found)));
            }
        }
        return kinds;
    }

    List<Disagreement> disagreements() {
        return disagreements;
    }

    private StatementFacts factsOf(String sql) {
        return release.fork().next(script(sql), TransactionMode.AUTO).getFirst();
    }

    private Optional<String> difference(StatementFacts facts, Witness.Seen seen) {
        String sql = facts.statement().sql();
        List<String> found = new ArrayList<>();
        locks(facts, seen).ifPresent(found::add);
        compare("rewrites", facts.rewrites(), seen.rewritten()).ifPresent(found::add);
        found.removeIf(difference -> exceptions.cover(sql, difference));
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
    }

    private static Optional<String> compare(String what, Set<QualifiedName> said, Set<QualifiedName> seen) {
        return said.equals(seen)
                ? Optional.empty()
                : Optional.of(what + " said " + new TreeSet<>(said) + " seen " + seen);
    }

    /// ACCESS SHARE is left out: only the strongest lock conflicts with it, and whom views and functions read is not
    /// followed.
    private Optional<String> locks(StatementFacts facts, Witness.Seen seen) {
        Map<QualifiedName, LockMode> said = new TreeMap<>();
        facts.locks().forEach(lock -> said.put(lock.relation(), lock.mode()));
        said.entrySet().removeIf(lock -> !tells(lock.getKey(), lock.getValue(), said));
        Map<QualifiedName, LockMode> locks = new TreeMap<>(seen.locks());
        said.values().removeIf(mode -> mode == LockMode.ACCESS_SHARE);
        locks.values().removeIf(mode -> mode == LockMode.ACCESS_SHARE);
        Map<QualifiedName, LockMode> onlySaid = new TreeMap<>(said);
        onlySaid.entrySet().removeAll(locks.entrySet());
        locks.entrySet().removeAll(said.entrySet());
        return onlySaid.isEmpty() && locks.isEmpty()
                ? Optional.empty()
                : Optional.of("locks said " + onlySaid + " seen " + locks);
    }

    /// A lock on an index tells more than that on its table only when it is the stronger one.
    private boolean tells(QualifiedName relation, LockMode mode, Map<QualifiedName, LockMode> all) {
        RelationModel found = release.model().get(relation, ObjectKind.TABLE);
        Optional<LockMode> table = found.table().map(all::get);
        return found.kind() != ObjectKind.INDEX
                || table.filter(lock -> !mode.strongerThan(lock)).isEmpty();
    }
}
