"""Rolls are seen and written within the scope only; a locked one keeps its lines."""

from django.db import migrations

from doudi.web.paying.rows import protections


class Migration(migrations.Migration):
    """Row-level security and locked lines."""

    dependencies = [("paying", "0001_initial")]
    operations = protections()
