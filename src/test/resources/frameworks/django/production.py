"""Production as it is for long already: the applications that come with Django are migrated."""

import os
import sys
from urllib.parse import unquote, urlsplit

sys.path.insert(0, ".")
os.environ["DJANGO_SETTINGS_MODULE"] = "shopsite.settings"

import shopsite.settings  # noqa: E402

url = urlsplit(os.environ["SHOP"])
shopsite.settings.DATABASES["default"].update(
    HOST=url.hostname,
    PORT=url.port,
    NAME=url.path[1:],
    USER=unquote(url.username),
    PASSWORD=unquote(url.password),
    OPTIONS={},
)

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()
call_command("migrate", "auth", verbosity=0)
