"""Migrate, grant, make keys and static files; Django is set up already."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from armstrace.audit import guards, keys
from armstrace.project import env


def prepare(application_url: str) -> None:
    """Prepare the database that Django is connected to.

    Args:
        application_url: Address under which the application will connect, where
            Django is connected as the owner now; empty where they are one.
    """
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    keys.make_missing(keys.folder())
    if application_url:
        role = unquote(urlsplit(application_url).username or "")
        guards.grant_application_role(connection, role)
        _connect_as_application(application_url)


def _connect_as_application(url: str) -> None:
    connections.close_all()
    connection.settings_dict.update(env.database(url, settings.HOME))


def collect_static() -> None:
    """Lay the style sheets and scripts out for serving."""
    call_command("collectstatic", verbosity=0, interactive=False)
