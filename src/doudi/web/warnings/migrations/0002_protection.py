"""Rows are seen and written within the scope only; photos and remarks are only added."""

from django.db import migrations

from doudi.web.warnings.rows import protections


class Migration(migrations.Migration):
    """Row-level security and append-only tables."""

    dependencies = [("warnings", "0001_initial"), ("cases", "0002_protection")]
    operations = protections()
