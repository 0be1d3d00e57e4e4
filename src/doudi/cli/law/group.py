"""The group of commands about the law."""

from __future__ import annotations

import click

from doudi.cli.lazy import LazyGroup

COMMANDS = {
    "show": ("doudi.cli.law.show:show", "一个参数、规则、地区或条文 A parameter, rule, region or article."),
    "gaps": ("doudi.cli.law.gaps:gaps", "一地尚无数值的参数 Parameters that a region leaves unset."),
    "check": ("doudi.cli.law.check:check", "检查全部法规文件 Check all files of the law."),
    "diff": ("doudi.cli.law.diff:diff", "两个日期或两地的差别 What differs between days or regions."),
    "docs": ("doudi.cli.law.docs:docs", "写出供法律人员审阅的目录 Write the catalogue for lawyers."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def law() -> None:
    """查看和检查法规：规则、参数、地区。The law: rules, parameters, regions.

    \b
    示例 Example:
      doudi law show dibao.standard --region 610100 --date 2021-07-01
      doudi law gaps 西安市
    """
