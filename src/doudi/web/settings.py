"""The settings of the web application, all told by the environment (see ``docs/web.md``).

``DOUDI_MODE`` is ``production`` unless it says ``demo`` or ``test``; what is safe only in a demonstration is refused in
production.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from doudi.web.database import as_django, urls
from doudi.web.environment import Environment
from doudi.web.logs import logging_settings

_environment = Environment()
MODE = _environment.mode
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False
SECRET_KEY = _environment.secret_key()
SECRET_KEY_FALLBACKS = _environment.old_secret_keys()
DATA_KEYS = _environment.data_keys()
ALLOWED_HOSTS = _environment.hosts()
PUBLIC_ADDRESS = _environment.address(ALLOWED_HOSTS)
SECOND_FACTOR = _environment.second_factor()
PASSWORD_POLICY = _environment.password_policy()
IDLE_MINUTES = _environment.number("DOUDI_IDLE_MINUTES", 20, 1, 60)
SESSION_HOURS = _environment.number("DOUDI_SESSION_HOURS", 10, 1, 24)
_https = _environment.flag("DOUDI_HTTPS", PRODUCTION)
_environment.finish()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "doudi.web.accounts",
    "doudi.web.audit",
    "doudi.web.registry",
    "doudi.web.cases",
    "doudi.web.chain",
    "doudi.web.jobs",
    "doudi.web.imports",
    "doudi.web.notices",
    "doudi.web.applications",
    "doudi.web.means",
    "doudi.web.paying",
    "doudi.web.warnings",
    "doudi.web.policies",
    "doudi.web.selfcheck",
    "doudi.web.convergence",
    "doudi.web.simulation",
    "doudi.web.site",
    "django.forms",
]
if DEMO:
    INSTALLED_APPS.append("doudi.web.demonstration")
FORM_RENDERER = "doudi.web.site.forms.Renderer"
MIDDLEWARE = [
    "doudi.web.site.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "doudi.web.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "doudi.web.accounts.middleware.GateMiddleware",
    "doudi.web.site.middleware.PaperMiddleware",
]
ROOT_URLCONF = "doudi.web.urls"
WSGI_APPLICATION = "doudi.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "doudi.web.site.context.page",
            ],
            "builtins": ["doudi.web.site.templatetags.doudi"],
        },
    }
]

_urls = urls()
DATABASES = {
    "default": {**as_django(_urls.application), "ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 600},
    "owner": as_django(_urls.owner, "DATABASE_OWNER_URL"),
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASE_ROUTERS = ["doudi.web.database.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "accounts:log_in"
LOGIN_REDIRECT_URL = "site:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"doudi.web.accounts.passwords.{validator}"} for validator in PASSWORD_POLICY.validators
] + [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "organisation")},
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_COOKIE_NAME = "doudi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

STATIC_URL = "/static/"
EVIDENCE = _environment.evidence()
STATIC_ROOT = _environment.static_root()
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "doudi.web.site.finders.SharedFilesFinder",
]
# Not imported: a report brings all that computes with it, which most commands do not need.
_REPORT = Path(__file__).parents[1] / "assessment" / "report"
SHARED_STATIC_FILES = {
    f"vendor/echarts/{name}": _REPORT / name for name in ("echarts.common.min.js", "LICENSE-echarts")
} | {"simulation/simulation.js": Path(__file__).parents[1] / "simulation" / "page" / "simulation.js"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = MODE == "test"
WHITENOISE_AUTOREFRESH = MODE == "test"

_prefix = "__Host-" if _https else ""
SESSION_COOKIE_NAME = f"{_prefix}doudi_session"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_prefix}doudi_csrf"
CSRF_FAILURE_VIEW = "doudi.web.site.errors.csrf_failure"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
if _environment.flag("DOUDI_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXY = True
else:
    TRUSTED_PROXY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "doudi.web.imports.uploading.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Papers that people upload (at most 10 MB) are sealed before they touch a disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LOGGING = logging_settings(_environment.log_level())
LOGGING_CONFIG = "logging.config.dictConfig"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["doudi.web.jobs.queue"]
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 6 * 3600}
SILENCED_SYSTEM_CHECKS: list[str] = []
