"""Two registers that were uploaded, and their files, seen within the scope only."""
# fmt: off

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from doudi.web.scoped import protect_rows


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_office'),
        ('convergence', '0002_protection'),
        ('jobs', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listed_name', models.CharField(max_length=120, verbose_name='防返贫监测名单')),
                ('base_name', models.CharField(max_length=120, verbose_name='低收入人口库')),
                ('day', models.DateField(verbose_name='并轨日期')),
                ('period', models.CharField(blank=True, max_length=20, verbose_name='期别')),
                ('since', models.DateField(verbose_name='调查开始')),
                ('until', models.DateField(verbose_name='调查结束')),
                ('state', models.CharField(choices=[('checking', '检查中'), ('refused', '文件读不了'), ('checked', '待并轨'), ('making', '并轨中'), ('failed', '未成'), ('made', '已并轨')], default='checking', max_length=10, verbose_name='状态')),
                ('reports', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('erased_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('convergence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='convergence.convergence')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['region', '-id'], name='convergence_pair_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(db_collation='C', max_length=12)),
                ('place', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='convergence.pair')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('pair', 'file', 'place'), name='one_piece_by_place'),
                ],
            },
        ),
        protect_rows('convergence_pair'),
        protect_rows('convergence_piece'),
    ]
