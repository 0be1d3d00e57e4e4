"""Overpayments are seen and written within the scope only; a resident sees the own ones."""

from django.db import migrations

from doudi.web.cases.rows import overpayment_protections


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [("cases", "0005_overpayment")]
    operations = overpayment_protections()
