SECRET_KEY = "only for tests"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "customers",
    "orders",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db.example.invalid",
        "NAME": "shop",
        "USER": "shop",
        "PASSWORD": "secret",
        "OPTIONS": {"sslmode": "verify-full"},
    }
}
