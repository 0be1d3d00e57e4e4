"""Accounts of departments and organisations name their office."""
# fmt: off

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_nation'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='office',
            field=models.CharField(blank=True, db_collation='C', help_text='部门人员和社会组织只看得到转给本部门、本组织的办件。', max_length=30, verbose_name='部门或者组织'),
        ),
    ]
