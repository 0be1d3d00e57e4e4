"""``doudi converge``: the list against return to poverty and the low-income base made one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.manner import say
from doudi.cli.options import FILE, changed_law, place_and_day, speaking

if TYPE_CHECKING:
    from doudi.convergence.run import Converged

ROWS_SET_ASIDE = 1
EVERYWHERE = "all"


@click.command()
@click.argument("listed", type=FILE, metavar="A")
@click.argument("base", type=FILE, metavar="B")
@click.option(
    "--evidence",
    type=FILE,
    required=True,
    metavar="FOLDER",
    help="doudi facts build 的结果 what doudi facts build wrote",
)
@place_and_day
@click.option(
    "-o", "--out", type=FILE, required=True, metavar="OUT", help="结果写入的文件夹 folder for the results"
)
@click.option(
    "--opinions", type=FILE, metavar="FILE", help="填写了意见的 review.csv 或 .json the review with opinions"
)
@click.option(
    "--decisions", type=FILE, metavar="FILE", help="身份复核的人工决定 people's decisions on matches"
)
@click.option("--period", metavar="MONTH", help="名单的期别，如 2026-08 period of files that do not say it")
@click.option("--by", default="", metavar="ACCOUNT", help="经办人账号 account of the officer")
@click.option(
    "--sheets", metavar="VILLAGE", help="为一个村（或 all）写出入户调查表 survey sheets of a village, or all"
)
@click.option("--pdf", is_flag=True, help="报告和调查表也写成 PDF report and sheets also as PDF")
@changed_law
@speaking
def converge(
    listed: Path, base: Path, evidence: Path, region: str | None, day: str | None, out: Path, opinions: Path | None,
    decisions: Path | None, period: str | None, by: str, sheets: str | None, pdf: bool, settings: tuple[str, ...],
    overlay: Path | None, language: str, as_json: bool,
) -> None:  # fmt: skip
    """两项政策衔接并轨：防返贫监测名单 A 与民政低收入人口库 B 逐人比对归类，三级审核，合并调查。

    Makes one of the list against return to poverty (A) and the low-income base of civil affairs (B), CSV or XLSX as the
    departments send them: each person of A is covered already, newly qualifies, is below a need for help, or open with a
    reason. All is proposed; with --opinions the county's decisions are read. The exit code is 1 when rows were set aside.

    \b
    示例 Example:
      doudi converge 监测对象202607.csv 在保名册202607.xlsx --evidence out/facts --region 999901 --date 2026-08-01 -o out/converge
    """
    from doudi.cli.inputs import register_and_law
    from doudi.cli.link import linkage_needed
    from doudi.cli.output import print_json
    from doudi.convergence.opinions import read_opinions
    from doudi.convergence.run import converge as make_one
    from doudi.convergence.writing import RECEIVED, refuse_foreign_results, write, write_sheets
    from doudi.hardship.index import law_of

    refuse_foreign_results(out)
    law = register_and_law(evidence / "register", out, region, day, settings, overlay, law_of)
    with linkage_needed():
        from doudi.linkage.decisions import read_decisions

        word = None if decisions is None else read_decisions(decisions)
        found = make_one(listed, base, evidence, law, out / RECEIVED, by=by, period=period, decisions=word)
    if opinions is not None:
        found = found.with_opinions(read_opinions(opinions, found.rows, law.day))
    written = write(found, out, opinions, pdf)
    if sheets is not None:
        written["sheets"] = write_sheets(found, out, None if sheets == EVERYWHERE else sheets, pdf)
    if as_json:
        files = {kind: [str(path) for path in paths] for kind, paths in written.items()}
        print_json({**found.summary, **files})
    else:
        _tell(found, written, language)
    click.get_current_context().exit(ROWS_SET_ASIDE if found.received.set_aside else 0)


def _tell(found: Converged, written: dict[str, list[Path]], language: str) -> None:
    from fractions import Fraction

    from doudi.cli.output import print_table
    from doudi.convergence.classes import CLASSES, PLACED, REASONS
    from doudi.hardship.measures import shown

    for report in found.received.reports:
        click.echo(report.text(language), nl=False)
    told: dict[str, Any] = found.summary
    count = told["proposed"]
    heads = ("归类", "人数") if language == "zh" else ("place", "persons")
    print_table(heads, [(CLASSES.label(name, language), f"{count[name]:,}") for name in PLACED], numbers=(1,))
    shares = [shown(None if count[name] is None else Fraction(count[name])) for name in ("before", "after")]
    click.echo(say(
        language, f"覆盖率 {shares[0]} → {shares[1]}（建议，由县级决定）", f"covered {shares[0]} → {shares[1]} (proposed; the county decides)",
    ))  # fmt: skip
    for name, number in told["open"].items():
        click.echo(f"  {REASONS.label(name, language)}  {number:,}")
    visits = told["visits"]
    click.echo(say(
        language, f"入户 {visits['before']:,} 户次合并为 {visits['after']:,} 户", f"{visits['before']:,} visits become {visits['after']:,}",
    ))  # fmt: skip
    for path in written["files"]:
        click.echo(str(path))
    for kind in ("cases", "sheets"):
        if written.get(kind):
            click.echo(f"{written[kind][0].parent}  {len(written[kind]):,}")
