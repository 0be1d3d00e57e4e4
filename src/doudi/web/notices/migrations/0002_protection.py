"""Rows are seen and written within the scope only; everybody sees what may be shown, while it may be shown."""

from django.db import migrations

from doudi.web.notices.rows import protections


class Migration(migrations.Migration):
    """Row-level security, and the functions by which the public page reads."""

    dependencies = [("notices", "0001_initial")]
    operations = protections()
