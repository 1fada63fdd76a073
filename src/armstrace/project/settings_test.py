"""Settings under which the tests run: a temporary home, fast hashing."""

import os
import tempfile

os.environ.setdefault("ARMSTRACE_HOME", tempfile.mkdtemp(prefix="armstrace-test-"))
os.environ.setdefault("ARMSTRACE_COUNTRY", "XV")
os.environ.setdefault("ARMSTRACE_SECOND_FACTORS", "offered")

from armstrace.project.settings import *  # noqa: F403
from armstrace.project.settings import CACHES, DATABASES, HOME, OWNER_DATABASE

(HOME / "static").mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["limits"] = CACHES["default"]
API_CALLS_A_MINUTE = PUBLIC_TRIES_A_MINUTE = 100_000
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

if OWNER_DATABASE:
    # Tests create and migrate their database, so they connect as its owner;
    # the application's role is tried by name in tests/audit.
    DATABASES["default"] = OWNER_DATABASE
else:
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;"
    )
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
