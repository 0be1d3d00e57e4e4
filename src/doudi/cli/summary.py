"""The summary of an assessed register on the screen, from the plain data that ``summary.json`` holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from doudi.cli.manner import say
from doudi.cli.output import table

MOST_ASKED = 5
_ENGLISH = {
    "dibao": "dibao (after reductions)",
    "supplements": "category supplements",
    "single_dibao": "single-person dibao",
    "tekun": "tekun living and care",
    "grace": "grace period",
    "monthly_total": "total",
    "open": "undetermined",
}
_CHANGES = {
    "new": "newly eligible",
    "ends": "no longer eligible",
    "grace": "in the grace period",
    "same": "still eligible",
    "none": "neither held nor eligible",
    "open": "undetermined",
}


def lines(data: Mapping[str, Any], language: str) -> Iterator[str]:
    """What a person wants to see first: how many, in which tier, at what cost, who is missed, what is not known."""
    region = data["region"]
    yield f"{region['zh']} {region['code']}，{data['date']}"
    yield _counts(data["counts"], language)
    yield ""
    yield _tiers(data["tiers"], language)
    yield ""
    yield _costs([*data["programmes"], data["total"]], language)
    yield ""
    yield from _findings(data, language)


def where_it_lies(written: Mapping[str, Any], language: str) -> Iterator[str]:
    """The files laid down, the report last."""
    words = {
        "tables": ("结果表", "tables"), "set_aside": ("搁置的行", "rows set aside"), "summary": ("汇总", "summary"),
        "workbook": ("工作簿", "workbook"), "report": ("报告", "report"),
    }  # fmt: skip
    for kind, paths in written.items():
        if paths:
            listed = say(language, "，", ", ").join(str(Path(path)) for path in paths)
            yield f"{say(language, *words.get(kind, (kind, kind)))}{say(language, '：', ': ')}{listed}"


def _counts(counts: Mapping[str, Mapping[str, int]], language: str) -> str:
    parts = []
    for name, zh in (("households", "户"), ("persons", "人")):
        each = counts[name]
        parts.append(say(
            language, f"{each['read']:,} {zh}，审核 {each['assessed']:,}，搁置 {each['set_aside']:,}",
            f"{each['read']:,} {name}, {each['assessed']:,} assessed, {each['set_aside']:,} set aside",
        ))  # fmt: skip
    return say(language, "；", "; ").join(parts)


def _tiers(tiers: list[Mapping[str, Any]], language: str) -> str:
    heads = say(language, "类别 户数 人数 占比", "tier households persons share").split()
    rows = [
        [
            _tier(each, language),
            f"{each['households']:,}",
            f"{each['persons']:,}",
            f"{each['share_of_persons']:.2%}",
        ]
        for each in tiers
    ]
    return table(heads, rows, (1, 2, 3))


def _tier(each: Mapping[str, Any], language: str) -> str:
    if language == "zh":
        return str(each["zh"])
    from doudi.law import library

    codes = library.code_sets()["tier"]
    return codes.label(each["code"], "en") if each["code"] in codes else _ENGLISH[each["code"]]


def _costs(costs: list[Mapping[str, Any]], language: str) -> str:
    heads = say(
        language, "项目 户数 元/月 元/年 待定户数", "programme households CNY/month CNY/year open"
    ).split()
    rows = [
        [
            say(language, each["zh"], _ENGLISH.get(each["code"], each["code"])),
            f"{each['households']:,}",
            f"{each['monthly']:,.2f}",
            f"{each['yearly']:,.2f}",
            f"{each['undetermined']:,}",
        ]
        for each in costs
    ]
    return table(heads, rows, (1, 2, 3, 4))


def _findings(data: Mapping[str, Any], language: str) -> Iterator[str]:
    missed: dict[str, int] = {}
    for each in data["missed"]:
        name = say(language, each["kind_zh"], each["kind"])
        missed[name] = missed.get(name, 0) + each["households"]
    yield _line(language, "覆盖遗漏（户）", "missed by coverage (households)", missed.items())
    changes = (
        (say(language, each["zh"], _CHANGES.get(each["code"], each["code"])), each["households"])
        for each in data["changes"]
    )
    yield _line(language, "与现享受对照（户）", "against what is held (households)", changes)
    discretion = data["discretion"]
    yield _line(language, "自由裁量（户）", "discretion (households)", [
        (say(language, "合计", "all"), discretion["households"]),
        (say(language, "可能更有利", "may rise"), discretion["may_rise"]),
        (say(language, "可能不利", "may fall"), discretion["may_fall"]),
    ])  # fmt: skip
    if data["missing"]:
        asked = (
            (say(language, each["zh"], each["name"]), each["households"])
            for each in data["missing"][:MOST_ASKED]
        )
        yield _line(language, "待补事实（户）", "facts to ask for (households)", asked)


def _line(language: str, zh: str, en: str, items: Any) -> str:
    listed = say(language, "，", ", ").join(f"{name} {count:,}" for name, count in items)
    return say(language, f"{zh}：{listed}", f"{en}: {listed}")
