"""The root of the command line."""

from __future__ import annotations

import contextlib
import sys

import click

from doudi import __version__
from doudi.cli.lazy import LazyGroup, Root

COMMANDS = {
    "assess": ("doudi.cli.assess:assess", "审核一户家庭 Assess one household."),
    "run": ("doudi.cli.run:run", "审核一个登记册 Assess a whole register."),
    "simulate": ("doudi.cli.simulate:simulate", "政策仿真 What a change of the law would do."),
    "law": ("doudi.cli.law.group:law", "查看和检查法规 Look into the law and check it."),
    "procedure": ("doudi.cli.procedure.group:procedure", "办理程序和时限 Procedures and time limits."),
    "replay": ("doudi.cli.replay:replay_file", "重演留存的认定 Repeat a frozen determination."),
    "cases": ("doudi.cli.cases:cases", "运行案例 Run cases of law."),
    "programmes": ("doudi.cli.programmes:programmes", "各部门项目目录 The catalogue of programmes."),
    "statement": ("doudi.cli.statement:statement", "一户一年的救助清单 A year of one household."),
    "cliff": ("doudi.cli.cliff:cliff", "收入增加时失去什么 What more earnings leave a household."),
    "facts": ("doudi.cli.facts:facts", "事实词汇 The vocabulary of facts."),
    "population": (
        "doudi.cli.population:population",
        "虚拟县：生成、检验 Synthetic counties, made and checked.",
    ),
    "feeds": ("doudi.cli.feeds:feeds", "部门数据入库 Land the data of departments."),
    "link": ("doudi.cli.link:link", "连接部门数据 Link rows of departments to persons."),
    "outreach": ("doudi.cli.outreach:outreach", "政策找人：值得入户的家庭 Households worth a visit."),
    "watch": ("doudi.cli.watch:watch", "监测预警 Monitoring and early warning."),
    "hardship": ("doudi.cli.hardship:hardship", "多维困难指数 The multidimensional hardship index."),
    "converge": ("doudi.cli.converge:converge", "两项政策衔接并轨 Two registers made one."),
    "means": ("doudi.cli.means:means", "家庭经济状况核对 Means checks on authorisation."),
    "web": ("doudi.cli.web:web", "网页系统 The web application."),
    "audit": ("doudi.cli.audit:audit", "审计记录 The audit trail."),
    "demo": ("doudi.cli.demo:demo", "审核演示县 Assess the demonstration county."),
}


@click.group(cls=Root, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="doudi", message="%(prog)s %(version)s")
def cli() -> None:
    """兜底：分层分类社会救助。Social assistance in tiers, with the law written once.

    Messages are in Chinese, or in English with --lang en or an English locale (LANG=en_US.UTF-8). Every command has
    --json and ends with 0 (fine), 1 (the law or cases fail, or rows were set aside) or 2 (bad input or usage).

    \b
    示例 Example:
      doudi assess household.yaml --region 999901 --date 2026-08-01
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    cli()


__all__ = ["LazyGroup", "cli", "main"]
