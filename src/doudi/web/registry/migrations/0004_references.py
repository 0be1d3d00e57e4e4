"""The same references, held a whole statement at a time.

Sealed sheets, which nothing can compress, are stored as they are. Every load writes into every household; where a page has
room for the new row, no index is touched.
"""

from django.db import migrations

from doudi.web.registry.references import protections


class Migration(migrations.Migration):
    """What tables of a million rows need."""

    dependencies = [("registry", "0003_bulk"), ("accounts", "0002_nation")]
    operations = [
        *protections(),
        migrations.RunSQL(
            "ALTER TABLE registry_sheet ALTER sealed SET STORAGE EXTERNAL",
            "ALTER TABLE registry_sheet ALTER sealed SET STORAGE EXTENDED",
        ),
        migrations.RunSQL(
            "ALTER TABLE registry_household SET (fillfactor = 60)",
            "ALTER TABLE registry_household RESET (fillfactor)",
        ),
    ]
