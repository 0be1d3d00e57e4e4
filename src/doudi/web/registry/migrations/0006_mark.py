"""Marks of persons who were listed in another register, seen within the scope only."""
# fmt: off

import django.db.models.deletion
from django.db import migrations, models

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_office'),
        ('registry', '0005_earlier_number'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(db_collation='C', max_length=20, verbose_name='监测类别')),
                ('risk', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='风险')),
                ('labelled_on', models.DateField(null=True, verbose_name='识别日期')),
                ('kind', models.CharField(choices=[('mark', '保留标识'), ('watch', '退出后跟踪')], default='mark', max_length=10)),
                ('marked_on', models.DateField(verbose_name='标识日期')),
                ('until', models.DateField(null=True, verbose_name='跟踪至')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='registry.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='registry.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [models.Index(fields=['household', 'kind', 'until'], name='registry_mark_household')],
                'constraints': [models.UniqueConstraint(fields=('person', 'marked_on'), name='one_mark_a_day')],
            },
        ),
        protect_rows('registry_mark'),
    ]
