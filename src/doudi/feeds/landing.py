"""Landing a department's file: recognised, checked row by row, stored at once or not at all; checking does all but store."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from doudi.feeds import disk
from doudi.feeds.contract_model import Contract, FeedError, contract, contracts, fault
from doudi.feeds.effective import count_superseded
from doudi.feeds.masking import masked
from doudi.feeds.periods import (
    month_named,
    period_at,
    period_named,
    periods_of,
    span_named,
    stated_period,
)
from doudi.feeds.processing import Origin, process
from doudi.feeds.recognising import Match, recognise
from doudi.feeds.report import Report
from doudi.feeds.sniffing import form_of
from doudi.feeds.store import CHINA, Store, aware
from doudi.feeds.table import Cells, Table
from doudi.feeds.text_file import TextTable, read_text
from doudi.feeds.workbook import read_workbook
from doudi.rules.errors import Problem

_CHUNK = 8 * 2**20
_HALF = 0.5


def land(
    path: Path,
    store: Path,
    by: str,
    received_at: datetime | None = None,
    *,
    feed: str | None = None,
    period: str | None = None,
    replaces: bool = False,
) -> Report:
    """Land a file in the store.

    ``by`` is the account of the officer; ``received_at`` without a zone is Chinese time, now when not given. ``feed``
    names the contract where several fit, ``period`` the period (``2026-08``) where the file does not say it.
    ``replaces``: the file is the whole of its period and takes the place of all that came for it before.

    Raises:
        FeedError: the file cannot be read or follows no contract, came before, another landing is under way, or the
            disk is full. Nothing is landed then, and nothing that was landed before is touched.
    """
    keeper = Store(store)
    received = aware(received_at or datetime.now(UTC))
    with disk.telling_full_disk():
        form_of(path)
        keeper.prepare()
        with keeper.locked():
            keeper.recover()
            number = keeper.next_number()
            return land_as(number, keeper, path, Origin(by, received, feed, period, replaces))


def land_as(number: int, keeper: Store, path: Path, origin: Origin) -> Report:
    """Land a file as the landing of this number. Whoever calls holds the store and gives no number twice.

    Raises:
        FeedError: as for :func:`land`.
    """
    disk.require_room(keeper.root, path.stat().st_size)
    try:
        return _land(number, keeper, path, origin)
    except BaseException as error:
        for folder in keeper.staging.glob(f"{number:06}-*"):
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, FeedError):
            keeper.note("refused", "", codes=[problem.code for problem in error.problems], by=origin.by)
        raise


def check(
    path: Path,
    received_at: datetime | None = None,
    *,
    feed: str | None = None,
    period: str | None = None,
    set_aside: Path | None = None,
) -> Report:
    """All that :func:`land` does, without landing. Rows set aside are written into the folder ``set_aside`` if given.

    Raises:
        FeedError: as for :func:`land`.
    """
    origin = Origin("", aware(received_at or datetime.now(UTC)), feed, period)
    with disk.telling_full_disk(), tempfile.TemporaryDirectory(prefix="doudi-") as folder:
        staged = Path(folder)
        report = _process(path, staged, _hash_of(path), "", origin, keep=False)
        if report.set_aside is not None:
            if set_aside is None:
                report.set_aside = None
            else:
                set_aside.mkdir(parents=True, exist_ok=True)
                report.set_aside = str(shutil.copy(staged / report.set_aside, set_aside / report.set_aside))
        return report


def _land(number: int, keeper: Store, path: Path, origin: Origin) -> Report:
    incoming = keeper.staging / f"{number:06}-incoming"
    received_folder = incoming / "received"
    received_folder.mkdir(parents=True)
    copy = received_folder / masked(path.name)
    hash_ = _hash_of(path, copy)
    _refuse_again(keeper, path, hash_)
    landing = f"{number:06}-{hash_[:12]}"
    staged = keeper.staging / landing
    incoming.rename(staged)
    copy = staged / "received" / copy.name
    keeper.note("started", landing, sha256=hash_, by=origin.by)
    report = _process(copy, staged, hash_, landing, origin, keep=True)
    for table in report.tables:
        table.superseded = count_superseded(keeper, contract(table.feed), staged, table.replaces)
    (staged / "report.json").write_bytes(report.as_json().encode())
    (staged / "report.txt").write_bytes(report.text().encode())
    keeper.commit(staged, report)
    return report


def _hash_of(path: Path, copy: Path | None = None) -> str:
    """The hash of a file, copied on the way if asked for."""
    digest = sha256()
    out = copy.open("wb") if copy is not None else None
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                if out is not None:
                    out.write(chunk)
    finally:
        if out is not None:
            out.close()
    return digest.hexdigest()


def _refuse_again(keeper: Store, path: Path, hash_: str) -> None:
    """Refuse a file that came before, unless nothing of it was accepted then.

    A heading without rows is the same for every period in which nothing happened: it is told by the file's name.
    """
    for landing in keeper.landings():
        report = landing.report
        empty = not any(table.records for table in report.tables)
        if report.sha256 != hash_ or (empty and report.file != masked(path.name)):
            continue
        if report.accepted or not report.set_aside_rows:
            when = landing.received_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
            raise fault(
                "feed.twice",
                f"这个文件已于 {when} 由 {report.received_by} 入库（{landing.id}）",
                f"this file was landed on {when} by {report.received_by} ({landing.id})",
                "不必再次入库；若是更正，请发送更正后的文件",
                "there is nothing to do; a correction comes as a new file",
                file=masked(path.name),
            )


def _process(path: Path, staged: Path, hash_: str, landing: str, origin: Origin, keep: bool) -> Report:
    work = staged / "work"
    work.mkdir()
    report = Report(
        landing,
        masked(path.name),
        hash_,
        path.stat().st_size,
        origin.received.isoformat(),
        origin.by,
        landed=keep,
    )
    tables = _tables(path, work, report, origin)
    process(tables, staged, report, origin, keep)
    shutil.rmtree(work)
    return report


def _tables(path: Path, work: Path, report: Report, origin: Origin) -> list[Table]:
    """The tables of a file, each with its contract.

    Raises:
        FeedError: no table follows a contract, or one that seems meant to does not.
    """
    candidates = [contract(origin.feed)] if origin.feed else list(contracts().values())
    if form_of(path) == "csv":
        text = _best_reading(list(read_text(path, work, report.file)), candidates, report.file)
        report.encoding, report.separator = text.encoding, text.separator
        sheets: Sequence[Cells] = [text]
    else:
        sheets = read_workbook(path, work)
    found = []
    problems = []
    for cells in sheets:
        recognition = recognise(cells.head, candidates)
        if recognition.matches:
            found.append(_table(cells, recognition.matches, report.file, origin))
        elif len(sheets) == 1 or (recognition.like and recognition.like[0].share >= _HALF):
            problems.append(recognition.problem(report.file, cells.name))
        else:
            report.notices.append(
                {
                    "zh": f"工作表“{masked(cells.name)}”不是数据，没有读取",
                    "en": f"sheet {masked(cells.name)} holds no data",
                }
            )
    if not found and not problems:
        problems.append(
            Problem(
                "feed.no_table", "文件中没有可识别的表", "no table that follows a contract",
                "列名见 doudi feeds show 名称", "see doudi feeds show NAME", file=report.file,
            )
        )  # fmt: skip
    if problems:
        raise FeedError(problems)
    return found


def _best_reading(readings: Sequence[TextTable], candidates: Sequence[Contract], file: str) -> TextTable:
    """The reading, among those with different delimiters, whose head fits a contract best."""

    def fit(cells: TextTable) -> tuple[int, int, int]:
        found = recognise(cells.head, candidates)
        return (
            len(found.matches[0].places) if found.matches else 0,
            found.like[0].found if found.like else 0,
            cells.width,
        )

    return max(readings, key=fit)


def _table(cells: Cells, matches: Sequence[Match], file: str, origin: Origin) -> Table:
    match = _choose(cells, matches, file)
    if match.twice:
        columns = "、".join(match.twice)
        raise fault(
            "feed.heading_twice", f"有两列都是“{columns}”", f"two columns are both {columns}",
            "改为不同的列名，或删去一列", "rename one of them or leave it out", file=file,
        )  # fmt: skip
    period = _stated(cells, match, file, origin)
    if match.contract.kind == "snapshot" and period is None:
        raise fault(
            "feed.no_period", f"“{match.contract.zh}”是某一期的全貌，文件没有说明是哪一期",
            f"{match.contract.name} is the state of a period, and the file does not say of which",
            "加上 --period 2026-08，或写在文件名、标题里", "add --period 2026-08, or write it in the name or title",
            file=file,
        )  # fmt: skip
    received = origin.received.astimezone(CHINA).date()
    if (
        match.contract.kind == "snapshot"
        and period is not None
        and period > period_at(received, match.contract.period)
    ):
        raise fault(
            "feed.future_period", f"期别 {period} 晚于收到文件的日期", f"the period {period} lies after the receipt",
            "核对文件名、标题或 --period", "check the name, the title or --period", file=file,
        )  # fmt: skip
    whole = None
    if match.contract.kind == "events" and origin.period is None:
        whole = _whole(_titles(cells, match, file), match.contract.period, received)
    return Table(cells, match, received, period, whole)


def _whole(titles: Sequence[str], kind: str, received: date) -> str | None:
    """The periods of which a file says that it is the letter, unless they were not over when it came."""
    stated = span_named(titles, kind) or month_named(titles, kind)
    over = stated is not None and periods_of(stated, kind)[-1] < period_at(received, kind)
    return stated if over else None


def _choose(cells: Cells, matches: Sequence[Match], file: str) -> Match:
    """The contract with the most columns; where several have as many, the one that a title or the file's name names."""
    best = [match for match in matches if len(match.places) == len(matches[0].places)]
    if len(best) > 1:
        titles = [file, cells.name, *(cell for record in cells.head[: best[0].start] for cell in record)]
        named = [match for match in best if any(match.contract.zh in title for title in titles)]
        best = named or [
            match for match in best if len(match.contract.fields) == len(best[0].contract.fields)
        ]
    if len(best) > 1:
        names_zh = "、".join(f"{match.contract.zh}（{match.contract.name}）" for match in best)
        raise fault(
            "feed.ambiguous", f"文件同时符合：{names_zh}", "the file fits several contracts",
            "用 --feed 名称 指明", "name one with --feed NAME", file=file,
        )  # fmt: skip
    return best[0]


def _stated(cells: Cells, match: Match, file: str, origin: Origin) -> str | None:
    kind = match.contract.period
    if origin.period is not None:
        stated = stated_period(origin.period, kind)
        if stated is None:
            raise fault(
                "feed.bad_period", "写的不是这个目录的期别", "not a period of this feed",
                "按月写 2026-08，按季写 2026-Q3，按半年写 2026-H2，按年写 2026", "write 2026-08, 2026-Q3, 2026-H2 or 2026",
            )  # fmt: skip
        return stated
    return period_named(_titles(cells, match, file), kind)


def _titles(cells: Cells, match: Match, file: str) -> list[str]:
    """What may say of which period a table is: the lines above its heading, the sheet's name, the file's."""
    titles = [cell for record in cells.head[: match.start - match.heading] for cell in record if cell]
    return [*titles, cells.name, Path(file).stem]
