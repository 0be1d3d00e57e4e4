"""What the desks need: marks, frozen results that turn on a reading, entitlements, standing readings, escalations, views."""
# fmt: off

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_nation'),
        ('cases', '0002_protection'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('programme', models.CharField(db_collation='C', max_length=30, verbose_name='救助项目')),
                ('amount', models.BigIntegerField(verbose_name='金额')),
                ('persons', models.PositiveSmallIntegerField(default=0, verbose_name='保障人数')),
                ('since', models.DateField(verbose_name='起发月份')),
                ('until', models.DateField(null=True, verbose_name='停发月份')),
                ('once', models.BooleanField(default=False, verbose_name='一次性')),
            ],
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(db_collation='C', max_length=40, verbose_name='期限')),
                ('started', models.DateTimeField()),
                ('due', models.DateTimeField(verbose_name='届满')),
                ('bound', models.CharField(db_collation='C', max_length=30, verbose_name='由谁办理')),
                ('told', models.CharField(db_collation='C', max_length=30, verbose_name='告知')),
                ('at', models.DateTimeField(verbose_name='督办时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='办结时间')),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('query', models.CharField(db_collation='C', max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='StandingReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='统一口径编号')),
                ('question', models.TextField(verbose_name='议题')),
                ('settles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None, verbose_name='解决的事项')),
                ('chosen', models.TextField(verbose_name='采用的理解')),
                ('minutes', models.CharField(max_length=60, verbose_name='会议纪要编号')),
                ('recorded_on', models.DateField(verbose_name='记录日期')),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='marks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='风险标记'),
        ),
        migrations.AddField(
            model_name='frozen',
            name='counted',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='保障人数'),
        ),
        migrations.AddField(
            model_name='frozen',
            name='turns_on',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None),
        ),
        migrations.AlterField(
            model_name='case',
            name='household',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='registry.household', verbose_name='家庭'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['region', '-id'], name='cases_case_newest'),
        ),
        migrations.AddIndex(
            model_name='frozen',
            index=django.contrib.postgres.indexes.GinIndex(fields=['turns_on'], name='cases_frozen_turns_on'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='cases.case'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='registry.household', verbose_name='家庭'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='cases.step'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='cases.case'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standingreading',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reading', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(fields=['household', '-since'], name='cases_entitlement_household'),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(fields=['region', 'since', 'id'], name='cases_entitlement_month'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entitlements_are_sums'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.UniqueConstraint(fields=('step', 'since'), name='one_entitlement_by_step'),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['told', 'region', '-at'], name='cases_escalation_told'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('case', 'clock', 'started'), name='escalated_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='one_view_by_name'),
        ),
        migrations.AddIndex(
            model_name='standingreading',
            index=models.Index(fields=['county', '-recorded_on'], name='cases_reading_county'),
        ),
    ]
