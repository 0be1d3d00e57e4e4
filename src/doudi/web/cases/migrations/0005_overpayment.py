"""What was paid too much after a death."""
# fmt: off

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_office'),
        ('cases', '0004_desk_protection'),
        ('registry', '0004_references'),
    ]

    operations = [
        migrations.CreateModel(
            name='Overpayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(db_collation='C', max_length=6)),
                ('died_on', models.DateField(verbose_name='死亡日期')),
                ('since', models.DateField(verbose_name='多发起始月份')),
                ('way', models.CharField(choices=[('open', '待决定'), ('nothing', '没有多发'), ('netted', '逐月抵扣'), ('ordered', '责令退回'), ('settled', '已退回')], default='open', max_length=10, verbose_name='处理')),
                ('amount', models.BigIntegerField(null=True, verbose_name='多发金额')),
                ('recovered', models.BigIntegerField(default=0, verbose_name='已退回')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='cases.case')),
                ('decided_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='registry.household', verbose_name='家庭')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='区划')),
            ],
            options={
                'indexes': [models.Index(fields=['way', 'region', 'id'], name='cases_overpayment_way')],
                'constraints': [models.UniqueConstraint(fields=('household', 'since'), name='one_overpayment_by_month_of_death'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='overpayments_are_sums')],
            },
        ),
    ]
