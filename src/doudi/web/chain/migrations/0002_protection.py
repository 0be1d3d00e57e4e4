"""Rows are seen by the staff of their region, by the office to which they were sent, and by the household."""

from django.db import migrations

from doudi.web.chain.rows import protections


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [("chain", "0001_initial"), ("cases", "0002_protection"), ("accounts", "0003_office")]
    operations = protections()
