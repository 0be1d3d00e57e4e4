"""Warnings, visits and what belongs to them."""
# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_office'),
        ('cases', '0002_protection'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True)),
                ('warnings', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('visited_at', models.DateTimeField(verbose_name='走访时间')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='收到时间')),
                ('at_home', models.BooleanField(default=True, verbose_name='在家')),
                ('seen', models.BigIntegerField(default=0)),
                ('settled_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conflicts_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='warnings.visit')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', '-id'], name='warnings_visit_household'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='拍摄时间')),
                ('about', models.BinaryField(null=True)),
                ('sealed', models.BinaryField()),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='warnings.visit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Warning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('indicator', models.CharField(db_collation='C', max_length=60, verbose_name='指标')),
                ('subject', models.CharField(db_collation='C', max_length=10)),
                ('subject_number', models.CharField(db_collation='C', max_length=40)),
                ('level', models.CharField(db_collation='C', max_length=10, verbose_name='级别')),
                ('state', models.CharField(choices=[('raised', '新增'), ('again', '仍在'), ('worsened', '加重'), ('stands', '保持'), ('unjudged', '待判'), ('gone', '消失')], max_length=10, verbose_name='状态')),
                ('raised_on', models.DateField(verbose_name='预警日期')),
                ('held_on', models.DateField(verbose_name='最近一次')),
                ('nights', models.PositiveIntegerField(default=1)),
                ('spells', models.PositiveIntegerField(default=1)),
                ('gone_on', models.DateField(null=True)),
                ('held_back_until', models.DateField(null=True, verbose_name='暂不提示至')),
                ('sealed', models.BinaryField()),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='warning', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='warnings', to='registry.household')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='warnings', to='registry.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', '-raised_on'], name='warnings_household'),
                    models.Index(fields=['indicator', 'region', 'id'], name='warnings_indicator'),
                    models.Index(fields=['region', 'level', 'id'], name='warnings_place'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('county', 'indicator', 'subject', 'subject_number'), name='one_warning_over_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(db_collation='C', max_length=60, verbose_name='指标')),
                ('level', models.CharField(db_collation='C', max_length=10, verbose_name='级别')),
                ('raised_at', models.DateTimeField(verbose_name='预警时间')),
                ('dispatched_at', models.DateTimeField(null=True, verbose_name='交办时间')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='核查时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('result', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='处置结果')),
                ('useful', models.BooleanField(null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='round', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='warnings.visit')),
                ('warning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='warnings.warning')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', 'raised_at'], name='warnings_round_raised'),
                    models.Index(fields=['indicator', 'closed_at'], name='warnings_round_indicator'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('token', models.UUIDField(unique=True)),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('warning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='warnings.warning')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['warning', 'id'], name='warnings_remark_warning'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='会议日期')),
                ('decision', models.CharField(choices=[('answer_stands', '核查结果成立'), ('look_again', '重新核查'), ('help_first', '先行救助'), ('hold_back', '暂不提示')], max_length=20, verbose_name='决定')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('token', models.UUIDField(unique=True)),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('warning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='warnings.warning')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True)),
                ('reason', models.CharField(choices=[('illness', '重大疾病'), ('accident', '意外事故'), ('disaster', '火灾或者自然灾害'), ('death', '主要劳动力去世'), ('no_work', '失业或者收入骤减'), ('no_care', '老人、残疾人无人照料'), ('child', '儿童无人抚养或者失学'), ('hunger', '断粮、断药、住房危险')], max_length=20, verbose_name='情形')),
                ('reporter', models.CharField(choices=[('helper', '协理员、网格员'), ('adviser', '救助顾问'), ('mandatory', '学校、医院等强制报告人'), ('neighbour', '邻居、群众'), ('household', '本人或者家人')], max_length=20, verbose_name='报告人')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
                ('sound', models.CharField(db_collation='C', max_length=60)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='上报时间')),
                ('told_at', models.DateTimeField(null=True, verbose_name='告知结果时间')),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='warnings.lead')),
                ('warning', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='warnings.warning')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', 'sound'], name='warnings_lead_sound'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='自')),
                ('until', models.DateField(blank=True, null=True, verbose_name='至')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('region', 'user'), name='one_duty_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(db_collation='C', max_length=60, verbose_name='指标')),
                ('subject_number', models.CharField(db_collation='C', max_length=40)),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('until', models.DateField(verbose_name='暂不提示至')),
                ('decided_at', models.DateTimeField(auto_now_add=True, verbose_name='决定时间')),
                ('lifted_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'until'], name='warnings_hold_until')],
            },
        ),
        migrations.CreateModel(
            name='Night',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='监测日期')),
                ('content', models.CharField(db_collation='C', max_length=64)),
                ('taken_in_at', models.DateTimeField(auto_now_add=True, verbose_name='接收时间')),
                ('counts', models.JSONField(default=dict)),
                ('not_judged', models.JSONField(default=list)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'day'), name='one_night_a_day')],
            },
        ),
    ]
