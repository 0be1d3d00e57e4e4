"""Accounts, regions, sign-ins, second factors, lockouts."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        db_collation="C",
                        error_messages={"unique": "这个账号已经有了。"},
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9._-]{2,39}\\Z",
                                "账号用小写字母开头，3 至 40 个小写字母、数字或 . _ -。",
                            )
                        ],
                        verbose_name="账号",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("resident", "居民"),
                            ("village_assistant", "村级协理员"),
                            ("township_clerk", "乡镇经办人"),
                            ("township_head", "乡镇负责人"),
                            ("county_clerk", "县级经办人"),
                            ("county_head", "县级负责人"),
                            ("department", "部门人员"),
                            ("organisation", "社会组织"),
                            ("analyst", "分析员"),
                            ("system_administrator", "系统管理员"),
                            ("security_administrator", "安全管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=30,
                        verbose_name="角色",
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=100, verbose_name="单位")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="开户时间")),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="口令修改时间"),
                ),
            ],
            options={
                "verbose_name": "账号",
                "ordering": ("username",),
            },
        ),
        migrations.CreateModel(
            name="Lockout",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_failure_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed_secret", models.BinaryField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "last_step",
                    models.BigIntegerField(
                        default=0, help_text="The time step of the last code taken: none counts twice."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{12}\\Z", "区划代码是 12 位数字。")
                        ],
                        verbose_name="区划代码",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="英文名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nation", "全国"),
                            ("province", "省级"),
                            ("prefecture", "市级"),
                            ("county", "县级"),
                            ("township", "乡级"),
                            ("village", "村级"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="启用日期")),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="自这一天起不再有效。", null=True, verbose_name="停用日期"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="公布区划的文件或者网页。", max_length=200, verbose_name="来源"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.region",
                        verbose_name="上级",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="accounts.region",
                        verbose_name="并入",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="region_validity_in_order",
                    ),
                ],
                "verbose_name": "区划",
                "ordering": ("code",),
            },
        ),
        migrations.AddField(
            model_name="user",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="users",
                to="accounts.region",
                verbose_name="区划",
            ),
        ),
        migrations.CreateModel(
            name="RegionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("valid_to", models.DateField(verbose_name="停用日期")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="accounts.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("region", "valid_to"), name="one_name_until_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("address", models.GenericIPAddressField(null=True, verbose_name="地址")),
                ("device", models.CharField(blank=True, max_length=80, verbose_name="设备")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(verbose_name="最近操作")),
                ("second_factor_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("logged_out", "退出登录"),
                            ("idle", "长时间未操作"),
                            ("too_long", "超过最长时间"),
                            ("revoked", "被撤销"),
                            ("password", "口令已修改"),
                        ],
                        max_length=12,
                        verbose_name="结束方式",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-started_at",),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("role", "resident"), ("region__isnull", False), _connector="OR"),
                name="staff_have_a_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "resident",
                            "village_assistant",
                            "township_clerk",
                            "township_head",
                            "county_clerk",
                            "county_head",
                            "department",
                            "organisation",
                            "analyst",
                            "system_administrator",
                            "security_administrator",
                            "auditor",
                        ],
                    )
                ),
                name="role_is_known",
            ),
        ),
    ]
