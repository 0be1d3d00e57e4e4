"""Entitlements and escalations are seen and written within the scope only; a resident sees the own entitlements."""

from django.db import migrations

from doudi.web.cases.rows import desk_protections


class Migration(migrations.Migration):
    """Row-level security."""

    dependencies = [("cases", "0003_desk")]
    operations = desk_protections()
