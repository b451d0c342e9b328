"""Django's settings, derived from one typed environment."""

from __future__ import annotations

from pathlib import Path

from gongkai.project.databases import database_from_url
from gongkai.project.environment import read_environment
from gongkai.project.mail import mail_from_url

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
IDENTITY_KEY = ENVIRONMENT.identity_key
IDENTITY_KEYS_OLD = ENVIRONMENT.identity_keys_old
DEMO = ENVIRONMENT.demo
ALLOWED_HOSTS = ENVIRONMENT.hosts
DATA = ENVIRONMENT.data

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "gongkai.vault",
    "django_tasks",
    "django_tasks_db",
    "gongkai.audit",
    "gongkai.people",
    "gongkai.agencies",
    "gongkai.rulebook",
    "gongkai.figures",
    "gongkai.jobs",
    "gongkai.inbox",
    "gongkai.search",
    "gongkai.columns",
    "gongkai.screening",
    "gongkai.documents",
    "gongkai.review",
    "gongkai.publication",
    "gongkai.registers",
    "gongkai.channels",
    "gongkai.sharing",
    "gongkai.policies",
    "gongkai.returns",
    "gongkai.letters",
    "gongkai.foi",
    "gongkai.reporting",
    "gongkai.exchange",
    "gongkai.portal",
    "gongkai.desk",
    "gongkai.project",
]

MIDDLEWARE = [
    "gongkai.project.answers.every_answer",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.project.public_files.public_files",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.people.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.project.urls"
WSGI_APPLICATION = "gongkai.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.people.context.administration",
                "gongkai.portal.context.site",
                "gongkai.desk.context.shell",
                "gongkai.inbox.context.unread",
            ],
        },
    }
]

FORM_RENDERER = "gongkai.portal.rendering.FormRenderer"

DATABASES = {"default": database_from_url(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["gongkai.people.backend.Accounts"]
LOGIN_URL = "/desk/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "gongkai.people.password_rules.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "gongkai.people.password_rules.UnlikeLogin",
        "OPTIONS": {"user_attributes": ["login"]},
    },
    {"NAME": "gongkai.people.password_rules.Uncommon"},
    {"NAME": "gongkai.people.password_rules.NotOnlyDigits"},
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [("annualreport", PACKAGE / "annualreport" / "verdict" / "style")]
WHITENOISE_USE_FINDERS = True  # one process serves its own style sheet; nothing to collect first
LOOK_DEFAULT = ENVIRONMENT.look_default
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Checking of uploaded reports. The counts of submissions are shared by all workers of the machine.
PROXIES = ENVIRONMENT.proxies
CHECK_MOST_FILES = ENVIRONMENT.check_files
CHECK_MOST_BYTES = ENVIRONMENT.check_megabytes * 1_000_000
CHECK_PER_HOUR = ENVIRONMENT.check_per_hour
SEARCH_PER_HOUR = ENVIRONMENT.search_per_hour
APPLY_MOST_BYTES = ENVIRONMENT.apply_megabytes * 1_000_000
APPLY_PER_HOUR = ENVIRONMENT.apply_per_hour
STATUS_PER_HOUR = ENVIRONMENT.status_per_hour
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "submissions": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "submissions",
    },
}

# Drafting. A file of an edition, and how long somebody who stopped typing still holds a draft.
ATTACHMENT_MOST_BYTES = ENVIRONMENT.attachment_megabytes * 1_000_000
DRAFT_LOCK_MINUTES = ENVIRONMENT.draft_lock_minutes

# Background work. A worker not heard of for so long is taken for dead, and its job is put back.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LOST_SECONDS = ENVIRONMENT.job_lost_seconds
JOB_BEAT_SECONDS = JOB_LOST_SECONDS / 12
JOB_GRACE_SECONDS = ENVIRONMENT.job_grace_seconds
JOB_RETRY_SECONDS = 30  # before the second try; four times as long before each further one
BACKUP_AT = ENVIRONMENT.backup_at
BACKUP_TO = ENVIRONMENT.backup_to
BACKUP_KEEP = ENVIRONMENT.backup_keep

# Mail. Without a server everything stays in the in-app inbox.
MAIL_SETTINGS = mail_from_url(ENVIRONMENT.mail_url, ENVIRONMENT.mail_password)
MAIL = bool(ENVIRONMENT.mail_url)
EMAIL_BACKEND = MAIL_SETTINGS.backend
EMAIL_HOST = MAIL_SETTINGS.host
EMAIL_PORT = MAIL_SETTINGS.port
EMAIL_HOST_USER = MAIL_SETTINGS.user
EMAIL_HOST_PASSWORD = MAIL_SETTINGS.password
EMAIL_USE_TLS = MAIL_SETTINGS.tls
EMAIL_USE_SSL = MAIL_SETTINGS.ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or MAIL_SETTINGS.user or "gongkai@localhost"
SITE_URL = (
    ENVIRONMENT.site_url
    or f"{'https' if ENVIRONMENT.https else 'http'}://{next(iter(ENVIRONMENT.hosts), 'localhost')}"
)

IMPRINT = ENVIRONMENT.imprint

# What is served as files before anything else is asked: written by jobs, read by everybody.
PUBLIC = DATA / "public"

# Security. Scripts and styles come from this site only, none inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        # No script may turn text into markup or code: there is no policy that would make it.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes browsers refuse the cookie from another host of the domain, or without HTTPS.
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.https else "csrf"
# The room of people ends a session: after a while without a request, and at the latest after this.
SIGN_IN = ENVIRONMENT.sign_in
PROVIDER = ENVIRONMENT.provider
SESSION_COOKIE_AGE = SIGN_IN.session_hours * 3_600
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie

# What one request may bring. Files beyond a form's memory lie in the data folder while they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOADS = DATA / "uploads"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "gongkai.project.masked_log.MaskPersonalData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["masked"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
