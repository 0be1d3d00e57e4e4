"""Rows are seen and written within the scope only; steps, documents and determinations are only added."""

from django.db import migrations

from doudi.web.cases.rows import protections


class Migration(migrations.Migration):
    """Row-level security and append-only tables."""

    dependencies = [("cases", "0001_initial"), ("registry", "0002_protection")]
    operations = protections()
