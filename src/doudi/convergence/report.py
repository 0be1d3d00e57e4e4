"""The report for the meeting of the county: before and after, by kind, tier, reason and village; what is proposed and decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from doudi.convergence.classes import CLASSES, REASONS, TIERS
from doudi.convergence.review import STATES
from doudi.convergence.run import WATCH, Converged
from doudi.documents import Block, Cell, Column, Document, Figure, Figures, Heading, Notice, Paragraph, Table
from doudi.feeds import contract
from doudi.hardship.measures import shown

NOT_DECIDED = (
    "新纳入、退出和待定的，须经村、乡、县三级审核，由县级工作人员决定并签字；减少、终止救助前应听取本人意见。"
)
COUNTED = ("covered", "new", "exit", "open")


def report_of(found: Converged) -> Document:
    """The report, in Chinese."""
    told, law = found.summary, found.law
    proposed, decided = told["proposed"], told["decided"]
    rows = told["rows"]
    blocks: list[Block] = [
        Figures((
            Figure("监测名单人数", f"{proposed['persons']:,}", "人", f"已入库行 {rows['accepted']:,}，重复 {rows['repeated']:,}"),
            Figure("已在低收入人口库", f"{proposed['covered']:,}", "人", tone="good"),
            Figure("拟新纳入", f"{proposed['new']:,}", "人", tone="attention"),
            Figure("拟退出监测", f"{proposed['exit']:,}", "人"),
            Figure("待定", f"{proposed['open']:,}", "人", tone="open"),
        )),
        Notice("以下归类是比对和测算的建议，不是决定", NOT_DECIDED, "attention"),
        *_set_aside(found),
        Heading("并轨前后"),
        _before_after(proposed, decided),
        Paragraph(_formula(proposed), "faint"),
        Heading("按监测类别"),
        _counts("监测类别", _labelled_kinds(told["kinds"])),
        Heading("按救助类别"),
        _tiers(found),
        Heading("待定的原因"),
        _reasons(told["open"], proposed["open"]),
        Heading("三级审核进度"),
        _states(told["states"]),
        Heading("按村居"),
        _counts("村居", {name or "（未写）": count for name, count in told["villages"].items()}),
        Heading("合并调查"),
        Paragraph(_visits(told["visits"])),
        Heading("说明"),
        *_notes(found),
    ]  # fmt: skip
    place = law.resolved.region.zh
    return Document(
        "zh", "两项政策衔接并轨情况报告", f"{place}民政部门", "", law.day, tuple(blocks), subtitle="供县级会议审议",
        footer="含个人信息汇总，仅供内部审议。",
    )  # fmt: skip


def _set_aside(found: Converged) -> list[Block]:
    """Rows that were not read: whoever stands in them is not placed, or not seen to be covered."""
    listed, base = (report.set_aside_rows for report in found.received.reports)
    if not listed + base:
        return []
    text = f"监测名单 {listed:,} 行、低收入人口库 {base:,} 行有错误或重复，没有读入；改正后请重新运行，其中的人员可能因此被误列。"
    return [Notice("有退回的行", text, "attention")]


def _before_after(proposed: Mapping[str, Any], decided: Mapping[str, Any]) -> Table:
    columns = (
        Column("", 3), Column("监测人数", 2, "right"), Column("其中享受救助", 2, "right"), Column("覆盖率", 2, "right"),
    )  # fmt: skip

    def after(count: Mapping[str, Any]) -> tuple[Cell, ...]:
        stay = count["persons"] - count["exit"]
        return (
            Cell(f"{stay:,}"),
            Cell(f"{count['covered'] + count['new']:,}"),
            Cell(_percent(count["after"]), "strong"),
        )

    return Table(columns, (
        (Cell("并轨前"), Cell(f"{proposed['persons']:,}"), Cell(f"{proposed['covered']:,}"), Cell(_percent(proposed["before"]), "strong")),
        (Cell("并轨后（按建议）"), *after(proposed)),
        (Cell("并轨后（按已作出的决定）"), *after(decided)),
    ))  # fmt: skip


def _formula(count: Mapping[str, Any]) -> str:
    covered, new, persons, leaving = (count[name] for name in ("covered", "new", "persons", "exit"))
    return (
        f"覆盖率：（{covered:,} + {new:,}）÷（{persons:,} − {leaving:,}）= {covered + new:,} ÷ {persons - leaving:,} = {_percent(count['after'])}，"
        f"并轨前 {covered:,} ÷ {persons:,} = {_percent(count['before'])}。待定的计入分母。"
    )


def _labelled_kinds(kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    codes = contract("monitoring_list").fields["monitored"].codes
    assert codes is not None
    return {codes.label(name): count for name, count in kinds.items()}


def _counts(head: str, counts: Mapping[str, Mapping[str, Any]]) -> Table:
    heads = ("人数", "已在库", "拟新纳入", "拟退出", "待定", "并轨前覆盖率", "并轨后覆盖率")
    columns = (Column(head, 4), *(Column(each, 2, "right") for each in heads))
    return Table(columns, tuple(
        (Cell(name), *(Cell(f"{count[each]:,}") for each in ("persons", *COUNTED)), Cell(_percent(count["before"])), Cell(_percent(count["after"])))
        for name, count in counts.items()
    ))  # fmt: skip


def _tiers(found: Converged) -> Table:
    codes = found.law.graph.schema.codes["tier"]
    told = found.summary["tiers"]
    columns = (
        Column("救助类别", 4),
        *(Column(each, 2, "right") for each in ("并轨前", "并轨后（按建议）", "增加")),
    )
    rows: list[Sequence[int]] = [(told[name]["before"], told[name]["after"]) for name in TIERS]
    total = tuple(sum(row[place] for row in rows) for place in (0, 1))
    named = [*((codes.label(name), row) for name, row in zip(TIERS, rows, strict=True)), ("合计", total)]
    return Table(columns, tuple(
        (Cell(name), Cell(f"{before:,}"), Cell(f"{after:,}"), Cell(f"{after - before:,}")) for name, (before, after) in named
    ), totals=1)  # fmt: skip


def _reasons(reasons: Mapping[str, int], total: int) -> Table:
    columns = (Column("原因", 6), Column("人数", 2, "right"))
    rows = [*((REASONS.label(name), count) for name, count in reasons.items()), ("合计", total)]
    return Table(columns, tuple((Cell(name), Cell(f"{count:,}")) for name, count in rows), totals=1)


def _states(states: Mapping[str, int]) -> Table:
    columns = (Column("状态", 6), Column("人数", 2, "right"))
    rows = [(zh, states.get(name, 0)) for name, (zh, _) in STATES.items()]
    return Table(columns, tuple((Cell(name), Cell(f"{count:,}")) for name, count in rows))


def _visits(visits: Mapping[str, int]) -> str:
    return (
        f"两部门分别调查需入户 {visits['before']:,} 户次；合并为一次、一户一表后为 {visits['after']:,} 户，"
        f"减少 {visits['before'] - visits['after']:,} 户次。任务清单见附表。"
    )


def _notes(found: Converged) -> list[Block]:
    months = found.law.values[WATCH]
    watched = "的期限当地未定" if months is None else f" {months} 个月（推定，未核对）"
    return [
        Paragraph(f"名单期别 {found.summary['period']}；按 {found.known_on} 所知的事实、{found.law.day} 的现行规定测算。"),
        Paragraph(f"{CLASSES.label('exit')}的，跟踪{watched}；原监测类别作为标识保留，注明日期。"),
        Paragraph("死亡、迁出的即使仍在低收入人口库中，也列为待定，应核实后停发或转出。"),
        Paragraph("没有把握的匹配不自动合并；缺少影响结论的信息的不作推定，列为待定并指出缺什么。"),
    ]  # fmt: skip


def _percent(share: str | None) -> str:
    return shown(None if share is None else Fraction(share))
