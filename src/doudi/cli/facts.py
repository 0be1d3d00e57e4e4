"""``doudi facts``: the vocabulary of facts, and facts built from what departments and households say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.lazy import LazyGroup
from doudi.cli.manner import say
from doudi.cli.options import FILE, day_of, speaking

if TYPE_CHECKING:
    from doudi.evidence import Explanation

PAGE = Path("docs/facts.md")
COMMANDS = {
    "build": (
        "doudi.cli.facts:build",
        "由登记和部门数据生成事实和登记册 Build facts and a register from the feeds.",
    ),
    "explain": ("doudi.cli.facts:explain", "一项事实的全部来源和取用理由 Why a fact is what it is."),
    "docs": ("doudi.cli.facts:docs", "写出事实词汇页 Write the page of facts."),
}
STEPS = {"read": "读取部门数据", "link": "认人", "facts": "事实", "items": "财产等项目"}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def facts() -> None:
    """事实：词汇，以及由登记和部门数据生成的事实、来源和取用理由。

    Facts: their vocabulary, and facts built from registry and departments' data, with their sources and reasons.

    \b
    示例 Example:
      doudi facts build --registry registry --store data --date 2026-08-01 -o out/facts
      doudi facts explain p0000012 wage -i out/facts
      doudi facts docs
    """


@click.command()
@click.option(
    "-o", "--out", type=FILE, default=PAGE, show_default=True, metavar="FILE", help="写到何处 where to"
)
@speaking
def docs(out: Path, language: str, as_json: bool) -> None:
    """写出事实词汇页：每项事实的含义、单位、允许值、不写时的含义和用到它的规则。

    Writes the page of facts: what each means, its unit, its allowed values, what its absence means, and the rules
    that need it.

    \b
    示例 Example:
      doudi facts docs -o docs/facts.md
    """
    from doudi.cli.output import print_json
    from doudi.rules.files import put_text

    text = page()
    out.parent.mkdir(parents=True, exist_ok=True)
    put_text(out, text)
    if as_json:
        print_json({"file": str(out), "lines": text.count("\n")})
    else:
        click.echo(say(language, f"已写出 {out}", f"written: {out}"))


@click.command()
@click.option(
    "--registry", type=FILE, required=True, metavar="FOLDER", help="登记数据 the registry of civil affairs"
)
@click.option("--store", type=FILE, required=True, metavar="FOLDER", help="数据仓 folder of all landings")
@click.option("--date", "day", required=True, metavar="DATE", help="日期 the day, such as 2026-08-01")
@click.option("-o", "--out", type=FILE, required=True, metavar="OUT", help="结果文件夹 folder of the results")
@click.option(
    "--presume",
    is_flag=True,
    help="另生成带推定的登记册，只用于发现线索 also a register with presumptions, to point only",
)
@click.option(
    "--region", metavar="CODE", default="000000", help="推定所用地区代码 region of the presumptions"
)
@click.option("--decisions", type=FILE, metavar="FILE", help="人工决定 decisions of people about links")
@speaking
def build(
    registry: Path,
    store: Path,
    day: str,
    out: Path,
    presume: bool,
    region: str,
    decisions: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """由民政登记和数据仓生成某日的事实（各来源的值和取用的值）、财产等项目、人员和登记册。

    Builds, as of a day, the facts of all people and households with their sources, their property and the like, and a register
    that `doudi run` reads. What is not known stays unknown. docs/evidence.md tells more.

    \b
    示例 Example:
      doudi facts build --registry registry --store data --date 2026-08-01 -o out/facts
      doudi run out/facts/register --region 999901 --date 2026-08-01 -o out/run
    """
    from doudi.cli.faults import need_folder
    from doudi.cli.link import linkage_needed
    from doudi.cli.output import print_json, steps
    from doudi.evidence import build as build_facts

    need_folder(registry, store)
    with linkage_needed(), steps(lambda step: say(language, STEPS[step], step)) as progress:
        from doudi.linkage import read_decisions

        built = build_facts(
            registry, store, day_of(day), out, presume, region=region,
            decisions=read_decisions(decisions) if decisions else None, progress=progress,
        )  # fmt: skip
    if as_json:
        print_json({"folder": str(out), **built.sources})
    else:
        _tell(built.sources, out, language)


def _tell(sources: Mapping[str, Any], out: Path, language: str) -> None:
    from doudi.cli.output import print_table

    people = sources["people"]
    click.echo(say(
        language,
        "{households:,} 户 {present:,} 人；去世 {died:,}，离开 {left:,}，住户不明 {unplaced:,}",
        "{households:,} households, {present:,} people; {died:,} died, {left:,} left, {unplaced:,} of unknown household",
    ).format(**people))  # fmt: skip
    rows = []
    for name, feed in sources["feeds"].items():
        outcome = [
            sum(part[key] for part in feed.get("named", {}).values())
            for key in ("linked", "review", "nobody", "unnamed")
        ]
        counts = (
            [f"{count:,}" for count in (feed.get("rows", 0), *outcome, feed["refused"])]
            if feed["read"]
            else ["–"] * 6
        )
        rows.append(
            (feed["zh"] if language == "zh" else name, _state(feed, language), feed["newest"] or "–", *counts)
        )
    heads = say(
        language,
        "数据|状态|最近一期|行|已认|复核|无此人|未写人|退回",
        "feed|state|newest|rows|linked|review|nobody|unnamed|refused",
    )
    print_table(heads.split("|"), rows, range(3, 9))
    click.echo(say(language, f"结果：{out}", f"written: {out}"))


def _state(feed: Mapping[str, Any], language: str) -> str:
    words = {"fresh": "及时", "late": "迟报", "never": "从未收到", "on_request": "按需"}
    return say(language, words[feed["state"]], feed["state"].replace("_", " "))


@click.command()
@click.argument("subject")
@click.argument("fact")
@click.option(
    "-i", "--in", "built", type=FILE, required=True, metavar="OUT", help="生成的事实 folder of the build"
)
@speaking
def explain(subject: str, fact: str, built: Path, language: str, as_json: bool) -> None:
    """人员或家庭 SUBJECT 的一项事实 FACT：各来源怎么说，用哪一个，为什么。

    Tells of the FACT of a person or household SUBJECT what every source says, which value is used, and why.

    \b
    示例 Example:
      doudi facts explain p0000012 养老金 -i out/facts
    """
    from doudi.cli.output import print_json
    from doudi.evidence import explain as explain_fact

    found = explain_fact(built, subject, fact)
    if as_json:
        print_json(found.as_data())
    else:
        _tell_fact(found, language)


def _tell_fact(found: Explanation, language: str) -> None:
    from doudi.cli.output import print_table

    zh = language == "zh"
    unknown = say(language, "不清楚", "not known")
    click.echo(f"{found.subject_id}  {found.fact} = {found.value or unknown}")
    click.echo(found.zh if zh else found.en)
    told = [*found.told, *([found.presumed] if found.presumed else [])]
    rows = [
        (
            "→" if each.used and each is not found.presumed else "", each.value or unknown, each.source, str(each.rows),
            each.period or "–", str(each.since or "–"), "–" if each.confidence is None else f"{each.confidence:.3f}",
            each.zh if zh else each.en,
        )
        for each in told
    ]  # fmt: skip
    if rows:
        print_table(
            say(
                language, "|值|来源|行|期|起|把握|理由", "|value|source|rows|period|since|confidence|why"
            ).split("|"),
            rows,
            (3,),
        )
    for feed, state, newest in found.not_telling:
        click.echo(say(language, f"没有说明：{feed}（{_state({'state': state}, 'zh')}，最近一期 {newest or '–'}）",
                       f"does not tell it: {feed} ({state.replace('_', ' ')}, newest {newest or '–'})"))  # fmt: skip


def page() -> str:
    """The page of facts with the rules that need each fact."""
    from doudi.assessment.catalogue import catalogue
    from doudi.facts.docs import facts_page
    from doudi.programmes.law import readers

    needed = dict(catalogue().readers)
    for name, rules in readers().items():
        needed[name] = (*needed.get(name, ()), *rules)
    return facts_page(needed)
