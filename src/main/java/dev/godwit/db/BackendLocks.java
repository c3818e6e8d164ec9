package dev.godwit.db;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one backend holds and waits for at one moment, fit to show.
///
/// @param held modes on relations, strongest first: `ACCESS EXCLUSIVE on public.orders`
/// @param awaited as `held`, of locks that it does not have yet
/// @param blockers the backends that keep it waiting; 0 is a prepared transaction
public record BackendLocks(List<String> held, List<String> awaited, List<Integer> blockers) {
    private static final String SELECT = """
            SELECT l.pid, n.nspname::text AS schema, c.relname::text AS name, l.mode, l.granted, l.locktype,
                   CASE WHEN l.granted THEN '{}' ELSE pg_catalog.pg_blocking_pids(l.pid)::text[] END AS blockers
            FROM pg_catalog.pg_locks l
            LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation AND l.locktype = 'relation'
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = ANY (?::int[]) AND l.mode <> 'SIReadLock'
              AND (NOT l.granted OR (l.locktype = 'relation'
                   AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                   AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')))
            ORDER BY l.pid, n.nspname, c.relname, l.mode""";

    public BackendLocks {
        held = List.copyOf(held);
        awaited = List.copyOf(awaited);
        blockers = List.copyOf(blockers);
    }

    private record Line(int pid, String text, boolean granted, List<Integer> blockers) {}

    /// @return by process number; a backend that holds nothing and waits for nothing has no entry
    public static Map<Integer, BackendLocks> of(Session session, List<Integer> pids) {
        Map<Integer, List<Line>> lines = new HashMap<>();
        String array = pids.toString().replace('[', '{').replace(']', '}');
        session.query(SELECT, BackendLocks::line, array)
                .forEach(line -> lines.computeIfAbsent(line.pid(), _ -> new ArrayList<>())
                        .add(line));
        Map<Integer, BackendLocks> locks = new HashMap<>();
        lines.forEach((pid, all) -> locks.put(pid, of(all)));
        return locks;
    }

    private static BackendLocks of(List<Line> lines) {
        return new BackendLocks(
                texts(lines, true),
                texts(lines, false),
                lines.stream()
                        .flatMap(line -> line.blockers().stream())
                        .distinct()
                        .toList());
    }

    private static List<String> texts(List<Line> lines, boolean granted) {
        return lines.stream()
                .filter(line -> line.granted() == granted)
                .map(Line::text)
                .toList();
    }

    private static Line line(Row row) {
        String mode = LockMode.fromPgLocks(row.text("mode")).sql();
        String what = row.isNull("name")
                ? row.text("locktype")
                : new QualifiedName(row.text("schema"), row.text("name")).sql();
        List<Integer> blockers =
                row.texts("blockers").stream().map(Integer::valueOf).toList();
        return new Line((int) row.number("pid"), mode + " on " + what, row.flag("granted"), blockers);
    }
}
