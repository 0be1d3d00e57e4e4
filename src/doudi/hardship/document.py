"""The index of a register as a report that people read: measures, what hardship is made of, where it is, who is seen first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from doudi.documents import Block, Cell, Column, Document, Figure, Figures, Heading, Notice, Paragraph, Table
from doudi.hardship.measures import shown, shown_shares
from doudi.hardship.register import RegisterIndex
from doudi.hardship.summary import summary_of

Language = Literal["zh", "en"]
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("多维困难指数报告", "Report on multidimensional hardship"),
    "issuer": ("{place}社会救助主管部门", "Social assistance, {place}"),
    "H": ("困难人口比例 H", "Headcount H"),
    "A": ("平均困难程度 A", "Intensity A"),
    "M0": ("多维困难指数 M0", "Adjusted headcount M0"),
    "derived": ("权重和界限为推定值", "Weights and cut-offs are derived"),
    "derived_text": (
        "本指数的指标、权重、认定线均为推定，未核对任何公布文件，由当地在参数文件中另定；指数只用于排定走访和审核的先后，不作为认定依据。",
        "Indicators, weights and cut-off are derived and checked against no published text; a place sets its own. The index orders "
        "visits and reviews; it decides no right.",
    ),
    "bounds": (
        "有未知事实的，指标给出最低值和最高值；“—”表示没有困难人口。",
        "Where facts are not known a measure has a least and a greatest value; a dash stands for nobody in hardship.",
    ),
    "dimensions": ("各维度的贡献", "What hardship is made of"),
    "indicators": ("各指标", "Indicators"),
    "groups": ("分组", "By group"),
    "routes": ("优先通道", "Routes of priority"),
    "dimension": ("维度", "Dimension"),
    "indicator": ("指标", "Indicator"),
    "share": ("贡献", "Contribution"),
    "weight": ("权重", "Weight"),
    "deprived": ("困难户数", "Households deprived"),
    "open": ("不清楚户数", "Households not known"),
    "group": ("组", "Group"),
    "people": ("人数", "People"),
    "poor": ("困难人数", "People in hardship"),
    "route": ("通道", "Route"),
    "households": ("户数", "Households"),
    "no_name": ("（未写）", "(none)"),
}  # fmt: skip


def document_of(index: RegisterIndex, by: str = "village", language: Language = "zh") -> Document:
    """The report of a register."""
    told = summary_of(index, by, language)
    place = index.law.resolved.region.zh if language == "zh" else index.law.resolved.region.en
    say = {key: words[language != "zh"] for key, words in WORDS.items()}
    blocks: list[Block] = [
        Figures(tuple(Figure(say[name], _ends(told[name])) for name in ("H", "A", "M0"))),
        Paragraph(say["bounds"], "faint"),
        Notice(say["derived"], say["derived_text"], "attention"),
        Heading(say["dimensions"]),
        _table((say["dimension"], say["share"]), [(each["label"],) for each in told["dimensions"]], told["dimensions"]),
        Heading(say["indicators"]),
        _table(
            (say["indicator"], say["weight"], say["deprived"], say["open"], say["share"]),
            [
                (one["label"], str(one["weight"]), f"{one['deprived']:,}", f"{one['open']:,}")
                for one in told["indicators"]
            ],
            told["indicators"],
        ),
        Heading(say["groups"]),
        _table(
            (say["group"], say["people"], say["poor"], "H", "M0", say["share"]),
            [
                (
                    one["label"] or say["no_name"], f"{one['people']:,}", _counts(one["poor"]), _ends(one["H"]), _ends(one["M0"]),
                )
                for one in told["groups"]
            ],
            told["groups"],
        ),
        Heading(say["routes"]),
        Table(
            (Column(say["route"], 3), Column(say["households"], 1, "right")),
            tuple((Cell(one["label"]), Cell(f"{one['households']:,}")) for one in told["routes"]),
        ),
    ]  # fmt: skip
    return Document(
        language, say["title"], say["issuer"].format(place=place), "", index.law.day, tuple(blocks)
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[Mapping[str, Any]]) -> Table:
    """Rows with their contributions, shown so that they add up to 100 %."""
    told = shown_shares(Fraction(one["share"]) for one in shares)
    columns = (Column(heads[0], 3), *(Column(head, 1, "right") for head in heads[1:]))
    return Table(
        columns,
        tuple((Cell(row[0]), *map(Cell, (*row[1:], share))) for row, share in zip(rows, told, strict=True)),
    )


def _ends(bounds: Mapping[str, str | None]) -> str:
    least, most = (
        None if bounds[side] is None else Fraction(str(bounds[side])) for side in ("least", "most")
    )
    return shown(least) if least == most else f"{shown(least)} – {shown(most)}"


def _counts(poor: Mapping[str, int]) -> str:
    least, most = poor["least"], poor["most"]
    return f"{least:,}" if least == most else f"{least:,} – {most:,}"
