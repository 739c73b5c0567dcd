"""Settings, read from the environment only. `.env.example` explains each one.

Two shapes share this module: the embedded default (SQLite, local files, no broker) and production
(`PRODUCTION=1`: PostgreSQL, Redis, object storage, SMTP), where anything missing stops the start.
"""

from config import environment
from config.beat import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE
from config.content_policy import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.delays import DELAYS as DELAYS
from config.environment import BASE_DIR, Misconfigured, boolean, env, integer, needed, required, text, words
from config.identity import IDENTITY_PROVIDERS
from config.procedure import BRAND_ETAT as BRAND_ETAT
from config.procedure import BRAND_LINES as BRAND_LINES
from config.procedure import OPERATOR as OPERATOR
from config.procedure import PROCEDURE as PROCEDURE
from config.reactions import REACTIONS as REACTIONS
from config.vault import CLAMD_SOCKET as CLAMD_SOCKET
from config.vault import DOSSIER_MAX_BYTES as DOSSIER_MAX_BYTES
from config.vault import EVIDENCE_MAX_BYTES as EVIDENCE_MAX_BYTES
from config.vault import EVIDENCE_QUOTA_BYTES as EVIDENCE_QUOTA_BYTES
from config.vault import REQUEST_MAX_BYTES as REQUEST_MAX_BYTES
from config.vault import UPLOAD_HOURS as UPLOAD_HOURS

PRODUCTION = boolean("PRODUCTION", default=False)
DEBUG = boolean("DEBUG", default=False)
DEMO = boolean("DEMO", default=False)
if PRODUCTION and DEMO:
    raise Misconfigured("DEMO=1 ouvre tous les comptes sans mot de passe ; retirez DEMO quand PRODUCTION=1.")
if PRODUCTION and DEBUG:
    raise Misconfigured("DEBUG=1 montre l'intérieur de l'application ; retirez DEBUG quand PRODUCTION=1.")

DATA_DIR = environment.data_dir(BASE_DIR)
SECRET_KEY = environment.secret_key(DATA_DIR, production=PRODUCTION)
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise Misconfigured(
        "ALLOWED_HOSTS doit nommer les domaines servis, par exemple ALLOWED_HOSTS=referencement.example.fr."
    )
PORT = integer("PORT", default=8000, maximum=65535)
BASE_URL = environment.url(
    "BASE_URL",
    schemes={"https"} if PRODUCTION else {"http", "https"},
    default="" if PRODUCTION else f"http://127.0.0.1:{PORT}",
).rstrip("/")
if PRODUCTION and not BASE_URL:
    required("BASE_URL", "https://referencement.example.fr")

# --- Rooms -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "journal",
    "teams",
    "questionnaires",
    "referencing",
    "conversation",
    "exchange",
    "evaluation",
    "dossiers",
    "commission",
    "instruction",
    "catalogue",
    "demonstration",
    "kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "widget_tweaks",
    "dsfr",
    "csp",
    "django_htmx",
    "django_filters",
]
MIDDLEWARE = [
    "kit.probes.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kit.middleware.WeightMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "referencing.middleware.ClaimMiddleware",
    "kit.middleware.PrivatePagesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kit.context.house",
                "accounts.context.person",
            ],
            "builtins": ["kit.templatetags.french"],
        },
    }
]
FORM_RENDERER = "kit.forms.HouseRenderer"

# --- Truth: the database ---------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_URL = text("DATABASE_URL")
if PRODUCTION and not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise Misconfigured(
        "DATABASE_URL doit désigner PostgreSQL quand PRODUCTION=1, par exemple DATABASE_URL=postgres://nom:secret@hote:5432/base."
    )
DATABASES = {"default": env.db_url_config(DATABASE_URL or f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL without IMMEDIATE loses most concurrent transactions to « database is locked » (docs/adr/0003).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- The bell: Celery and Redis --------------------------------------------------------------
REDIS_URL = environment.url("REDIS_URL", schemes={"redis", "rediss", "unix", "redis+socket"})
if PRODUCTION and not REDIS_URL:
    required("REDIS_URL", "rediss://hote:6379/0")
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100  # a printed dossier leaves memory behind (docs/performance.md)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False  # the outbox row is the retry; a web request never waits for Redis

# --- Files -----------------------------------------------------------------------------------
STORAGE_BUCKET = needed("STORAGE_BUCKET", "referencement", production=PRODUCTION)
if STORAGE_BUCKET:
    default_storage = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": STORAGE_BUCKET,
            "endpoint_url": needed("STORAGE_ENDPOINT", "https://objets.example.fr", production=PRODUCTION),
            "access_key": needed("STORAGE_ACCESS_KEY", "cle", production=PRODUCTION),
            "secret_key": needed("STORAGE_SECRET_KEY", "secret", production=PRODUCTION),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
else:
    default_storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    }
STORAGES = {
    "default": default_storage,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # the embedded default needs no collectstatic; the integrity sums of DSFR stay right
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Letters ---------------------------------------------------------------------------------
EMAIL_URL = needed("EMAIL_URL", "smtp+tls://nom:secret@hote:587", production=PRODUCTION)
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mails"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("MAIL_FROM", default="referencement@example.fr")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.HouseAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if PRODUCTION else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "25/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Référencement"
SOCIALACCOUNT_PROVIDERS = IDENTITY_PROVIDERS
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
    }
    if REDIS_URL and boolean("CACHE_IN_REDIS", default=PRODUCTION)
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"

# --- Look ------------------------------------------------------------------------------------
DSFR_USE_INTEGRITY_CHECKSUMS = True
DSFR_MARK_OPTIONAL_FIELDS = True

# --- Locks on the doors ----------------------------------------------------------------------
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "kit.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = boolean("SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if boolean("BEHIND_PROXY", default=True) else None
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True

# --- Logs ------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", default="WARNING")},
}
