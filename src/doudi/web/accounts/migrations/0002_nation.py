"""The nation, above every other division."""

from django.db import migrations


class Migration(migrations.Migration):
    """One row that all chains of divisions end in."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO accounts_region (code, name, name_en, level, valid_from, source)"
            " VALUES ('000000000000', '全国', 'China', 'nation', '1949-10-01', 'GB/T 2260')",
            "DELETE FROM accounts_region WHERE code = '000000000000'",
        )
    ]
