package dev.godwit.traffic;

import dev.godwit.catalog.Table;
import dev.godwit.db.Session;
import java.util.List;
import java.util.SplittableRandom;

/// What application code does with a table, in queries that name the columns it was written against.
sealed interface TableOperation extends Operation {
    /// Runs the statements inside whatever transaction there is.
    void body(Session session, SplittableRandom random);

    /// Reads rows by a key or from a key on.
    ///
    /// @param sql has the key's columns as parameters; none when the table has no keys to offer
    record Read(String name, int weight, String sql, KeyedTable keyed) implements TableOperation {
        @Override
        public void run(Session session, SplittableRandom random) {
            body(session, random);
        }

        @Override
        public void body(Session session, SplittableRandom random) {
            Object[] key = sql.contains("?") ? keyed.randomKey(random) : new Object[0];
            session.query(sql, row -> row, key);
        }
    }

    /// Writes a row and leaves the table as it was.
    sealed interface Write extends TableOperation {
        /// @return whether triggers or rules may write elsewhere, so that only a rollback leaves everything as it was
        boolean undone();

        @Override
        default void run(Session session, SplittableRandom random) {
            session.begin();
            try {
                body(session, random);
                if (undone()) {
                    session.rollback();
                } else {
                    session.commit();
                }
            } catch (RuntimeException failure) {
                rollBack(session, failure);
                throw failure;
            }
        }

        private static void rollBack(Session session, RuntimeException failure) {
            try {
                if (session.inTransaction()) {
                    session.rollback();
                }
            } catch (RuntimeException lost) {
                failure.addSuppressed(lost);
            }
        }
    }

    /// `SET c = c` of one row: a new version of it with the old content.
    record Touch(String name, int weight, String sql, KeyedTable keyed, boolean undone) implements Write {
        @Override
        public void body(Session session, SplittableRandom random) {
            session.update(sql, keyed.randomKey(random));
        }
    }

    /// One synthetic row comes and goes.
    record InsertAndDelete(
            String name, int weight, InsertTemplate template, Table table, String deleteSql, boolean undone)
            implements Write {
        @Override
        public void body(Session session, SplittableRandom random) {
            InsertTemplate.Insert insert = template.next(random);
            List<List<String>> keys = session.query(
                    insert.sql() + " RETURNING " + KeyedTable.keyTexts(table),
                    row -> KeyedTable.key(table, row),
                    insert.parameters().toArray());
            for (List<String> key : keys) {
                session.update(deleteSql, key.toArray());
            }
        }
    }
}
