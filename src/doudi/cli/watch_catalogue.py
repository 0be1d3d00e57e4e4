"""``doudi watch list``, ``show``, ``words`` and ``docs``: the catalogue of indicators and what its rules may ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, speaking

PAGE = Path("docs/indicators.md")


@click.command(name="list")
@click.option("--class", "group", metavar="CLASS", help="只列一类，如 urgent only one class")
@click.option(
    "--families/--no-families", default=False, help="也列按项目生成的 those made for every programme as well"
)
@speaking
def list_indicators(group: str | None, families: bool, language: str, as_json: bool) -> None:
    """列出指标目录：指标、类别、级别、谁来核查、多久。

    Lists the catalogue: each indicator, its class and level, who responds and within what time.

    \b
    示例 Example:
      doudi watch list --class urgent
    """
    from doudi.cli.faults import fault
    from doudi.cli.output import print_json, print_table
    from doudi.monitoring.catalogue import catalogue
    from doudi.monitoring.entries import CLASSES, LEVELS
    from doudi.procedure import procedure
    from doudi.rules.errors import nearest

    if group is not None and group not in CLASSES:
        near = nearest(group, CLASSES) or ", ".join(CLASSES)
        raise fault(
            "indicator.class", "没有这一类", "no such class", f"可用：{near}", f"use {near}", value=group
        )
    found = [
        one for one in catalogue().indicators.values() if group in (None, one.group) and (families or not one.family)
    ]  # fmt: skip
    if as_json:
        print_json([data_of(one) for one in found])
        return
    place, roles = 0 if language == "zh" else 1, procedure().roles
    heads = say(
        language, "代码,编号,指标,类别,级别,核查,时限", "id,number,indicator,class,level,responds,within"
    ).split(",")
    print_table(heads, [
        (
            one.id, one.number, one.name(language), CLASSES[one.group][place], LEVELS[one.level][place],
            say(language, roles[one.responds].zh, roles[one.responds].en), one.within.text(language),
        )
        for one in found
    ])  # fmt: skip
    click.echo(say(language, f"{len(found)} 个指标", f"{len(found)} indicators"))


@click.command()
@click.argument("indicator", metavar="INDICATOR")
@speaking
def show(indicator: str, language: str, as_json: bool) -> None:
    """查看一个指标：级别、来源、时限、入户看什么、依据。

    Shows one indicator, by its id, number or Chinese name.

    \b
    示例 Example:
      doudi watch show resident_medical_cost
    """
    from doudi.cli.output import print_json
    from doudi.monitoring.catalogue import catalogue

    one = catalogue().indicator(indicator)
    if as_json:
        print_json(data_of(one))
        return
    for line in _lines(one, language):
        click.echo(line)


@click.command(name="words")
@click.argument("feed", metavar="[FEED]", required=False)
@speaking
def list_words(feed: str | None, language: str, as_json: bool) -> None:
    """列出指标可用的各部门数据的栏。

    Lists the values of departments' rows that the rule of an indicator may ask for, of one feed or of all.

    \b
    示例 Example:
      doudi watch words medical_settlement
    """
    from doudi.cli.output import print_json, print_table
    from doudi.feeds import contract
    from doudi.monitoring.rows import entity_of, rows_of_feeds

    chosen = None if feed is None else entity_of(contract(feed).name)
    found = [
        (told.name, told.field.zh, told.field.en, told.input.kind.name, "" if told.field.required else "?")
        for name, rows in rows_of_feeds().items()
        if chosen in (None, name)
        for told in rows.told.values()
    ]
    if as_json:
        keys = ("name", "zh", "en", "kind")
        print_json([{**dict(zip(keys, row, strict=False)), "optional": row[4] == "?"} for row in found])
        return
    print_table(
        say(language, "名称,栏,英文,类型,可不填", "name,field,English,kind,optional").split(","), found
    )


@click.command()
@click.option(
    "-o", "--out", type=FILE, default=PAGE, show_default=True, metavar="FILE", help="写到何处 where to"
)
@speaking
def docs(out: Path, language: str, as_json: bool) -> None:
    """写出指标页：全部指标的级别、来源、参数、时限、依据，入户看什么，哪些没有数据。

    Writes the page of indicators: level, sources, parameters, time, references, what a visit looks at, and which lack data.

    \b
    示例 Example:
      doudi watch docs -o docs/indicators.md
    """
    from doudi.cli.output import print_json
    from doudi.monitoring.docs import indicators_page
    from doudi.rules.files import put_text

    text = indicators_page()
    out.parent.mkdir(parents=True, exist_ok=True)
    put_text(out, text)
    if as_json:
        print_json({"file": str(out), "lines": text.count("\n")})
    else:
        click.echo(say(language, f"已写出 {out}", f"written: {out}"))


def data_of(one: Any) -> dict[str, Any]:
    """An indicator as plain data."""
    return {
        "id": one.id, "number": one.number, "zh": one.zh, "en": one.en, "class": one.group, "level": one.level,
        "subject": one.subject, "rule": one.rule, "says": {"zh": one.says.zh, "en": one.says.en}, "worse": one.worse,
        "stands": one.stands, "sources": dict(one.sources), "within": one.within.text("en"), "responds": one.responds,
        "visit": [{"zh": each.zh, "en": each.en} for each in one.visit], "helps": list(one.helps),
        "references": [str(each) for each in one.references], "origin": one.origin, "verified": one.verified,
        "region": one.region, "family": one.family, "programme": one.programme,
        "needs": None if one.needs is None else {"zh": one.needs.zh, "en": one.needs.en},
    }  # fmt: skip


def _lines(one: Any, language: str) -> list[str]:
    from doudi.monitoring.entries import CLASSES, LEVELS, ORIGINS, SUBJECTS
    from doudi.procedure import procedure
    from doudi.programmes.catalogue import catalogue as programmes

    place, role = 0 if language == "zh" else 1, procedure().roles[one.responds]
    sources = [_source(feed, months, language) for feed, months in one.sources.items()]
    helps = [programmes().programmes[id].name(language) for id in one.helps]
    pairs = [
        (say(language, "代码", "id"), f"{one.id} {one.number}".strip()),
        (
            say(language, "类别", "class"),
            f"{CLASSES[one.group][place]} · {LEVELS[one.level][place]} · {SUBJECTS[one.subject][place]}",
        ),
        (say(language, "内容", "says"), one.says.text(language)),
        (say(language, "来源", "sources"), say(language, "、", ", ").join(sources)),
        (
            say(language, "核查", "responds"),
            f"{role.zh if language == 'zh' else role.en}, {one.within.text(language)}",
        ),
        (
            say(language, "入户看", "visit"),
            say(language, "；", "; ").join(each.text(language) for each in one.visit),
        ),
        (say(language, "通常有用", "helps"), say(language, "、", ", ").join(helps)),
        (
            say(language, "依据", "references"),
            say(language, "；", "; ").join(each.sentence(language) for each in one.references),
        ),
        (
            say(language, "阈值", "threshold"),
            f"{ORIGINS[one.origin][place]}"
            + ("" if one.verified else say(language, "，未核对", ", not verified")),
        ),
    ]
    sign = say(language, "：", ": ")
    return [one.name(language), *(f"{name}{sign}{text}" for name, text in pairs if text)]


def _source(feed: str, months: int | None, language: str) -> str:
    """The feed with the months that are looked back."""
    from doudi.feeds import contract

    span = say(language, f"（{months} 个月）", f" ({months} months)") if months else ""
    return say(language, contract(feed).zh, feed) + span
