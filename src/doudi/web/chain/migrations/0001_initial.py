"""Referrals and what offices gave."""
# fmt: off

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_office'),
        ('cases', '0002_protection'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(db_collation='C', max_length=30, verbose_name='部门或者组织')),
                ('programmes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='办理事项')),
                ('sealed', models.BinaryField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='referral', to='cases.case')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='cases.case')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['office', 'region'], name='chain_referral_office'),
                    models.Index(fields=['chain', 'id'], name='chain_referral_chain'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(db_collation='C', max_length=40, verbose_name='救助项目')),
                ('amount', models.BigIntegerField(verbose_name='金额')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='chain.referral')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('referral', 'programme'), name='one_grant_by_programme'),
                    models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='grants_are_paid_out'),
                ],
            },
        ),
    ]
