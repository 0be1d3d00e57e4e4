"""Rows are seen and written within the scope only; opinions are only added to."""

from django.db import migrations

from doudi.web.convergence.rows import protections


class Migration(migrations.Migration):
    """Row-level security, and a table that is only added to."""

    dependencies = [("convergence", "0001_initial"), ("cases", "0002_protection")]
    operations = protections()
