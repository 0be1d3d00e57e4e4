"""Cases, their steps, documents and determinations."""
# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_nation'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('number', models.CharField(db_collation='C', max_length=40, unique=True, verbose_name='办件编号')),
                ('kind', models.CharField(db_collation='C', max_length=30, verbose_name='事项')),
                ('accounts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('opened_at', models.DateTimeField(verbose_name='建立时间')),
                ('steps', models.PositiveIntegerField(default=0)),
                ('stage', models.CharField(db_collation='C', max_length=30, verbose_name='阶段')),
                ('owner', models.CharField(db_collation='C', max_length=30, verbose_name='由谁办理')),
                ('source', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='来源')),
                ('programme', models.CharField(blank=True, db_collation='C', max_length=30, verbose_name='救助项目')),
                ('opinion', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='意见')),
                ('amount', models.BigIntegerField(null=True, verbose_name='金额')),
                ('moved_at', models.DateTimeField(verbose_name='最近办理')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('due', models.DateTimeField(null=True, verbose_name='期限')),
                ('due_clock', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('bound', models.CharField(blank=True, db_collation='C', max_length=30)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='registry.household', verbose_name='家庭')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', 'stage', 'due'], name='cases_case_stage'),
                    models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['owner', 'region', 'due'], name='cases_case_owner'),
                    models.Index(condition=models.Q(('due__isnull', False)), fields=['due', 'region'], name='cases_case_due'),
                    models.Index(fields=['household', '-opened_at'], name='cases_case_household'),
                ],
                'verbose_name': '办件',
            },
        ),
        migrations.CreateModel(
            name='Frozen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=40, unique=True, verbose_name='测算记录编号')),
                ('day', models.DateField(verbose_name='测算日期')),
                ('law', models.CharField(db_collation='C', max_length=64, verbose_name='法律版本')),
                ('tier', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='测算类别')),
                ('amount', models.BigIntegerField(null=True, verbose_name='测算月金额')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='determinations', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', '-id'], name='cases_frozen_case'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Kinship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(max_length=50, verbose_name='关系')),
                ('declared_at', models.DateTimeField(auto_now_add=True)),
                ('until', models.DateField(null=True)),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kin', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user', 'household'), name='kinship_declared_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(db_collation='C', max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('word', models.CharField(max_length=20)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'year', 'word'), name='one_series')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('step', models.CharField(db_collation='C', max_length=40, verbose_name='环节')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('role', models.CharField(db_collation='C', max_length=30, verbose_name='角色')),
                ('before', models.CharField(db_collation='C', max_length=30)),
                ('after', models.CharField(db_collation='C', max_length=30)),
                ('documents', models.JSONField(default=list)),
                ('plain', models.JSONField(default=dict)),
                ('sealed', models.BinaryField(null=True)),
                ('token', models.UUIDField(null=True, unique=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'number'), name='one_step_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=40, verbose_name='文书')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='文号')),
                ('code', models.CharField(db_collation='C', max_length=16, unique=True, verbose_name='验证码')),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='cases.step')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'id'], name='cases_paper_case'),
                ],
            },
        ),
    ]
