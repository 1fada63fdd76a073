"""Settings of sign-in, passwords and sessions; ``project/settings.py`` takes all.

Source:
    ASVS 5.0, 6.2 and 7.3; CJIS Security Policy, AC-7 and AC-11.
"""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "armstrace.accounts.backends.CodeBackend",
]
PASSWORD_HASHERS = ["armstrace.accounts.passwords.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "armstrace.accounts.passwords.VariedPassword"},
    {
        "NAME": "django.contrib.auth.password_validation."
        "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "full_name")},
    },
]

# Of two who replace somebody's lost second factors, neither set up the other's
# account so lately.
ACCOUNT_SETTLES = timedelta(days=30)

SESSION_ENGINE = "armstrace.accounts.session_store"
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_IDLE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# The fifth bad try of a name from one address locks it there for a quarter of an
# hour, so that nobody locks another out. Guesses that are spread lock the address, or
# the name everywhere, only after many. A browser that the person has signed in with
# before counts alone: neither its address nor the name is locked for it.
AXES_HANDLER = "armstrace.accounts.lock_out.Tries"
AXES_FAILURE_LIMIT = 5
TRIES_OF_ADDRESS = 30
TRIES_OF_NAME = 50
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USE_ATTEMPT_EXPIRATION = True
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # what ``Tries`` counts by
AXES_CLIENT_IP_CALLABLE = "armstrace.accounts.lock_out.network_of"
# Without the callable axes counts nothing that a form names otherwise, and counts
# "OFF" and "off" apart.
AXES_USERNAME_CALLABLE = "armstrace.accounts.lock_out.name_tried"
AXES_LOCKOUT_CALLABLE = "armstrace.accounts.lock_out.lock_page"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# People type passphrases where the name belongs: the table keeps neither.
AXES_SENSITIVE_PARAMETERS = ["username", "name", "login", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True  # the ledger keeps who signed in
