"""Imports, their files and rows."""
# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_nation'),
        ('jobs', '0002_protection'),
        ('registry', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('content', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('checking', '检查中'), ('refused', '文件读不了'), ('checked', '待复核'), ('merging', '并入中'), ('merged', '已并入'), ('discarded', '已放弃'), ('reversing', '撤销中'), ('reversed', '已撤销')], default='checking', max_length=10, verbose_name='状态')),
                ('counts', models.JSONField(default=dict)),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('fault_en', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='复核时间')),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='复核意见')),
                ('reversed_why', models.CharField(blank=True, max_length=500, verbose_name='撤销理由')),
                ('erased_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('reversed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', '-id'], name='imports_batch_place'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('by')), _negated=True), _connector='OR'), name='nobody_reviews_his_own_import'),
                ],
                'verbose_name': '批量导入',
            },
        ),
        migrations.CreateModel(
            name='Chunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('uploaded', '上传的文件'), ('returned', '退回的文件')], max_length=10)),
                ('place', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chunks', to='imports.batch')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('batch', 'kind', 'place'), name='one_chunk_by_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Home',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('key', models.CharField(db_collation='C', max_length=60, verbose_name='家庭编号')),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('sealed', models.BinaryField()),
                ('village_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('state', models.CharField(choices=[('read', '已读入'), ('new', '新增'), ('same', '无变化'), ('changed', '有变化'), ('error', '有错误'), ('decide', '疑似重复'), ('merged', '已并入'), ('left', '未并入'), ('reversed', '已撤销'), ('kept', '未撤销')], default='read', max_length=10)),
                ('version', models.PositiveIntegerField(null=True)),
                ('decision', models.CharField(blank=True, choices=[('join', '是同一人，归入本户'), ('other', '不是同一人，按新增'), ('leave', '不导入这一户')], max_length=10)),
                ('before', models.BinaryField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.batch')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['batch', 'state', 'id'], name='imports_home_state'),
                    models.Index(fields=['batch', 'key'], name='imports_home_key'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('batch', 'place'), name='one_home_by_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('key', models.CharField(db_collation='C', max_length=60, verbose_name='家庭编号')),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('sealed', models.BinaryField()),
                ('name_key', models.CharField(blank=True, db_collation='C', max_length=50)),
                ('initials', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('initials_2', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('born', models.DateField(null=True)),
                ('relation', models.CharField(blank=True, max_length=20)),
                ('id_index', models.BinaryField(max_length=16, null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.batch')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='imports.home')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person')),
                ('possible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['batch', 'key'], name='imports_member_key'),
                    models.Index(fields=['home'], name='imports_member_home'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('batch', 'place'), name='one_member_by_place'),
                ],
            },
        ),
    ]
