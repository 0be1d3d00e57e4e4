"""The office that acts is kept once, among the offices to which people turn."""

from django.db import migrations, models

MOVED = """
INSERT INTO applications_office (region_id, name, phone, address, hours)
SELECT region_id, name, telephone, address, '' FROM notices_authority WHERE kind = 'office'
ON CONFLICT (region_id) DO NOTHING;
DELETE FROM notices_authority WHERE kind = 'office'"""
BACK = """
INSERT INTO notices_authority (region_id, kind, name, address, telephone)
SELECT region_id, 'office', name, address, phone FROM applications_office ON CONFLICT (region_id, kind) DO NOTHING"""


class Migration(migrations.Migration):
    """Offices out of the public bodies that documents name."""

    dependencies = [("notices", "0002_protection"), ("applications", "0001_initial")]
    operations = [
        migrations.RunSQL(MOVED, BACK, elidable=True),
        migrations.AlterField(
            "authority",
            "kind",
            models.CharField(
                "类别", max_length=20, choices=[("reconsideration", "行政复议机关"), ("court", "人民法院")]
            ),
        ),
    ]
