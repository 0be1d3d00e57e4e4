"""Imports are seen in the office that brought them and in those above it."""

from django.db import migrations

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):
    """Row-level security on every table of the imports."""

    dependencies = [("imports", "0001_initial")]
    operations = [protect_rows(f"imports_{name}") for name in ("batch", "chunk", "home", "member")]
