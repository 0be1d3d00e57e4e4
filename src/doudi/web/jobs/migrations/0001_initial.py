"""Background jobs and their items."""
# fmt: off

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
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=60, verbose_name='任务')),
                ('role', models.CharField(blank=True, max_length=30)),
                ('state', models.CharField(choices=[('waiting', '等待'), ('running', '进行中'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='waiting', max_length=10, verbose_name='状态')),
                ('params', models.JSONField(default=dict)),
                ('step', models.JSONField(default=dict)),
                ('total', models.PositiveIntegerField(null=True)),
                ('counts', models.JSONField(default=dict)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('stop', models.BooleanField(default=False)),
                ('fault', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('fault_en', models.CharField(blank=True, max_length=300)),
                ('once', models.CharField(blank=True, db_collation='C', max_length=80)),
                ('due', models.DateTimeField(null=True)),
                ('queued', models.BigIntegerField(null=True)),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('moved_at', models.DateTimeField(null=True, verbose_name='最近进展')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['state', '-id'], name='jobs_job_state'),
                    models.Index(fields=['by', '-id'], name='jobs_job_by'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running')), models.Q(('once', ''), _negated=True)), fields=('kind', 'once'), name='one_open_job_by_key'),
                    models.UniqueConstraint(fields=('kind', 'due'), name='one_job_by_moment'),
                ],
                'verbose_name': '后台任务',
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=60, verbose_name='编号')),
                ('state', models.CharField(choices=[('waiting', '未办'), ('done', '已办'), ('refused', '未办成'), ('failed', '出错')], default='waiting', max_length=10, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='jobs.job')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['job', 'state', 'id'], name='jobs_item_state'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('job', 'key'), name='one_item_by_key'),
                ],
            },
        ),
    ]
