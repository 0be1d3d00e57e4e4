"""Simulations, and the households that would move, each seen within the scope only."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_office'),
        ('jobs', '0002_protection'),
        ('registry', '0007_own_household'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Simulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('day', models.DateField(verbose_name='法规日期')),
                ('settings', models.JSONField(default=dict)),
                ('changes', models.JSONField(default=list)),
                ('parameter', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('wanted', models.CharField(blank=True, max_length=12)),
                ('covered', models.CharField(db_collation='C', default='any', max_length=20)),
                ('line', models.BigIntegerField(null=True, verbose_name='贫困线')),
                ('state', models.CharField(choices=[('asked', '计算中'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='asked', max_length=10, verbose_name='状态')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('read', models.PositiveIntegerField(default=0)),
                ('aside', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('faults', models.JSONField(default=list)),
                ('erased_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'verbose_name': '政策仿真',
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(db_collation='C', max_length=10, verbose_name='变化')),
                ('tier_before', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='现行类别')),
                ('tier_after', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='改后类别')),
                ('monthly_before', models.BigIntegerField(null=True, verbose_name='现行月金额')),
                ('monthly_after', models.BigIntegerField(null=True, verbose_name='改后月金额')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('simulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='simulation.simulation')),
            ],
        ),
        migrations.AddIndex(
            model_name='simulation',
            index=models.Index(fields=['region', '-id'], name='simulation_place'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['simulation', 'move', 'region', 'id'], name='simulation_move_place'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['household'], name='simulation_move_household'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.UniqueConstraint(fields=('simulation', 'household'), name='a_household_moves_once'),
        ),
        protect_rows('simulation_simulation'),
        protect_rows('simulation_move'),
    ]
