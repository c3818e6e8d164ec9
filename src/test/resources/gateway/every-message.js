// node-pg: no SSLRequest, messages of the extended protocol in several writes
const { Client, Query } = require('pg');

const show = (...values) => console.log(JSON.stringify(values));
const result = (r) => show(r.command, r.rowCount, r.rows, r.fields && r.fields.map((f) => [f.name, f.dataTypeID]));

async function attempt(body) {
  try {
    const r = await body();
    (Array.isArray(r) ? r : [r]).forEach(result);
  } catch (e) {
    show('error', e.code, e.message, e.detail, e.severity);
  }
}

async function main() {
  const client = new Client({ application_name: 'fidelity' });
  client.on('notice', (n) => show('notice', n.message));
  client.on('notification', (n) => show('notification', n.channel, n.payload));
  await client.connect();
  await attempt(() => client.query('CREATE TABLE t(id int PRIMARY KEY, name text)'));
  await attempt(() => client.query("INSERT INTO t VALUES (1, 'a'); SELECT * FROM t; SELECT 2 AS two"));
  await attempt(() => client.query('SELECT $1::text AS given', ['x']));
  await attempt(() => client.query({ name: 'plan', text: 'SELECT $1::int AS n', values: [1] }));
  await attempt(() => client.query({ name: 'plan', text: 'SELECT $1::int AS n', values: [2] }));
  await attempt(() => client.query({ text: 'SELECT generate_series(1, 20) AS n', rows: 7, values: [] }));
  await attempt(() => client.query('SELECT 1/0'));
  await attempt(() => client.query('SELECT $1::int', ['no number']));
  await attempt(() => client.query('INSERT INTO t VALUES ($1, $2)', [1, 'again']));
  await attempt(() => client.query({ text: 'SELECT 1 AS one, NULL AS nothing', rowMode: 'array' }));
  await attempt(() => client.query(''));
  await attempt(() => client.query('BEGIN'));
  await attempt(() => client.query('broken'));
  await attempt(() => client.query('SELECT 1'));
  await attempt(() => client.query('ROLLBACK'));
  const queued = [1, 2, 3, 4, 5].map((i) => client.query('SELECT $1::int AS queued', [i]));
  (await Promise.all(queued)).forEach(result);
  await attempt(() => client.query("DO $$ BEGIN RAISE NOTICE 'one'; END $$"));
  await attempt(() => client.query('LISTEN godwit'));
  await attempt(() => client.query("NOTIFY godwit, 'hello'"));
  const long = await client.query("SELECT repeat('x', 3000000) AS x");
  show('long', long.rows[0].x.length);
  await client.end();
}

main().catch((e) => { console.error(e); process.exit(1); });
