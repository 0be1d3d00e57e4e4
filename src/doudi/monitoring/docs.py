"""The page of indicators, written from the catalogue so that it cannot differ from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doudi.assessment.catalogue import version_days
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import CLASSES, FAMILIES, LEVELS, ORIGINS, SUBJECTS, Indicator
from doudi.monitoring.families import programmes_of_families
from doudi.monitoring.held import feeds_telling
from doudi.monitoring.law import all_parameters, rules_of
from doudi.procedure import procedure
from doudi.programmes.catalogue import catalogue as programmes
from doudi.programmes.reading import EVERYWHERE
from doudi.rules.graph import Graph

_HEAD = """\
# 指标 Indicators

由 `doudi watch docs` 从目录写成，不要手改。Written by `doudi watch docs` from the catalogue; do not edit by hand.

阈值“已公布”的，见过公布的数字或条件；“自拟”的，级别、阈值、时限由我们拟定，各地可改。凡未核对原文的都写明。级别和时限没有公布的，一律自拟。
“Published”: the number or the condition was seen in a publication; “derived”: level, threshold and time are ours,
and places may change them. What was not checked against the text says so.

怎样写、怎样判，见[监测预警](monitoring.md)。How they are written and judged: [monitoring](monitoring.md).
"""
_COLUMNS = (
    "编号 no.", "代码 id", "指标", "indicator", "级别 level", "对象 subject", "来源 sources", "参数 parameters", "时限 within",
    "核查 responds", "依据 reference", "阈值 threshold",
)  # fmt: skip


def indicators_page() -> str:
    """The page ``docs/indicators.md``, with the rules of the newest version of the law."""
    written = [one for one in catalogue().indicators.values() if not one.family]
    graph = rules_of(version_days()[-1]).graph
    parts = [_HEAD, "\n".join(_counts(written))]
    for group, (zh, en) in CLASSES.items():
        judged = [one for one in written if one.group == group and one.needs is None]
        head = (f"## {zh}型 {en}\n", f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|")
        parts.append("\n".join([*head, *(_row(one, graph) for one in judged), ""]))
        parts.append("\n".join(_visits(judged)))
    parts.append("\n".join(_families()))
    parts.append("\n".join(_not_judged(one for one in written if one.needs is not None)))
    return "\n".join(parts)


def _counts(written: list[Indicator]) -> Iterator[str]:
    made = len(programmes_of_families())
    yield "| 类别 class | 单独编写 written | 其中没有数据、未判 of these not judged for want of data | 按项目生成 made for programmes |"
    yield "|---|---|---|---|"
    for group, (zh, en) in CLASSES.items():
        own = [one for one in written if one.group == group]
        families = {
            one.family for one in catalogue().indicators.values() if one.family and one.group == group
        }
        without = sum(one.needs is not None for one in own)
        yield f"| {zh} {en} | {len(own)} | {without} | {made * len(families)} |"
    yield ""


def _row(one: Indicator, graph: Graph) -> str:
    role = procedure().roles[one.responds]
    sources = ", ".join(
        f"`{feed}`" + (f" {months}" if months else "") for feed, months in one.sources.items()
    )
    place = "" if one.region == EVERYWHERE else f" `{one.region}`"
    level, subject = LEVELS[one.level], SUBJECTS[one.subject]
    cells = (
        one.number, f"`{one.id}`{place}", one.zh, one.en, " ".join(level), " ".join(subject), sources,
        ", ".join(_parameters(one, graph)), f"{one.within.text()} {one.within.text('en')}", f"{role.zh} {role.en}",
        "; ".join(str(each) for each in one.references), _origin(one),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _origin(one: Indicator) -> str:
    zh, en = ORIGINS[one.origin]
    return f"{zh} {en}" + ("" if one.verified else "，未核对 not verified")


def _parameters(one: Indicator, graph: Graph) -> Iterator[str]:
    """The parameters of indicators that the rule rests on, with the value that stands everywhere."""
    asked = graph.inputs_of([one.rule])
    for name in sorted(name for name in asked if name.startswith("watch.")):
        definition = all_parameters().definitions[name]
        values = definition.values[-1].values.values() if definition.values else ()
        yield f"`{name}`" + "".join(f" = {definition.format(value)}" for value in values)


def _visits(judged: Iterable[Indicator]) -> Iterator[str]:
    for one in judged:
        helps = "、".join(programmes().programmes[id].zh for id in one.helps)
        yield f"- **{one.zh}**：{one.says.zh}。入户看：{'；'.join(each.zh for each in one.visit)}。" + (
            f"通常有用：{helps}。" if helps else ""
        )
        yield f"  **{one.en}**: {one.says.en}. Look at: {'; '.join(each.en for each in one.visit)}."
    yield ""


def _families() -> Iterator[str]:
    yield "## 按项目生成 Made for every programme\n"
    yield "应享减已享：`missed_<项目>` 应享未享，`short_<项目>` 发放不足，`beyond_<项目>` 超出应享。What is due less what is held.\n"
    yield "| 项目 programme | | 编号 no. | 已享由谁说明 what tells of what is held |"
    yield "|---|---|---|---|"
    numbers = {
        (one.family, one.programme): one.number for one in catalogue().indicators.values() if one.family
    }
    for one in programmes_of_families():
        own = ", ".join(numbers[family, one.id] for family in FAMILIES if numbers[family, one.id])
        feed = feeds_telling().get(one.id)
        told = f"`{feed}`" if feed else "没有，未判 nothing: not judged"
        yield f"| `{one.id}` {one.zh} | {one.en} | {own} | {told} |"
    yield ""


def _not_judged(found: Iterable[Indicator]) -> Iterator[str]:
    yield "## 没有数据、未判的 Not judged for want of data\n"
    yield "每夜在 `summary.json` 中写明，不作“没有发生”。Told every night; never read as nothing having happened.\n"
    yield "| 编号 no. | 代码 id | 指标 | indicator | 缺什么 | what is missing | 依据 reference |"
    yield "|---|---|---|---|---|---|---|"
    for one in found:
        assert one.needs is not None
        references = "; ".join(str(each) for each in one.references)
        yield f"| {one.number} | `{one.id}` | {one.zh} | {one.en} | {one.needs.zh} | {one.needs.en} | {references} |"
    yield ""
