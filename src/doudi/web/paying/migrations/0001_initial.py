"""Monthly rolls and their lines."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_office"),
        ("cases", "0004_desk_protection"),
        ("registry", "0005_earlier_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Roll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("county", models.CharField(db_collation="C", max_length=6)),
                ("month", models.DateField(verbose_name="月份")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "待核对"), ("locked", "已锁定"), ("paid", "已发放")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="编制时间")),
                ("locked_at", models.DateTimeField(null=True, verbose_name="锁定时间")),
                ("digest", models.CharField(blank=True, db_collation="C", max_length=64)),
                ("paid_on", models.DateField(null=True, verbose_name="发放日期")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="银行批次号")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="锁定人",
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记发放人",
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
                "constraints": [
                    models.UniqueConstraint(fields=("county", "month"), name="one_roll_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("locked_by__isnull", True),
                            models.Q(("locked_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_locks_his_own_roll",
                    ),
                ],
                "verbose_name": "发放名册",
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme", models.CharField(db_collation="C", max_length=30, verbose_name="救助项目")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("before", models.BigIntegerField(null=True, verbose_name="上月")),
                (
                    "difference",
                    models.CharField(
                        choices=[
                            ("same", "与上月相同"),
                            ("begun", "新增"),
                            ("raised", "增发"),
                            ("lowered", "减发"),
                            ("stopped", "停发"),
                            ("once", "一次性"),
                            ("first", "没有上月名册"),
                        ],
                        max_length=10,
                        verbose_name="比上月",
                    ),
                ),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("died", "有成员已去世"),
                                ("left", "有成员已迁出"),
                                ("ended", "家庭已销户"),
                                ("no_account", "没有银行账号"),
                                ("shared_account", "账号与另一户相同"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("pays", models.BooleanField(null=True, verbose_name="发放")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.entitlement"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.household"
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
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="paying.roll"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["roll", "difference", "id"], name="paying_line_difference"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("roll", "entitlement"), name="one_line_by_entitlement"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="lines_are_sums"),
                ],
                "verbose_name": "名册行",
            },
        ),
    ]
