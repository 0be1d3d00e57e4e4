"""Drafts, files, authorisations, reports, calls for help, cards, offices."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_nation'),
        ('cases', '0002_protection'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Office',
            fields=[
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='office', serialize=False, to='accounts.region', verbose_name='区划')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('phone', models.CharField(max_length=30, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('hours', models.CharField(blank=True, max_length=60, verbose_name='办公时间')),
            ],
            options={
                'verbose_name': '办事处',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=40, verbose_name='材料')),
                ('media', models.CharField(db_collation='C', max_length=20)),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('unclear', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('removed_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'verbose_name': '材料影像',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=30, verbose_name='事项')),
                ('source', models.CharField(db_collation='C', max_length=20, verbose_name='来源')),
                ('state', models.CharField(choices=[('writing', '填写中'), ('submitted', '已提交'), ('discarded', '已放弃'), ('expired', '已过期')], db_collation='C', default='writing', max_length=10, verbose_name='状态')),
                ('begun_at', models.DateTimeField(auto_now_add=True, verbose_name='开始填写')),
                ('saved_at', models.DateTimeField(auto_now_add=True, verbose_name='最近保存')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='提交时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['state', 'saved_at'], name='applications_draft_saved'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'writing')), fields=('household', 'kind'), name='one_draft_at_a_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('state', 'submitted')), models.Q(models.Q(('state', 'submitted'), _negated=True), ('case__isnull', True)), _connector='OR'), name='what_is_submitted_is_a_case'),
                ],
                'verbose_name': '申请草稿',
            },
        ),
        migrations.CreateModel(
            name='Authorisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('screen', '屏幕手写签名'), ('paper', '纸质授权书')], max_length=10, verbose_name='签署方式')),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('signed_at', models.DateTimeField(verbose_name='签署时间')),
                ('valid_until', models.DateField(verbose_name='有效期至')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='applications.attachment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='registry.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='registry.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='applications.draft')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', '-id'], name='applications_signed'),
                ],
                'verbose_name': '核对授权',
            },
        ),
        migrations.AddField(
            model_name='attachment',
            name='draft',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='applications.draft'),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(db_collation='C', max_length=20)),
                ('part', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('complete', models.BooleanField()),
                ('saved_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='applications.draft')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('draft', 'section', 'part', 'version'), name='one_answer_a_version'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=40, unique=True, verbose_name='编号')),
                ('need', models.CharField(choices=[('fire', '火灾、房屋倒塌'), ('illness', '突发重病、受伤'), ('food', '断粮、没有饭吃'), ('cold', '没有取暖、衣被'), ('shelter', '没有地方住'), ('alone', '老人、孩子、残疾人没人照料'), ('other', '其他急难')], max_length=10, verbose_name='急难')),
                ('state', models.CharField(choices=[('open', '待核实'), ('taken', '已转预警'), ('closed', '已办结')], default='open', max_length=10, verbose_name='状态')),
                ('who_index', models.BinaryField(max_length=16)),
                ('phone_index', models.BinaryField(max_length=16, null=True)),
                ('times', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('last_at', models.DateTimeField(verbose_name='最近一次')),
                ('closed_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('sealed', models.BinaryField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='cases.case')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['state', 'region', 'at'], name='applications_lead_state'),
                    models.Index(fields=['who_index'], name='applications_lead_who'),
                    models.Index(fields=['phone_index'], name='applications_lead_phone'),
                ],
                'verbose_name': '报困',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('income', '收入'), ('property', '财产'), ('address', '住址或者电话'), ('members', '人口（出生、结婚、迁入迁出）'), ('death', '成员去世'), ('hospital', '住院、大病'), ('other', '其他')], max_length=10, verbose_name='变化')),
                ('on', models.DateField(verbose_name='发生日期')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='报告时间')),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'verbose_name': '变更报告',
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=16, unique=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('household',), name='one_card_at_a_time')],
            },
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['draft'], name='applications_file_draft'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['case'], name='applications_file_case'),
        ),
    ]
