"""What the report says, as plain data for the template and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doudi.assessment.citations import citations
from doudi.assessment.frozen import law_version
from doudi.assessment.summary import Distances, Summary, Village
from doudi.rules.parameters import iso

if TYPE_CHECKING:
    from doudi.assessment.run import RunResult
    from doudi.assessment.statute import Statute

BASIC = ("tekun", "dibao", "single_dibao")
LEAST_SHOWN = 5
"""Smaller numbers of households are not shown for a village."""

MOST_ASKED = 20
_TABLES = {
    "households": "家庭", "persons": "成员", "supporters": "法定义务人", "assets": "财产", "expenses": "支出", "holdings": "现享受救助",
}  # fmt: skip
_LEVELS = {"set": "使用者给定"}
_SIDES = {
    "dibao_income": ("低保标准", "低于标准（符合）", "达到或高于标准", "left"),
    "low_margin_income": ("低保边缘标准", "低于标准（符合）", "达到或高于标准", "left"),
    "rigid_share": ("规定比例", "未超出规定比例", "超出规定比例（符合）", "right"),
    "dibao_money": ("限额", "未超过限额（符合）", "超过限额", "left"),
}
"""The word for each line and for both its sides, and the side on which the test is met."""


def content(result: RunResult) -> dict[str, Any]:
    """Everything the template asks for; ``charts`` is what the charts draw."""
    summary, statute = result.summary, result.statute
    lines = [_line(each) for each in summary.distances]
    return {
        "region": statute.resolved.region.zh,
        "region_code": statute.resolved.region.code,
        "chain": " · ".join(region.zh for region in statute.resolved.chain),
        "day": statute.day.isoformat(),
        "version": law_version(statute),
        "summary": summary,
        "figures": _figures(summary),
        "lines": lines,
        "missed": _missed(summary),
        "asked": [summary.missing[:MOST_ASKED][half::2] for half in (0, 1)],
        "asked_more": max(0, len(summary.missing) - MOST_ASKED),
        "villages": [_village(each) for each in summary.villages if each.households >= LEAST_SHOWN],
        "counts": [(_TABLES[table], each) for table, each in result.counts.items()],
        "problems": [_problem(each) for each in (*result.register.notices, *result.notes)],
        "documents": documents(statute),
        "parameters": parameters(statute),
        "charts": _charts(summary, lines),
    }


def _figures(summary: Summary) -> list[dict[str, Any]]:
    """The large numbers at the top."""
    households = {tier.code: tier.households for tier in summary.tiers}
    changes = {each.code: each for each in summary.changes}
    basic = sum(households[code] for code in BASIC)
    return [
        {"zh": "拟纳入基本生活救助", "number": basic, "unit": "户", "note": "特困、低保、单人保"},
        {
            "zh": "拟发基本生活救助金",
            "number": summary.total.monthly,
            "unit": "元/月",
            "note": f"全年 {summary.total.yearly:,.0f} 元",
        },
        {
            "zh": "新增符合",
            "number": changes["new"].households,
            "unit": "户",
            "note": "符合而现未享受（应保未保）",
        },
        {
            "zh": "不再符合",
            "number": changes["ends"].households,
            "unit": "户",
            "note": "现享受而不再符合，待复核",
        },
        {"zh": "待补充信息", "number": households["open"], "unit": "户", "note": "缺少决定类别的信息"},
        {
            "zh": "属自由裁量",
            "number": summary.discretion.households,
            "unit": "户",
            "note": "类别取决于可选参数，宜集体评议",
        },
    ]


def _line(found: Distances) -> dict[str, Any]:
    word, left, right, met = _SIDES[found.test]
    below = sum(each.households for each in found.bins if each.end is not None and each.end <= 0)
    above = sum(each.households for each in found.bins) - below
    return {
        "test": found.test, "zh": found.zh, "unit": found.unit, "word": word, "left": left, "right": right, "met": met,
        "below": below, "above": above, "undetermined": found.undetermined,
        "bins": [each for each in found.bins if each.start is not None and each.end is not None],
        "before": found.bins[0], "beyond": found.bins[-1],
    }  # fmt: skip


def _missed(summary: Summary) -> dict[str, Any]:
    kinds = list(dict.fromkeys((each.kind, each.kind_zh) for each in summary.missed))
    causes = list(dict.fromkeys((each.cause, each.cause_zh) for each in summary.missed))
    found = {(each.kind, each.cause): each.households for each in summary.missed}
    rows = [
        {"zh": zh, "cells": cells, "total": sum(cells)}
        for kind, zh in kinds
        for cells in [[found.get((kind, cause), 0) for cause, _ in causes]]
    ]
    return {"causes": [zh for _, zh in causes], "rows": rows}


def _village(village: Village) -> dict[str, Any]:
    names = ("households", "in_tier", "new", "ends", "missed", "undetermined")
    return {"name": village.name, **{name: _protected(getattr(village, name)) for name in names}}


def _protected(number: int) -> str:
    """A count of a village; a small one could point to somebody."""
    return f"<{LEAST_SHOWN}" if 0 < number < LEAST_SHOWN else f"{number:,}"


def _problem(problem: Any) -> str:
    """A notice without the path of the file."""
    value = f"：{problem.value}" if problem.value else ""
    return f"{problem.zh}{value}"


def documents(statute: Statute) -> list[str]:
    """The titles of the documents that the formulas of the day rest on, in the order of the law."""
    cited = (
        one
        for variable in statute.graph.variables.values()
        for one in citations(variable.formula, statute.day)
    )
    return list(
        dict.fromkeys(one.document.title() for one in cited if not one.document.id.startswith("doudi-"))
    )


def parameters(statute: Statute) -> dict[str, Any]:
    """The parameters that the results rest on and nobody has verified, or that are not set; and how many there are."""
    resolved = statute.resolved
    used = statute.graph.inputs_of(list(statute.graph.variables)) & resolved.definitions.keys()
    places = {region.code: region.zh for region in resolved.chain} | _LEVELS
    rows = []
    for name in sorted(used):
        definition, source = resolved.definition(name), resolved.source(name)
        if source is not None and source.verified:
            continue
        rows.append({
            "name": name, "zh": definition.zh, "value": _value(statute, name),
            "place": "未规定" if source is None else places[source.level],
            "since": "" if source is None else iso(source.start),
            "reference": "" if source is None else source.reference.sentence(),
        })  # fmt: skip
    return {"used": len(used), "unverified": rows}


def _value(statute: Statute, name: str) -> str:
    definition = statute.resolved.definition(name)
    if definition.by is None:
        return statute.resolved.format(name)
    by: dict[str, list[str]] = {}
    for code in definition.by.codes:
        by.setdefault(statute.resolved.format(name, code), []).append(definition.by.label(code))
    if len(by) == 1:
        return next(iter(by))
    return "；".join(f"{'、'.join(labels)} {value}" for value, labels in by.items())


def _charts(summary: Summary, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Labels and numbers only."""
    tiers = [tier for tier in summary.tiers if tier.code != "none"]
    missed = _missed(summary)
    return {
        "tiers": {"labels": [tier.zh for tier in tiers], "values": [tier.households for tier in tiers]},
        "lines": [
            {
                "id": line["test"], "unit": line["unit"], "word": line["word"], "met": line["met"],
                "bins": [[each.start, each.end, each.households] for each in line["bins"]],
            }
            for line in lines
        ],
        "missed": {
            "labels": [row["zh"] for row in missed["rows"]],
            "series": [
                {"name": cause, "values": [row["cells"][place] for row in missed["rows"]]}
                for place, cause in enumerate(missed["causes"])
                if any(row["cells"][place] for row in missed["rows"])
            ],
        },
        "cost": {
            "labels": [cost.zh for cost in summary.programmes],
            "values": [cost.monthly for cost in summary.programmes],
        },
    }  # fmt: skip
