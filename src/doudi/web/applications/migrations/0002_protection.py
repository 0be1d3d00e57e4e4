"""Rows are seen and written within the scope only, by residents those of the own household."""

from django.db import migrations

from doudi.web.applications.rows import protections


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [("applications", "0001_initial"), ("registry", "0002_protection")]
    operations = protections()
