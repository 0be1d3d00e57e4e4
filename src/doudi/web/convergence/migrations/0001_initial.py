"""Convergences, the persons placed by them, and the opinions of the levels."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_office'),
        ('cases', '0004_desk_protection'),
        ('registry', '0006_mark'),
        ('warnings', '0003_survey'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('level', models.CharField(choices=[('village', '村级'), ('township', '乡级'), ('county', '县级')], max_length=10, verbose_name='级别')),
                ('word', models.CharField(choices=[('agree', '同意'), ('change', '改为'), ('return', '退回')], max_length=10, verbose_name='意见')),
                ('place', models.CharField(blank=True, db_collation='C', max_length=10)),
                ('tier', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(db_collation='C', max_length=60)),
                ('label', models.CharField(db_collation='C', max_length=20, verbose_name='监测类别')),
                ('risk', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='风险')),
                ('labelled_on', models.DateField(null=True, verbose_name='识别日期')),
                ('place', models.CharField(db_collation='C', max_length=10, verbose_name='拟归类')),
                ('tier', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='救助类别')),
                ('reason', models.CharField(db_collation='C', max_length=20, verbose_name='理由')),
                ('state', models.CharField(choices=[('settled', '已在库，不需审核'), ('proposed', '待村级评议'), ('village', '待乡级审核'), ('township', '待县级决定'), ('decided', '已决定'), ('returned', '退回村级')], db_collation='C', max_length=10, verbose_name='审核')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('wanted_place', models.CharField(db_collation='C', max_length=10)),
                ('wanted_tier', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Convergence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='并轨日期')),
                ('period', models.CharField(blank=True, max_length=20, verbose_name='期别')),
                ('content', models.CharField(db_collation='C', max_length=64)),
                ('rows', models.JSONField(default=dict)),
                ('watch_until', models.DateField(null=True, verbose_name='跟踪至')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='接收时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region')),
            ],
        ),
        migrations.AddField(
            model_name='convergence',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='warnings.survey'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinion',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AddField(
            model_name='placement',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='cases.case'),
        ),
        migrations.AddField(
            model_name='placement',
            name='convergence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='convergence.convergence'),
        ),
        migrations.AddField(
            model_name='placement',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='placement',
            name='household',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='registry.household'),
        ),
        migrations.AddField(
            model_name='placement',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='registry.person'),
        ),
        migrations.AddField(
            model_name='placement',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='placement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='convergence.placement'),
        ),
        migrations.AddConstraint(
            model_name='convergence',
            constraint=models.UniqueConstraint(fields=('region', 'content'), name='one_convergence_by_content'),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['convergence', 'state', 'region', 'id'], name='convergence_state'),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['convergence', 'place', 'region', 'id'], name='convergence_place'),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['household'], name='convergence_household'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('convergence', 'row'), name='one_placement_a_row'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('placement', 'round', 'level'), name='a_level_speaks_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('placement', 'round', 'by'), name='nobody_speaks_at_two_levels'),
        ),
    ]
