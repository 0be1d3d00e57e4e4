"""The merged survey and its households, seen within the scope only."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_office'),
        ('registry', '0006_mark'),
        ('warnings', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='自')),
                ('until', models.DateField(verbose_name='至')),
                ('before', models.PositiveIntegerField(null=True)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='survey_in_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SurveyHome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=60)),
                ('order', models.PositiveSmallIntegerField(verbose_name='走访次序')),
                ('in_list', models.BooleanField(verbose_name='在防返贫监测名单')),
                ('in_base', models.BooleanField(verbose_name='在低收入人口库')),
                ('sealed', models.BinaryField()),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_homes', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='homes', to='warnings.survey')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='warnings.visit')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['survey', 'region', 'order', 'id'], name='warnings_survey_place'),
                    models.Index(fields=['household', 'survey'], name='warnings_survey_household'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('survey', 'key'), name='one_home_a_survey'),
                ],
            },
        ),
        protect_rows('warnings_surveyhome'),
    ]
