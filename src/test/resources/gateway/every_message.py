import io, select
import psycopg2, psycopg2.extensions, psycopg2.extras

connection = psycopg2.connect('application_name=fidelity')


def show(what, *values):
    print(what, *values)


def refused(sql, *arguments):
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, *arguments)
    except psycopg2.Error as error:
        show('error', error.pgcode, error.pgerror, error.diag.severity, error.diag.message_detail)
        connection.rollback()


with connection.cursor() as cursor:
    cursor.execute('CREATE TABLE t(id int PRIMARY KEY, name text, data bytea)')
    cursor.executemany('INSERT INTO t VALUES (%s, %s, %s)', [(i, 'n%d' % i, bytes([i])) for i in range(50)])
    cursor.execute('SELECT * FROM t ORDER BY id')
    show('rows', [(a, b, bytes(c)) for a, b, c in cursor.fetchall()], cursor.statusmessage, cursor.description)
    cursor.execute("SELECT 1; SELECT 2; SELECT 'last'")
    show('several', cursor.fetchall())
    psycopg2.extras.execute_values(cursor, 'INSERT INTO t(id) VALUES %s', [(i,) for i in range(100, 200)])
    show('count', cursor.rowcount)
connection.commit()
refused('SELECT 1/0')
refused('INSERT INTO t(id) VALUES (1)')
refused('SELECT %s::int', ('no number',))
with connection.cursor('server_side') as cursor:
    cursor.itersize = 7
    cursor.execute('SELECT id FROM t ORDER BY id')
    show('cursor', [row[0] for row in cursor])
connection.commit()
with connection.cursor() as cursor:
    out = io.StringIO()
    cursor.copy_expert('COPY (SELECT id, name FROM t ORDER BY id) TO STDOUT', out)
    show('copy out', out.getvalue())
    cursor.copy_expert('COPY t(id, name) FROM STDIN', io.StringIO(''.join('%d\tcopied\n' % i for i in range(1000, 20000))))
    show('copy in', cursor.rowcount)
    try:
        cursor.copy_expert('COPY t(id) FROM STDIN', io.StringIO('x\n'))
    except psycopg2.Error as error:
        show('copy error', error.pgcode, error.pgerror)
        connection.rollback()
    cursor.execute("DO $$ BEGIN RAISE NOTICE 'one'; RAISE NOTICE 'two'; END $$")
    show('notices', connection.notices)
large = connection.lobject(0, 'wb')
show('large object', large.write(b'x' * 100000), large.tell())
large.seek(10)
large.close()
again = connection.lobject(large.oid, 'rb')
show('large object read', len(again.read()))
again.unlink()
connection.commit()
connection.set_session(autocommit=True)
with connection.cursor() as cursor:
    cursor.execute('LISTEN godwit')
    cursor.execute("NOTIFY godwit, 'hello'")
    connection.poll()
    show('notifies', [(n.channel, n.payload) for n in connection.notifies])
    cursor.execute("SELECT pg_notify('godwit', repeat('y', 7000))")
    select.select([connection], [], [], 5)
    connection.poll()
    show('notifies', [(n.channel, n.payload) for n in connection.notifies])
    cursor.execute("SELECT repeat('z', 5000000)")
    show('large', len(cursor.fetchone()[0]))
show('parameters', connection.get_parameter_status('server_version'), connection.get_parameter_status('TimeZone'),
     connection.encoding, connection.protocol_version)
two = psycopg2.connect('application_name=two_phase')
two.tpc_begin(two.xid(1, 'gtrid', 'branch'))
show('status', two.status, two.get_transaction_status())
try:
    two.tpc_prepare()
except psycopg2.Error as error:
    show('two-phase', error.pgcode)
two.close()
connection.cancel()
connection.close()
