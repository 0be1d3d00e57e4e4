"""Many warnings sent in one action, and when the village opened them."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_office'),
        ('warnings', '0004_proof'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='opened_at',
            field=models.DateTimeField(null=True, verbose_name='村里打开时间'),
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='交办时间')),
                ('wanted', models.JSONField(default=dict)),
                ('planned', models.PositiveIntegerField(verbose_name='交办条数')),
                ('kept', models.PositiveIntegerField(verbose_name='留下条数')),
                ('recalled_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', '-id'], name='warnings_sending_place'),
                ],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='sending',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='warnings.sending'),
        ),
        protect_rows('warnings_sending'),
    ]
