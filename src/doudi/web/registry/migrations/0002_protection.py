"""Rows are seen and written within the scope only; a resident sees his own household and who looked at it."""

from django.db import migrations

from doudi.web.registry.rows import WHO_LOOKED, protections


class Migration(migrations.Migration):
    """Row-level security on every table of the registry."""

    dependencies = [("registry", "0001_initial"), ("audit", "0002_append_only")]
    operations = [*protections(), WHO_LOOKED]
