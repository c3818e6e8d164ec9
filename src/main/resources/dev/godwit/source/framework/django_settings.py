# The project's settings with the default database at Godwit's gateway.
import importlib
import os

_project = importlib.import_module(os.environ["GODWIT_DJANGO_SETTINGS"])
globals().update({name: getattr(_project, name) for name in dir(_project) if name.isupper()})

_ELSEWHERE = ("service", "passfile", "host", "hostaddr", "port", "dbname", "database", "user", "password")
_DATABASES = {alias: dict(database) for alias, database in getattr(_project, "DATABASES", {}).items()}
_default = _DATABASES.setdefault("default", {})
_PLACE = ("HOST", "PORT", "NAME")
_SAME = [alias for alias in _DATABASES if all(_DATABASES[alias].get(x) == _default.get(x) for x in _PLACE)]
if _default.get("ENGINE", "").rpartition(".")[2] in ("", "sqlite3", "mysql", "oracle", "dummy"):
    _default["ENGINE"] = "django.db.backends.postgresql"
_default["OPTIONS"] = {
    name: value
    for name, value in (_default.get("OPTIONS") or {}).items()
    if name not in _ELSEWHERE
    and not name.startswith("ssl")
    and name not in ("channel_binding", "gssencmode", "target_session_attrs", "pool")
}
_default.update(
    HOST=os.environ["PGHOST"],
    PORT=os.environ["PGPORT"],
    NAME=os.environ["PGDATABASE"],
    USER=os.environ["PGUSER"],
    PASSWORD=os.environ.get("PGPASSWORD", ""),
)
# What is another database may be production's own neighbour: whoever uses it is told, and nothing is sent there.
for _alias in _DATABASES:
    if _alias in _SAME:
        _DATABASES[_alias] = dict(_default)
    else:
        _DATABASES[_alias] = {"ENGINE": "godwit_elsewhere"}
DATABASES = _DATABASES
