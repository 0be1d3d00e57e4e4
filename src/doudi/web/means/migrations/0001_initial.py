"""Reports of means checks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_office"),
        ("cases", "0004_desk_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        db_collation="C", max_length=40, unique=True, verbose_name="核对报告编号"
                    ),
                ),
                ("made_on", models.DateField(verbose_name="核对日期")),
                ("valid_until", models.DateField(null=True, verbose_name="有效期至")),
                ("conclusion", models.CharField(db_collation="C", max_length=20, verbose_name="结论")),
                ("digest", models.CharField(db_collation="C", max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("sealed", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="cases.case"
                    ),
                ),
                (
                    "earlier",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="means.check",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                        verbose_name="区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对报告",
                "indexes": [models.Index(fields=["case", "-id"], name="means_check_case")],
            },
        ),
    ]
