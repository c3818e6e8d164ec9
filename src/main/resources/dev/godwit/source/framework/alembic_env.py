# Godwit stands in front of the project's env.py and leads every connection to its gateway.
import os

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

ELSEWHERE = (
    "dsn", "hostaddr", "service", "passfile", "channel_binding", "gssencmode", "target_session_attrs",
    "ssl", "ssl_context", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslcrl", "unix_sock",
)


def _lead_to_godwit(dialect, record, arguments, parameters):
    if dialect.name != "postgresql":
        raise SystemExit("Godwit: env.py connects to %s, not to PostgreSQL" % dialect.name)
    del arguments[:]
    for name in ELSEWHERE:
        parameters.pop(name, None)
    database = "dbname" if "dbname" in parameters or dialect.driver == "psycopg" else "database"
    parameters["host"] = os.environ["PGHOST"]
    parameters["port"] = int(os.environ["PGPORT"])
    parameters[database] = os.environ["PGDATABASE"]
    parameters["user"] = os.environ["PGUSER"]
    parameters.pop("password", None)
    if "PGPASSWORD" in os.environ:
        parameters["password"] = os.environ["PGPASSWORD"]


def _only_to_godwit(connection, record):
    """A connection that env.py opens itself (creator=) is not asked for its address before: no statement goes there."""
    info = getattr(connection, "info", None)
    port = getattr(info, "port", None)
    if port is not None and (getattr(info, "host", None), port) != (os.environ["PGHOST"], int(os.environ["PGPORT"])):
        raise SystemExit(
            "Godwit: env.py opens a connection of its own to port %s of %s, past Godwit; nothing was sent there"
            % (port, getattr(info, "host", None))
        )


event.listen(Engine, "do_connect", _lead_to_godwit)
event.listen(Pool, "connect", _only_to_godwit)

_path = os.environ["GODWIT_ENV_PY"]
with open(_path, encoding="utf-8") as _file:
    exec(compile(_file.read(), _path, "exec"), {"__file__": _path, "__name__": "env_py"})
