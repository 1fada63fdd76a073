"""Settings of Armstrace: SQLite and safe defaults when nothing is set."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from armstrace.accounts.security_settings import *  # noqa: F403 -- a settings block
from armstrace.analysis.marks import tables
from armstrace.project import env

HOME = env.home()
DEMO = env.boolean("ARMSTRACE_DEMO", default=(HOME / "demo").exists())
DEBUG = env.boolean("ARMSTRACE_DEBUG", default=False)
HOME_COUNTRY = env.text("ARMSTRACE_COUNTRY", "XV" if DEMO else "")
AUTHORITY = env.text("ARMSTRACE_AUTHORITY")
AUTHORITY_CONTACT = env.text("ARMSTRACE_AUTHORITY_CONTACT")
LICENCE = env.text("ARMSTRACE_LICENCE")
PROFILE = env.text("ARMSTRACE_PROFILE", "protocol")
CERTIFICATE_KEYS = env.text(
    "ARMSTRACE_CERTIFICATE_KEYS", str(HOME / "keys" / "certificates")
)
BOUNDARIES_FILE = env.text("ARMSTRACE_BOUNDARIES")
VOCABULARIES = env.text("ARMSTRACE_VOCABULARIES")
tables.use(Path(VOCABULARIES).expanduser() if VOCABULARIES else None)
REASONS_ASKED = env.words("ARMSTRACE_REASONS", "holder.view")
NEAR_DAYS = env.whole("ARMSTRACE_NEAR_DAYS", 7)
NEAR_KM = env.whole("ARMSTRACE_NEAR_KM", 5)
NEAR_SERIALS = env.whole("ARMSTRACE_NEAR_SERIALS", 10)
SDG_VERSION = env.text("ARMSTRACE_SDG_VERSION", "1.26")


def secret_key() -> str:
    """Give the secret key: from the environment, else kept in the home folder."""
    given = env.text("ARMSTRACE_SECRET_KEY")
    if given:
        return given
    path = HOME / "keys" / "secret-key"
    if not path.exists():
        for folder in (HOME, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.words(
    "ARMSTRACE_HOSTS", "*" if DEMO else "localhost,127.0.0.1,[::1]"
)
CSRF_TRUSTED_ORIGINS = env.words("ARMSTRACE_ORIGINS")
SECURE = not DEMO and env.boolean("ARMSTRACE_HTTPS", default=False)
SECOND_FACTORS = env.one_of(
    "ARMSTRACE_SECOND_FACTORS",
    ("offered", "required", "passkeys"),
    "offered" if DEMO else "required",
)
# Shorter, and a page would ask again before it could be shown.
PROOF_LASTS = timedelta(minutes=max(1, env.whole("ARMSTRACE_PROOF_MINUTES", 15)))

DATABASES = {
    "default": env.database(env.text("DATABASE_URL"), HOME / "armstrace.sqlite3")
}
ADMIN_DATABASE_URL = env.text("DATABASE_ADMIN_URL")
OWNER_DATABASE = (
    env.database(ADMIN_DATABASE_URL, HOME, pooled=False) if ADMIN_DATABASE_URL else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "armstrace.audit",
    "armstrace.accounts",
    "armstrace.jobs",
    "armstrace.evidence",
    "armstrace.vetting",
    "armstrace.licensing",
    "armstrace.certificates",
    "armstrace.registry",
    "armstrace.deactivations",
    "armstrace.transfers",
    "armstrace.recoveries",
    "armstrace.custody",
    "armstrace.stockpiles",
    "armstrace.ballistics",
    "armstrace.tracing",
    "armstrace.disposal",
    "armstrace.collection",
    "armstrace.intelligence",
    "armstrace.risk",
    "armstrace.investigations",
    "armstrace.procedures",
    "armstrace.techniques",
    "armstrace.intake",
    "armstrace.indicators",
    "armstrace.retention",
    "armstrace.web",
    "armstrace.public",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "axes",
    "django_tasks_db",
    "ninja",
]
MIDDLEWARE = [
    "armstrace.web.watching.Watching",
    "django.middleware.security.SecurityMiddleware",
    "armstrace.web.headers.AnswerHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "armstrace.accounts.sessions.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "armstrace.web.consulting.Consultations",
]
ROOT_URLCONF = "armstrace.project.urls"
WSGI_APPLICATION = "armstrace.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Fields are drawn without a template where that is quicker.
FORM_RENDERER = "armstrace.web.widgets.FieldRenderer"

# Shared by the processes of one server, so that a token is counted once.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "limits",
    },
}
API_CALLS_A_MINUTE = env.whole("ARMSTRACE_API_CALLS_A_MINUTE", 600)
PUBLIC_TRIES_A_MINUTE = env.whole("ARMSTRACE_PUBLIC_TRIES_A_MINUTE", 30)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --------------------------------------------------------------- the browser
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
KNOWN_BROWSER_COOKIE = "__Host-known" if SECURE else "known"
CSRF_FAILURE_VIEW = "armstrace.web.sending_again.token_ended"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ----------------------------------------------------------------- language
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
LANGUAGE_CODE = env.one_of("ARMSTRACE_LANGUAGE", dict(LANGUAGES), "en")
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("ARMSTRACE_TIME_ZONE", "UTC")
FORMAT_MODULE_PATH = ["armstrace.project.formats"]

# -------------------------------------------------------------------- files
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "armstrace.project.static_files.StaticFiles"},
}
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
METRICS_HOST = env.text("ARMSTRACE_METRICS_HOST", "127.0.0.1")
METRICS_PORT = env.whole("ARMSTRACE_METRICS_PORT", 0)
BACKUP_KEY = env.text("ARMSTRACE_BACKUP_KEY")
BACKUP_KEEP = env.text("ARMSTRACE_BACKUP_KEEP", "7,5,12")
UPLOAD_LIMIT_BYTES = env.whole("ARMSTRACE_UPLOAD_LIMIT_MB", 64) * 1024 * 1024

LOG_FORM = env.one_of("ARMSTRACE_LOG", ("plain", "json"), "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "armstrace.project.logs.Plain"},
        "json": {"()": "armstrace.project.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORM}},
    # Django would write its own lines beside these, with what was typed in them.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
