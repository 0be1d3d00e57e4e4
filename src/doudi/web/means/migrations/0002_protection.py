"""Reports are seen and written within the scope only, and only added."""

from django.db import migrations

from doudi.web.means.rows import protections


class Migration(migrations.Migration):
    """Row-level security and an append-only table."""

    dependencies = [("means", "0001_initial"), ("cases", "0002_protection")]
    operations = protections()
