\set VERBOSITY verbose
\set SHOW_CONTEXT always
SELECT 1 AS one, NULL AS nothing, 'ä€𝄞' AS text, repeat('x', 70000) AS long;
SELECT 1 \; SELECT 2 \; SELECT 3;
;
CREATE TABLE t(id int PRIMARY KEY, name text);
CREATE TABLE IF NOT EXISTS t(id int);
INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 1000) i;
DO $$ BEGIN RAISE NOTICE 'a notice'; RAISE WARNING 'a warning'; END $$;
SELECT 1/0;
INSERT INTO t VALUES (1, 'again');
SELECT * FROM nowhere;
BEGIN;
INSERT INTO t VALUES (2000, 'in a transaction');
SAVEPOINT a;
SELECT broken;
SELECT 1;
ROLLBACK TO a;
COMMIT;
\copy (SELECT * FROM t ORDER BY id LIMIT 5) TO STDOUT
\copy t FROM STDIN
3000	three thousand
3001	and one
\.
\copy t FROM STDIN
no number	x
\.
COPY (SELECT count(*) FROM t) TO STDOUT WITH (FORMAT csv, HEADER);
LISTEN godwit;
NOTIFY godwit, 'payload';
SELECT count(*) FROM t;
\set FETCH_COUNT 7
SELECT * FROM t ORDER BY id LIMIT 30;
\unset FETCH_COUNT
PREPARE p(int) AS SELECT name FROM t WHERE id = $1;
EXECUTE p(5);
DEALLOCATE p;
DECLARE c CURSOR WITH HOLD FOR SELECT id FROM t ORDER BY id;
FETCH 3 FROM c;
CLOSE c;
SELECT * FROM t WHERE id = 3000 \gset
\echo :name
SELECT id, name FROM t WHERE id < 3 ORDER BY id \gdesc
SET application_name = 'other';
SHOW application_name;
SET client_encoding = 'LATIN1';
SELECT 'x' AS encoded;
SET client_encoding = 'UTF8';
\lo_import /dev/null
VACUUM t;
DISCARD ALL;
SELECT set_config('a.b', 'c', false);
