# libpq by its whole interface: asynchronous, single rows, pipelines, portals, COPY by the extended protocol.
require 'pg'

c = PG.connect(application_name: 'fidelity')

def show(*values) = puts(values.inspect)

def result(r)
  show r.res_status(r.result_status), r.cmd_status, r.fields, r.values,
       r.error_field(PG::Result::PG_DIAG_SQLSTATE), r.error_field(PG::Result::PG_DIAG_MESSAGE_PRIMARY)
rescue PG::Error => e
  show e.class, e.message
end

def all(c)
  while (r = c.sync_get_result)
    result(r)
  end
end

c.set_notice_processor { |text| show 'notice', text }
c.sync_exec('CREATE TABLE t(id int PRIMARY KEY, name text)')
c.send_query("SELECT 1; INSERT INTO t VALUES (1, 'a'); SELECT * FROM t; SELECT 1/0; SELECT 2")
all(c)
c.send_query_params('SELECT $1::int + $2::int AS sum', [1, 2])
all(c)
c.send_prepare('plan', 'SELECT generate_series(1, $1::int) AS n')
all(c)
c.send_describe_prepared('plan')
all(c)
c.send_query_prepared('plan', [5])
c.set_single_row_mode
all(c)
c.sync_exec('BEGIN')
c.sync_exec('DECLARE cur CURSOR FOR SELECT generate_series(1, 20)')
c.send_describe_portal('cur')
all(c)
result c.sync_exec('FETCH 3 FROM cur')
c.sync_exec('COMMIT')
begin
  c.sync_exec_params('SELECT $1::int', ['no number'])
rescue PG::Error => e
  show e.message
end
binary = c.sync_exec_params('SELECT $1::int4, $2::text', [{ value: [7].pack('N'), format: 1 }, 'x'], 1)
show binary.values
c.send_query_params('COPY t FROM STDIN', [])
show c.sync_get_result.result_status
100.times { |i| c.sync_put_copy_data("#{i + 10}\tcopied\n") }
c.sync_put_copy_end
all(c)
c.send_query_params('COPY t FROM STDIN', [])
c.sync_get_result
c.sync_put_copy_data("1\tdouble\n")
c.sync_put_copy_end
all(c)
c.send_query_params('COPY t FROM STDIN', [])
c.sync_get_result
c.sync_put_copy_end('the client gives up')
all(c)
c.send_query_params('COPY (SELECT * FROM t ORDER BY id) TO STDOUT', [])
c.sync_get_result
while (row = c.sync_get_copy_data)
  show row
end
all(c)
c.enter_pipeline_mode
c.send_query_params("INSERT INTO t VALUES (5000, 'piped')", [])
c.send_query_params('SELECT count(*) FROM t', [])
c.pipeline_sync
c.send_query_params('SELECT 1/0', [])
c.send_query_params('SELECT 2', [])
c.pipeline_sync
c.send_query_params("DO $$ BEGIN RAISE NOTICE 'in a pipeline'; END $$", [])
c.send_flush_request
c.send_query_params('BEGIN', [])
c.send_query_params('SELECT 3', [])
c.send_query_params('COMMIT', [])
c.pipeline_sync
nothing = 0
syncs = 0
while syncs < 3
  r = c.sync_get_result
  if r.nil?
    nothing += 1
    raise 'too much nothing' if nothing > 50
    next
  end
  syncs += 1 if r.result_status == PG::PGRES_PIPELINE_SYNC
  show r.res_status(r.result_status), r.cmd_status, r.values
end
c.exit_pipeline_mode
c.sync_exec('LISTEN godwit')
c.sync_exec("NOTIFY godwit, 'hello'")
c.wait_for_notify(5) { |channel, _, payload| show channel, payload }
c.send_query('SELECT pg_sleep(30)')
# A cancel that overtakes its query hits nothing, with and without a gateway.
other = PG.connect
query = "SELECT count(*) FROM pg_stat_activity WHERE pid = #{c.backend_pid} AND wait_event = 'PgSleep'"
Thread.pass until other.exec(query).getvalue(0, 0) == '1'
other.close
show c.cancel
all(c)
show c.transaction_status, c.protocol_version, c.parameter_status('client_encoding')
c.close
