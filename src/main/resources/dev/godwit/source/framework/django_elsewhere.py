# In the place of every database that Godwit does not stand in front of.
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.dummy import base


class DatabaseWrapper(base.DatabaseWrapper):
    def ensure_connection(self):
        raise ImproperlyConfigured(
            "the migration uses the database alias %r, which Godwit does not stand in front of; nothing was sent there"
            % self.alias
        )

    def cursor(self):
        self.ensure_connection()
