"""Public notices, objections, pictures of notices, public bodies."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_nation'),
        ('cases', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=40, verbose_name='文书')),
                ('key', models.CharField(db_collation='C', max_length=22, unique=True)),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('members', models.PositiveSmallIntegerField(verbose_name='人数')),
                ('amount', models.BigIntegerField(verbose_name='金额')),
                ('is_once', models.BooleanField(default=False)),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='张贴地点')),
                ('posted_at', models.DateTimeField(verbose_name='公示开始')),
                ('last', models.DateField(verbose_name='公示至')),
                ('stopped_at', models.DateTimeField(null=True, verbose_name='中止时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='posting', to='cases.step')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', 'last'], name='notices_posting_place'),
                    models.Index(fields=['case', '-id'], name='notices_posting_case'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='notices_show_no_debt'),
                ],
                'verbose_name': '公示',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('at', models.DateTimeField(verbose_name='上传时间')),
                ('sealed', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='notices.posting')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('posting', 'digest'), name='a_picture_once'),
                ],
                'verbose_name': '张贴照片',
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=16, unique=True)),
                ('is_named', models.BooleanField(verbose_name='署名')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('sealed', models.BinaryField(null=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.paper')),
                ('receipt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.paper')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='cases.step')),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='notices.posting')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['posting', '-id'], name='notices_objection_posting'),
                ],
                'verbose_name': '异议',
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('office', '经办窗口'), ('reconsideration', '行政复议机关'), ('court', '人民法院')], max_length=20, verbose_name='类别')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('telephone', models.CharField(blank=True, max_length=30, verbose_name='电话')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'kind'), name='one_authority_of_a_kind')],
            },
        ),
    ]
