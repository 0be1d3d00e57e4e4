"""Proofs of monitoring on a county that does not exist."""
# fmt: off

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('warnings', '0003_survey'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('taken_in_at', models.DateTimeField(auto_now=True, verbose_name='接收时间')),
                ('data', models.JSONField()),
            ],
        ),
    ]
