"""References of the tables that are loaded by the million are no constraints checked row by row any more."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_nation'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='benefit',
            name='household',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='registry.household'),
        ),
        migrations.AlterField(
            model_name='benefit',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='registry.person'),
        ),
        migrations.AlterField(
            model_name='benefit',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AlterField(
            model_name='household',
            name='head',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person', verbose_name='户主'),
        ),
        migrations.AlterField(
            model_name='household',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='household',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='registry.household'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='registry.person'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AlterField(
            model_name='person',
            name='household',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='registry.household'),
        ),
        migrations.AlterField(
            model_name='person',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AlterField(
            model_name='sheet',
            name='household',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='registry.household'),
        ),
        migrations.AlterField(
            model_name='sheet',
            name='load',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.load'),
        ),
        migrations.AlterField(
            model_name='sheet',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='registry.person'),
        ),
        migrations.AlterField(
            model_name='sheet',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AlterField(
            model_name='tag',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='tag',
            name='household',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='registry.household'),
        ),
        migrations.AlterField(
            model_name='tag',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['number'], name='registry_household_number'),
        ),
    ]
