"""The database refuses changes, seals every entry, and shows entries only to those who may see them."""

from django.db import migrations

from doudi.web.audit.schema import FORWARD


class Migration(migrations.Migration):
    """No way back: an audit trail is not loosened."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(statements) for statements in FORWARD]
