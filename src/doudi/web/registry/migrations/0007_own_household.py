"""The household of an account is found by an index, however many persons there are."""

from django.db import migrations

from doudi.web.registry.rows import OWN_HOUSEHOLD


class Migration(migrations.Migration):
    """The function that policies ask, as it is written now; it stays when this is taken back."""

    dependencies = [("registry", "0006_mark")]
    operations = [migrations.RunSQL(OWN_HOUSEHOLD.sql, migrations.RunSQL.noop)]
