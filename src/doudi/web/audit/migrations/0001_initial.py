"""The entries of the audit trail and their links."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("action", models.CharField(max_length=60, verbose_name="事项")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "完成"), ("refused", "被拒绝"), ("failed", "未成功")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "actor",
                    models.CharField(
                        help_text="The account's number; empty when nobody was signed in.",
                        max_length=20,
                        verbose_name="账号编号",
                    ),
                ),
                ("actor_name", models.CharField(max_length=40, verbose_name="账号")),
                ("role", models.CharField(max_length=30, verbose_name="角色")),
                (
                    "region",
                    models.CharField(
                        db_collation="C",
                        help_text="Of what was done; else of the actor.",
                        max_length=12,
                        verbose_name="区划",
                    ),
                ),
                ("target_kind", models.CharField(max_length=60, verbose_name="对象")),
                ("target", models.CharField(max_length=60, verbose_name="对象编号")),
                (
                    "subject",
                    models.CharField(
                        help_text="Whose personal data it was about.",
                        max_length=60,
                        verbose_name="涉及人员编号",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("address", models.CharField(max_length=45, verbose_name="地址")),
                ("request", models.CharField(max_length=32, verbose_name="请求编号")),
                ("details", models.TextField(help_text="JSON, kept letter by letter.", verbose_name="详情")),
            ],
            options={
                "verbose_name": "审计记录",
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(fields=["-at"], name="audit_entry_at"),
                    models.Index(fields=["actor", "-at"], name="audit_entry_actor"),
                    models.Index(fields=["target_kind", "target"], name="audit_entry_target"),
                    models.Index(
                        condition=models.Q(("subject", ""), _negated=True),
                        fields=["subject", "-at"],
                        name="audit_entry_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="link", to="audit.entry"
                    ),
                ),
            ],
            options={
                "db_table": "audit_link",
            },
        ),
    ]
