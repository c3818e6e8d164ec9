-- Bodies in PL/pgSQL that a server compiles. Each statement must be accepted, body included.

CREATE FUNCTION plain(a int, b int DEFAULT 2) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN a + b; END $$;
CREATE FUNCTION quoted(a text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN ''it''''s '' || a; END';
CREATE FUNCTION escaped() RETURNS text LANGUAGE plpgsql AS E'BEGIN\n RETURN \'x\';\nEND';
CREATE FUNCTION declarations() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x int := 1;
    y CONSTANT text NOT NULL DEFAULT 'é';
    z numeric(10, 2) = 5;
    o orders%ROWTYPE;
    n customers.name%TYPE;
    m mood;
    p positive := 3;
    r record;
    list int[] := ARRAY[1, 2];
    texts text COLLATE "C";
    pr pair;
    os orders[];
    c CURSOR FOR SELECT * FROM orders;
    d SCROLL CURSOR (key bigint) FOR SELECT * FROM orders WHERE id = key;
    e refcursor;
    same ALIAS FOR x;
BEGIN
    o.region := 'north';
    o.total = o.total + 1;
    pr.a := 5;
    list[1] := 2;
    list[1:2] := ARRAY[3, 4];
    same := 7;
    r := o;
    r.region := 'x';
    NULL;
END $$;
CREATE FUNCTION numbered(int, text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE a ALIAS FOR $1; BEGIN RETURN a || $2 || numbered.a; END $$;
CREATE FUNCTION outs(OUT a int, INOUT b text, c int) LANGUAGE plpgsql AS $$ BEGIN a := c; b := b || 'x'; RETURN; END $$;
CREATE FUNCTION composite(o orders) RETURNS orders LANGUAGE plpgsql AS $$ BEGIN o.total := 0; o.region := lower(o.region); RETURN o; END $$;
CREATE FUNCTION composites(p pair, q pair[]) RETURNS pair LANGUAGE plpgsql AS $$ BEGIN p.a := p.a + 1; q[1] := p; RETURN p; END $$;
CREATE FUNCTION polymorphic(a anyelement, b anyarray) RETURNS anyelement LANGUAGE plpgsql AS $$ DECLARE x a%TYPE; BEGIN x := b[1]; RETURN x; END $$;
CREATE FUNCTION variadics(VARIADIC a text[]) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN array_length(a, 1); END $$;
CREATE FUNCTION tables() RETURNS TABLE (id bigint, label text) LANGUAGE plpgsql AS $$
BEGIN
    id := 1;
    label := 'x';
    RETURN NEXT;
    RETURN QUERY SELECT o.id, o.region FROM orders o;
    RETURN QUERY EXECUTE 'SELECT 1::bigint, $1' USING 'y';
END $$;
CREATE FUNCTION sets() RETURNS SETOF orders LANGUAGE plpgsql AS $$ DECLARE r orders; BEGIN FOR r IN SELECT * FROM orders LOOP RETURN NEXT r; END LOOP; RETURN; END $$;
CREATE FUNCTION set_of_int() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; RETURN NEXT 1 + 1; END $$;
CREATE FUNCTION records() RETURNS record LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT 1 AS a, 2 AS b INTO r; RETURN r; END $$;
CREATE FUNCTION control(n int) RETURNS int LANGUAGE plpgsql AS $$
<<outermost>>
DECLARE i int := 0; a int; b text;
BEGIN
    IF n > 1 THEN i := 1; ELSIF n = 1 THEN i := 2; ELSEIF n IS NULL THEN NULL; ELSE i := 3; END IF;
    CASE n WHEN 1, 2 THEN i := 1; WHEN 3 THEN i := 2; ELSE i := 3; END CASE;
    CASE WHEN n > 1 THEN i := 1; END CASE;
    LOOP i := i + 1; EXIT WHEN i > 5; CONTINUE WHEN i < 3; END LOOP;
    <<inner_loop>>
    WHILE i < 10 LOOP i := i + 1; EXIT inner_loop; END LOOP inner_loop;
    FOR k IN 1 .. 10 LOOP i := i + k; END LOOP;
    FOR k IN REVERSE 10 .. 1 BY 2 LOOP i := i + k; END LOOP;
    FOR a, b IN SELECT id, region FROM orders LOOP i := a; END LOOP;
    FOREACH a IN ARRAY ARRAY[1, 2] LOOP i := a; END LOOP;
    RETURN outermost.i;
END outermost $$;
CREATE FUNCTION cursors() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c CURSOR (k bigint) IS SELECT * FROM orders WHERE id = k;
    r record;
    e refcursor;
BEGIN
    OPEN c(5);
    FETCH c INTO r;
    FETCH PRIOR FROM c INTO r;
    FETCH RELATIVE -1 FROM c INTO r;
    MOVE FORWARD 2 FROM c;
    UPDATE orders SET total = 0 WHERE CURRENT OF c;
    CLOSE c;
    OPEN c(k := 6);
    OPEN e FOR SELECT 1;
    OPEN e SCROLL FOR EXECUTE 'SELECT $1' USING 1;
    FOR x IN c(7) LOOP NULL; END LOOP;
    FOR r IN EXECUTE 'SELECT 1 AS a' LOOP NULL; END LOOP;
END $$;
CREATE FUNCTION statements() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v bigint; w text; n int; s text; o orders;
BEGIN
    SELECT id, region INTO STRICT v, w FROM orders WHERE id = 1;
    SELECT * INTO o FROM orders LIMIT 1;
    INSERT INTO orders (id) VALUES (1) ON CONFLICT DO NOTHING RETURNING id INTO v;
    UPDATE orders SET total = total + 1 WHERE id = v RETURNING id, region INTO v, w;
    DELETE FROM orders WHERE id = v;
    MERGE INTO orders t USING customers u ON t.customer_id = u.id WHEN MATCHED THEN DELETE;
    PERFORM pg_sleep(0);
    PERFORM 1 FROM orders WHERE region = w;
    EXECUTE format('SELECT count(*) FROM %I', w) INTO v USING 1, w;
    EXECUTE 'SELECT 1' INTO STRICT v;
    GET DIAGNOSTICS n = ROW_COUNT;
    GET CURRENT DIAGNOSTICS s := PG_CONTEXT;
    CREATE TEMP TABLE scratch AS SELECT 1 AS a;
    TRUNCATE scratch;
    LOCK TABLE orders IN SHARE MODE;
    SET LOCAL lock_timeout = '1s';
    NOTIFY channel, 'x';
    ASSERT v IS NOT NULL, 'no v';
    RAISE NOTICE 'x % y %%', v;
    RAISE EXCEPTION USING ERRCODE = '22012', MESSAGE = 'x' || w, HINT = 'y';
    RAISE division_by_zero;
    RAISE SQLSTATE '22012' USING DETAIL = 'd';
    RAISE WARNING 'a';
    RAISE;
    RETURN v;
END $$;
CREATE FUNCTION exceptions() RETURNS text LANGUAGE plpgsql AS $$
DECLARE s text; m text;
BEGIN
    BEGIN
        INSERT INTO orders (id) VALUES (1);
    EXCEPTION
        WHEN unique_violation OR foreign_key_violation THEN RETURN SQLERRM;
        WHEN SQLSTATE '22012' THEN GET STACKED DIAGNOSTICS s = RETURNED_SQLSTATE, m = MESSAGE_TEXT;
        WHEN OTHERS THEN RAISE;
    END;
    RETURN s || SQLSTATE_LIKE(m);
EXCEPTION WHEN undefined_function THEN RETURN SQLSTATE || SQLERRM;
END $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN NEW.region := coalesce(NEW.region, 'none'); NEW.id = 5;
    ELSIF TG_OP = 'UPDATE' AND OLD.total IS DISTINCT FROM NEW.total THEN
        INSERT INTO shop.audit (what) VALUES (jsonb_build_object('old', OLD.total, 'new', NEW.total, 'table', TG_TABLE_NAME, 'args', TG_ARGV[0]));
        PERFORM pg_notify('x', row_to_json(NEW)::text);
    END IF;
    IF TG_NARGS > 0 OR TG_WHEN = 'BEFORE' OR TG_LEVEL = 'ROW' OR TG_RELID = 0 THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP RAISE NOTICE '%', r.object_identity; END LOOP; IF TG_EVENT = 'x' THEN RAISE NOTICE '%', TG_TAG; END IF; END $$;
CREATE PROCEDURE batches(INOUT done int DEFAULT 0) LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
    LOOP
        UPDATE orders SET region = 'x' WHERE id IN (SELECT id FROM orders WHERE region IS NULL LIMIT 1000 FOR UPDATE SKIP LOCKED);
        GET DIAGNOSTICS n = ROW_COUNT;
        done := done + n;
        COMMIT;
        COMMIT AND CHAIN;
        ROLLBACK AND NO CHAIN;
        EXIT WHEN n = 0;
    END LOOP;
    CALL batches(done);
    DO 'BEGIN NULL; END';
END $$;
CREATE FUNCTION options() RETURNS int LANGUAGE plpgsql AS $$
#variable_conflict use_column
#print_strict_params on
DECLARE id int; BEGIN SELECT id INTO id FROM orders; RETURN id; END $$;
CREATE FUNCTION comments() RETURNS int LANGUAGE plpgsql AS $$ /* a /* b */ ; */ BEGIN -- x ' y
 RETURN 1; /* $x$ */ END; $$;
CREATE FUNCTION nested() RETURNS text LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $q$ CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $g$ BEGIN RETURN 1; END $g$ $q$; RETURN $x$;$x$; END $f$;
CREATE FUNCTION keywords() RETURNS int LANGUAGE plpgsql AS $$ DECLARE open int; close int; type text; row int; BEGIN open := 1; close := open; type := 'x'; row := 2; RETURN open; END $$;
CREATE FUNCTION "Odd ""Name"""("Arg" int, "select" text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE "Var" int; BEGIN "Var" := "Arg" + length("select"); RETURN "Var"; END $$;
CREATE FUNCTION user_types(OUT m mood, OUT p positive) LANGUAGE plpgsql AS $$ DECLARE n mood; t text; BEGIN SELECT 'sad', 1 INTO m, p; SELECT 'sad', 'x' INTO n, t; END $$;
CREATE FUNCTION user_types_looped() RETURNS TABLE (m mood, p positive) LANGUAGE plpgsql AS $$ BEGIN FOR m, p IN SELECT 'sad', 1 LOOP RETURN NEXT; END LOOP; END $$;
CREATE FUNCTION user_types_told() RETURNS void LANGUAGE plpgsql AS $$ DECLARE m shop.label; BEGIN GET DIAGNOSTICS m = PG_CONTEXT; END $$;
CREATE FUNCTION nothing() RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION typed(a shop.audit.what%TYPE) RETURNS orders.total%TYPE LANGUAGE plpgsql AS $$ DECLARE x shop.audit%ROWTYPE; y shop.audit.id%TYPE; z orders.tags%TYPE[]; BEGIN x.what := a; RETURN 1; END $$;
CREATE FUNCTION json_access(j jsonb) RETURNS text LANGUAGE plpgsql AS $$ DECLARE x jsonb := '{}'; BEGIN x['a'] := '1'; x := x || j; RETURN x ->> 'a'; END $$;
DO $$ BEGIN RAISE NOTICE 'x'; END $$;
DO $$ DECLARE t record; BEGIN FOR t IN SELECT relname FROM pg_class LOOP EXECUTE format('ANALYZE %I', t.relname); END LOOP; END $$ LANGUAGE plpgsql;
DO LANGUAGE 'plpgsql' 'BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = ''mood'') THEN CREATE TYPE mood AS ENUM (''x''); END IF; END';
