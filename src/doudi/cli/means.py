"""``doudi means``: means checks on authorisation, objections to them, and checks made again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doudi.cli.options import FILE, account, day_of, speaking

if TYPE_CHECKING:
    from doudi.verification import Objection, Report

FAULTY = 1
_CHECKS = click.option(
    "--checks", type=FILE, required=True, metavar="FOLDER", help="核对库 folder of all reports"
)
_BY = click.option(
    "--by", required=True, callback=account, metavar="ACCOUNT", help="经办人账号 account of the officer"
)
_CHECKING = (
    click.argument("request", type=FILE),
    click.option(
        "--evidence", type=FILE, required=True, metavar="FOLDER", help="证据 a folder of doudi facts build"
    ),
    _CHECKS,
    _BY,
    click.option(
        "--store",
        type=FILE,
        metavar="FOLDER",
        help="数据仓，查银行答复 store of feeds, for what banks answered",
    ),
    click.option("--date", "day", metavar="DATE", help="核对日期 day of the check, else that of the request"),
    click.option(
        "--overlay", type=FILE, metavar="REGION.yaml", help="地区核对参数 a file with the terms of the region"
    ),
    click.option("-o", "out", type=FILE, metavar="FOLDER", help="写出 HTML 和 PDF write the document there"),
)


def _checking(command: Any) -> Any:
    for option in reversed(_CHECKING):
        command = option(command)
    return command


@click.group()
def means() -> None:
    """家庭经济状况核对：按授权核对、异议、复核。Means checks on authorisation.

    \b
    示例 Example:
      doudi means check examples/means-check.yaml --evidence build/facts --checks checks --by officer1 -o out
      doudi means show 999901-2026-000001 --checks checks
      doudi means verify --checks checks
    """


@means.command()
@_checking
@speaking
def check(
    request: Path,
    evidence: Path,
    checks: Path,
    by: str,
    store: Path | None,
    day: str | None,
    overlay: Path | None,
    out: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """按请求 REQUEST 中的授权核对申报与部门数据，出具报告。Checks what was declared against what departments know.

    \b
    示例 Example:
      doudi means check examples/means-check.yaml --evidence build/facts --checks checks --by officer1 -o out
    """
    from doudi.verification import Checks, read_request
    from doudi.verification import check as check_request

    asked = read_request(request, None if day is None else day_of(day))
    report = check_request(asked, evidence, Checks(checks), by, store=store, overlay=overlay)
    _tell(report, out, report.made_on, language, as_json)


@means.command()
@click.argument("number")
@_checking
@speaking
def recheck(
    number: str,
    request: Path,
    evidence: Path,
    checks: Path,
    by: str,
    store: Path | None,
    day: str | None,
    overlay: Path | None,
    out: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """复核报告 NUMBER：另出新报告，写明变化；原报告不动。Checks again; the earlier report stays as it is.

    \b
    示例 Example:
      doudi means recheck 999901-2026-000001 examples/means-check.yaml --evidence build/facts --checks checks --by officer1
    """
    from doudi.verification import Checks, read_request
    from doudi.verification import recheck as check_again

    asked = read_request(request, None if day is None else day_of(day))
    report = check_again(number, asked, evidence, Checks(checks), by, store=store, overlay=overlay)
    _tell(report, out, report.made_on, language, as_json)


@means.command("object")
@click.argument("number")
@click.option("--person", required=True, metavar="ID", help="提出异议的成员编号 id of the member who objects")
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="KEY",
    help="有异议的项目，可多次 item objected to, else the whole report",
)
@click.option("--statement", required=True, metavar="TEXT", help="理由 what is wrong, and what proves it")
@click.option("--date", "day", metavar="DATE", help="提出日期 day of the objection, today if not given")
@_CHECKS
@_BY
@speaking
def object_command(
    number: str,
    person: str,
    items: tuple[str, ...],
    statement: str,
    day: str | None,
    checks: Path,
    by: str,
    language: str,
    as_json: bool,
) -> None:
    """登记对报告 NUMBER 的异议。Records an objection to a report.

    \b
    示例 Example:
      doudi means object 999901-2026-000001 --person head --item head/wage --statement 其中有代领工资 --checks checks --by officer1
    """
    from doudi.cli.output import print_json
    from doudi.verification import Checks, object_to

    on = date.today() if day is None else day_of(day)
    made: Objection = object_to(Checks(checks), number, person, on, items, statement, by)
    if as_json:
        print_json(made.as_data())
    else:
        click.echo(
            f"已登记异议 {made.number}" if language == "zh" else f"objection {made.number} is recorded"
        )


@means.command()
@click.argument("number")
@click.option("--full", is_flag=True, help="与 --json 同用：不遮盖编号 with --json: numbers unmasked")
@click.option("--reason", metavar="TEXT", help="查看明文的理由 why it is shown in full")
@click.option("--by", metavar="ACCOUNT", help="查看明文的账号 account of whoever sees it in full")
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="查看日期，判断是否过期 day on which it is looked at, today if not given",
)
@click.option("-o", "out", type=FILE, metavar="FOLDER", help="写出 HTML 和 PDF write the document there")
@_CHECKS
@speaking
def show(
    number: str, full: bool, reason: str | None, by: str | None, day: str | None, out: Path | None, checks: Path,
    language: str, as_json: bool,
) -> None:  # fmt: skip
    """查看报告 NUMBER，编号已遮盖；--full 须写明理由和账号，并留下记录。

    Shows a report; numbers are masked. --full asks for the reason and the account, and leaves a record.

    \b
    示例 Example:
      doudi means show 999901-2026-000001 --checks checks -o out
    """
    from doudi.verification import Checks

    report = Checks(checks).read(number)
    if full:
        from doudi.cli.plain import permit

        permit(Checks(checks), number, by, reason)
    _tell(report, out, date.today() if day is None else day_of(day), language, as_json, full)


@means.command()
@_CHECKS
@speaking
def verify(checks: Path, language: str, as_json: bool) -> None:
    """检查核对库：内容未被改动、引用完整、编号连续。Holds a store of reports against its own hashes.

    \b
    示例 Example:
      doudi means verify --checks checks
    """
    from doudi.cli.faults import fault, need_folder, tell
    from doudi.cli.manner import Manner
    from doudi.cli.output import print_json
    from doudi.verification import Checks
    from doudi.verification import verify as verify_store

    need_folder(checks)
    problems = verify_store(Checks(checks))
    count = len(Checks(checks).numbers())
    if not count and not any(checks.iterdir()):
        raise fault(
            "means.no_store", "文件夹是空的，不是核对库", "the folder is empty and no store of reports", "核对 --checks",
            "check --checks", file=str(checks),
        )  # fmt: skip
    if problems:
        tell(problems, Manner(language, as_json))
        raise click.exceptions.Exit(FAULTY)
    if as_json:
        print_json({"reports": count, "problems": []})
    else:
        click.echo(f"{count} 份报告完好" if language == "zh" else f"{count} reports are whole")


def _tell(
    report: Report, out: Path | None, today: date, language: str, as_json: bool, full: bool = False
) -> None:
    from doudi.cli.output import print_json
    from doudi.verification import masked

    written = _write(report, out, today, language) if out else []
    if as_json:
        shown = {**report.data, "sha256": report.sha256} if full else masked(report)
        print_json({**shown, "expired": report.expired(today), "written": [str(path) for path in written]})
        return
    _sentences(report, today, language)
    for path in written:
        click.echo(path)


def _write(report: Report, out: Path, today: date, language: str) -> list[Path]:
    """The document as HTML and, where it can be set, as PDF; what is missing for the PDF is told."""
    from doudi.documents import DocumentError, to_html, to_pdf
    from doudi.rules.files import put_text, put_whole
    from doudi.verification import document_of

    document = document_of(report, "zh" if language == "zh" else "en", today)
    out.mkdir(parents=True, exist_ok=True)
    written = [out / f"{report.number}.html"]
    put_text(written[0], to_html(document))
    try:
        data = to_pdf(document)
    except DocumentError as error:
        for problem in error.problems:
            click.echo(problem.sentence(language), err=True)
        return written
    written.append(out / f"{report.number}.pdf")
    with put_whole(written[1]) as making:
        making.write_bytes(data)
    return written


def _sentences(report: Report, today: date, language: str) -> None:
    from doudi.cli.output import print_table
    from doudi.verification.catalogue import items
    from doudi.verification.document_words import money
    from doudi.verification.results import OUTCOME_WORDS, REASONS

    zh = language == "zh"
    until = report.valid_until
    click.echo(f"核对报告 {report.number}" if zh else f"report {report.number}")
    if report.expired(today):
        click.echo(f"已过有效期（{until}）" if zh else f"expired ({until})")
    elif until:
        click.echo(f"有效期至 {until}" if zh else f"valid until {until}")
    rows = [
        (
            result.key, items()[result.item].title(language), OUTCOME_WORDS[result.outcome][not zh],
            "" if result.difference is None else money(result.difference, signed=True), REASONS[result.reason][not zh],
        )
        for result in report.results
        if result.disagrees or (result.outcome == "no_answer" and not result.empty)
    ]  # fmt: skip
    heads = ("项", "名称", "结果", "差额", "说明") if zh else ("key", "item", "result", "difference", "why")
    if rows:
        print_table(heads, rows, numbers=(3,))
    counts = report.data["counts"]
    told = [f"{words[not zh]} {counts[outcome]}" for outcome, words in OUTCOME_WORDS.items()]
    click.echo(("；" if zh else "; ").join(told))
