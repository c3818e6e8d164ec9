<?php
$dsn = sprintf('pgsql:host=%s;port=%s;dbname=%s', getenv('PGHOST'), getenv('PGPORT'), getenv('PGDATABASE'));
$pdo = new PDO($dsn, getenv('PGUSER'), getenv('PGPASSWORD'), [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
function show(...$values) { echo json_encode($values), "\n"; }
function refused($body) {
    try { $body(); } catch (PDOException $e) { show('error', $e->getCode(), $e->errorInfo); }
}
$pdo->exec('CREATE TABLE t(id int PRIMARY KEY, name text)');
$insert = $pdo->prepare('INSERT INTO t VALUES (?, ?)');
for ($i = 0; $i < 100; $i++) { $insert->execute([$i, "name $i"]); }
show('rows', $pdo->query('SELECT * FROM t ORDER BY id')->fetchAll(PDO::FETCH_NUM));
$named = $pdo->prepare('SELECT name FROM t WHERE id = :id');
foreach ([1, 5, 500] as $id) { $named->execute(['id' => $id]); show('named', $named->fetchAll()); }
$named = null;
refused(fn() => $pdo->exec('SELECT 1/0'));
refused(fn() => $pdo->prepare('SELECT * FROM nowhere')->execute());
refused(fn() => $pdo->prepare('a; b')->execute());
refused(fn() => $insert->execute([1, 'again']));
show('several', $pdo->exec("INSERT INTO t VALUES (1000, 'a'); INSERT INTO t VALUES (1001, 'b')"));
$pdo->beginTransaction();
$pdo->exec("INSERT INTO t VALUES (2000, 'c')");
refused(fn() => $pdo->exec('broken'));
refused(fn() => $pdo->exec('SELECT 1'));
$pdo->rollBack();
$pdo->beginTransaction();
$cursor = $pdo->prepare('SELECT id FROM t ORDER BY id', [PDO::ATTR_CURSOR => PDO::CURSOR_SCROLL]);
$cursor->execute();
show('scroll', $cursor->fetch(), $cursor->fetch(PDO::FETCH_NUM, PDO::FETCH_ORI_LAST));
$cursor = null;
$blob = $pdo->pgsqlLOBCreate();
$stream = $pdo->pgsqlLOBOpen($blob, 'w');
show('lob', fwrite($stream, str_repeat('x', 50000)));
$stream = null;
$pdo->commit();
show('copy in', $pdo->pgsqlCopyFromArray('t', ["3000\tx", "3001\ty"]));
show('copy out', $pdo->pgsqlCopyToArray('t'));
$pdo->exec('LISTEN godwit');
$pdo->exec("NOTIFY godwit, 'hello'");
$got = $pdo->pgsqlGetNotify(PDO::FETCH_ASSOC, 5000);
show('notify', $got['message'], $got['payload']);
$emulated = new PDO($dsn, getenv('PGUSER'), getenv('PGPASSWORD'), [PDO::ATTR_EMULATE_PREPARES => true]);
$e = $emulated->prepare('SELECT ? || ?');
$e->execute(['a', "b'c"]);
show('emulated', $e->fetchAll());
show('server', $pdo->getAttribute(PDO::ATTR_SERVER_VERSION), $pdo->getAttribute(PDO::ATTR_CLIENT_VERSION));
