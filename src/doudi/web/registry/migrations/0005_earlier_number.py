"""The number that somebody had before a build told of the person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_references"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="earlier_number",
            field=models.CharField(db_collation="C", db_default="", default="", max_length=40),
        ),
    ]
