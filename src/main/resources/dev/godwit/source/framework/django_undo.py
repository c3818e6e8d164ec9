# Undoes the one migration that GODWIT_UNDO names, by Django's own executor.
import os

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_app, _name = os.environ["GODWIT_UNDO"].split(".", 1)
_executor = MigrationExecutor(connection)
_executor.migrate([], plan=[(_executor.loader.graph.nodes[(_app, _name)], True)])
