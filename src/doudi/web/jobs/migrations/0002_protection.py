"""Jobs are seen within their region, by whoever asked for them, and those of the system by the system administrator."""

from django.db import migrations

from doudi.web.scoped import protect_rows

_OWN = "by_id::text = current_setting('doudi.user', true)"
_SYSTEM = "by_id IS NULL AND current_setting('doudi.role', true) = 'system_administrator'"


class Migration(migrations.Migration):
    """Row-level security on both tables."""

    dependencies = [("jobs", "0001_initial")]
    operations = [protect_rows("jobs_job", also=f"{_OWN} OR {_SYSTEM}"), protect_rows("jobs_item")]
