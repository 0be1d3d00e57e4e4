"""Households, persons, and what is known of them."""
# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_nation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('number', models.CharField(db_collation='C', max_length=40, verbose_name='家庭编号')),
                ('village', models.CharField(blank=True, max_length=120, verbose_name='村（社区）')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='住址')),
                ('area', models.CharField(blank=True, choices=[('urban', '城市'), ('rural', '农村')], max_length=10, verbose_name='城乡')),
                ('size', models.PositiveSmallIntegerField(default=0, verbose_name='人数')),
                ('tier', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='测算类别')),
                ('monthly', models.BigIntegerField(null=True, verbose_name='测算月金额')),
                ('held', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='在享救助')),
                ('conflicts', models.PositiveIntegerField(default=0, verbose_name='来源不一致')),
                ('data_day', models.DateField(null=True, verbose_name='数据更新日期')),
                ('ended_on', models.DateField(null=True, verbose_name='销户日期')),
                ('changed_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'verbose_name': '家庭',
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='数据日期')),
                ('content', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(auto_now_add=True, verbose_name='入库时间')),
                ('law_region', models.CharField(max_length=12)),
                ('sources', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', '-day'], name='registry_load_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000, verbose_name='备注')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', '-at'], name='registry_note_at'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('number', models.CharField(db_collation='C', max_length=40, verbose_name='人员编号')),
                ('name', models.CharField(blank=True, max_length=50, verbose_name='姓名')),
                ('name_key', models.CharField(blank=True, db_collation='C', max_length=50)),
                ('initials', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('initials_2', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('sex', models.CharField(blank=True, choices=[('male', '男'), ('female', '女')], max_length=6, verbose_name='性别')),
                ('born', models.DateField(null=True, verbose_name='出生日期')),
                ('id_sealed', models.BinaryField(null=True)),
                ('id_index', models.BinaryField(max_length=16, null=True)),
                ('id_tail', models.CharField(blank=True, db_collation='C', max_length=4)),
                ('phone_sealed', models.BinaryField(null=True)),
                ('account_sealed', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('present', '在册'), ('died', '去世'), ('left', '迁出'), ('unplaced', '未入户')], default='present', max_length=10, verbose_name='状态')),
                ('ended_on', models.DateField(null=True, verbose_name='去世或者迁出日期')),
                ('changed_on', models.DateField(null=True)),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='registry.household')),
                ('login', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['name_key', 'region', 'id'], name='registry_person_name'),
                    models.Index(fields=['initials', 'region', 'id'], name='registry_person_initials'),
                    models.Index(condition=models.Q(('initials_2', ''), _negated=True), fields=['initials_2', 'region', 'id'], name='registry_person_initials_2'),
                    models.Index(fields=['id_tail', 'region', 'id'], name='registry_person_tail'),
                    models.Index(fields=['id_index'], name='registry_person_id'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('county', 'number'), name='one_person_by_number'),
                ],
                'verbose_name': '人员',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(blank=True, max_length=20, verbose_name='与户主关系')),
                ('since', models.DateField(null=True, verbose_name='自')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('why', models.CharField(max_length=20, verbose_name='缘由')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='registry.person')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person',), name='one_household_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_in_order'),
                ],
            },
        ),
        migrations.AddField(
            model_name='household',
            name='head',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person', verbose_name='户主'),
        ),
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('programme', models.CharField(max_length=30, verbose_name='项目')),
                ('month', models.DateField(verbose_name='月份')),
                ('amount', models.BigIntegerField(verbose_name='金额')),
                ('source', models.CharField(db_collation='C', max_length=40, verbose_name='来源')),
                ('row', models.CharField(db_collation='C', max_length=80, verbose_name='来源行')),
                ('withdrawn_on', models.DateField(null=True)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='registry.household')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='registry.person')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', 'month'], name='registry_benefit_month'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('county', 'source', 'row', 'programme'), name='one_benefit_by_row'),
                    models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='benefits_are_paid_out'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('number', models.CharField(db_collation='C', max_length=40)),
                ('known_from', models.DateField()),
                ('superseded_on', models.DateField(null=True)),
                ('digest', models.BinaryField(max_length=16)),
                ('sealed', models.BinaryField()),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='registry.household')),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.load')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='registry.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['household', 'known_from'], name='registry_sheet_household'),
                    models.Index(fields=['person', 'known_from'], name='registry_sheet_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=30, verbose_name='标签')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('until__isnull', True)), fields=['code', 'region', 'household'], name='registry_tag_code'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('household', 'code'), name='one_tag_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('move', '迁移'), ('split', '分户'), ('merge', '合户'), ('death', '死亡'), ('head', '变更户主'), ('contact', '联系方式')], max_length=10, verbose_name='事项')),
                ('state', models.CharField(choices=[('waiting', '待审批'), ('approved', '已同意'), ('refused', '未同意'), ('withdrawn', '已撤回')], default='waiting', max_length=10, verbose_name='状态')),
                ('on', models.DateField(verbose_name='自')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('wanted', models.JSONField(default=dict)),
                ('sealed', models.BinaryField(null=True)),
                ('version', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='审批时间')),
                ('decision', models.CharField(blank=True, max_length=500, verbose_name='审批意见')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.household')),
            ],
            options={
                'indexes': [models.Index(fields=['household', '-asked_at'], name='registry_change_asked'), models.Index(fields=['state', 'region', 'id'], name='registry_change_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('state', 'withdrawn'), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_approves_his_own_change')],
            },
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['region', 'id'], name='registry_household_place'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['tier', 'region', 'id'], name='registry_household_tier'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.UniqueConstraint(fields=('county', 'number'), name='one_household_by_number'),
        ),
    ]
