"""An authorisation may leave out sources of the means check."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """The sources that are not to be asked; those signed before leave out none."""

    dependencies = [("applications", "0002_protection")]

    operations = [
        migrations.AddField(
            model_name="authorisation",
            name="refused",
            field=ArrayField(
                base_field=models.CharField(max_length=40),
                default=list,
                size=None,
                verbose_name="不得查询的来源",
            ),
        ),
    ]
