"""Landing: once, whole or not at all; corrections supersede and nothing is overwritten."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from doudi.feeds import FeedError, Report, current, disk, history, land, stale
from doudi.feeds.store import Store
from tests.feeds.conftest import RECEIVED
from tests.feeds.files import HEADING, death, deaths, identity, write_csv

Land = Callable[..., Report]
Refuse = Callable[..., list[str]]

KILLED = """
    import os, signal, sys
    from datetime import datetime
    from pathlib import Path
    from doudi.feeds import disk, land
    from doudi.feeds.store import Store

    def kill(*_args, **_more):
        os.kill(os.getpid(), signal.SIGKILL)

    def after_rename(self, *_args, **_more):
        if _args[0] == "landed":
            kill()
        return note(self, *_args, **_more)

    note = Store.note
    if sys.argv[3] == "rows":
        disk.write_parquet = kill
    elif sys.argv[3] == "rename":
        disk.put_in_place = kill
    elif sys.argv[3] == "journal":
        Store.note = after_rename
    land(Path(sys.argv[1]), Path(sys.argv[2]), "officer1", datetime(2026, 9, 1, 9))
"""


def rows_of(store: Path, feed: str = "deaths") -> pl.DataFrame:
    """The rows in effect."""
    return current(store, feed).collect()


def test_rows_come_with_their_lineage(tmp_path: Path, store: Path, landed: Land):
    report = landed(write_csv(tmp_path / "deaths.csv", deaths(5)))
    row = rows_of(store).row(0, named=True)
    assert row["source_hash"] == report.sha256
    assert (row["source_row"], row["received_by"], row["landing"]) == (2, "officer1", report.landing)
    assert row["received_at"] == datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
    assert row["row_id"] == f"{report.landing}.0.2"
    assert (store / "landings" / report.landing / "feed=deaths" / "period=2026-08").is_dir()
    assert (store / "landings" / report.landing / "received" / "deaths.csv").exists()


def test_counts_add_up_and_are_in_the_report(tmp_path: Path, store: Path, landed: Land):
    rows = [*deaths(5), death(1), death(2, name="另一人"), death(60, died="?")]
    report = landed(write_csv(tmp_path / "deaths.csv", rows))
    table = report.tables[0]
    assert (table.records, table.accepted, table.repeated, table.rejected) == (8, 4, 1, 3)
    assert table.adds_up
    stored = json.loads((store / "landings" / report.landing / "report.json").read_text("utf-8"))
    assert Report.from_data(stored) == report
    assert "共 8 行 = 入库 4" in (store / "landings" / report.landing / "report.txt").read_text("utf-8")
    assert rows_of(store).height == 4


def test_a_file_sent_twice_is_refused_with_when_it_came(tmp_path: Path, store: Path, landed: Land):
    path = write_csv(tmp_path / "deaths.csv", deaths(5))
    landed(path)
    again = tmp_path / "same under another name.csv"
    again.write_bytes(path.read_bytes())
    with pytest.raises(FeedError, match="2026-09-01 09:00 by officer1"):
        landed(again)
    assert rows_of(store).height == 5


def test_a_file_of_which_nothing_was_accepted_may_come_again(tmp_path: Path, landed: Land):
    path = write_csv(tmp_path / "deaths.csv", [death(1, died="?")])
    assert landed(path).accepted == 0
    assert landed(path).accepted == 0


def test_a_correction_supersedes_and_the_past_stays(tmp_path: Path, store: Path, landed: Land):
    landed(write_csv(tmp_path / "a.csv", deaths(5)))
    report = landed(
        write_csv(tmp_path / "b.csv", [death(2, died="2026-06-30")]), RECEIVED + timedelta(days=10)
    )
    assert report.tables[0].superseded == 1
    found = rows_of(store)
    assert found.height == 5
    assert found.filter(pl.col("id_number") == identity(2))["died_on"].to_list() == [date(2026, 6, 30)]
    before = current(store, "deaths", date(2026, 9, 5)).collect()
    assert before.filter(pl.col("id_number") == identity(2))["died_on"].to_list() == [date(2026, 7, 3)]
    assert history(store, "deaths").collect().height == 6


def test_a_file_received_earlier_but_landed_later_does_not_supersede(
    tmp_path: Path, store: Path, landed: Land
):
    landed(write_csv(tmp_path / "b.csv", [death(2, died="2026-06-30")]))
    landed(write_csv(tmp_path / "a.csv", deaths(5)), RECEIVED - timedelta(hours=1))
    assert rows_of(store).filter(pl.col("id_number") == identity(2))["died_on"].to_list() == [
        date(2026, 6, 30)
    ]


def test_a_withdrawn_record_is_in_effect_no_more(tmp_path: Path, store: Path, landed: Land):
    landed(write_csv(tmp_path / "a.csv", deaths(3)))
    landed(write_csv(tmp_path / "b.csv", [[*death(1), "撤销"]], (*HEADING, "记录状态")))
    assert identity(1) not in rows_of(store)["id_number"].to_list()


VEHICLES = ("号牌号码", "号牌种类", "车主身份证号", "车主姓名")


def vehicle(plate: int, owner: int) -> list[str]:
    """A row of the vehicles feed."""
    return [f"测A{plate:05}", "小型汽车", identity(owner), "王建国"]


def test_the_newest_snapshot_is_the_whole_state(tmp_path: Path, store: Path, landed: Land):
    landed(write_csv(tmp_path / "机动车202607.csv", [vehicle(1, 1), vehicle(2, 2)], VEHICLES))
    landed(write_csv(tmp_path / "机动车202608.csv", [vehicle(2, 3)], VEHICLES), RECEIVED + timedelta(days=1))
    assert rows_of(store, "vehicles")["id_number"].to_list() == [identity(3)]
    july = current(store, "vehicles", date(2026, 9, 1)).collect()
    assert july["id_number"].to_list() == [identity(1), identity(2)]


def test_a_correction_of_a_snapshot_keeps_the_other_rows_unless_it_replaces_them(
    tmp_path: Path, store: Path, landed: Land
):
    landed(write_csv(tmp_path / "机动车202608.csv", [vehicle(1, 1), vehicle(2, 2)], VEHICLES))
    later = RECEIVED + timedelta(days=1)
    landed(write_csv(tmp_path / "b.csv", [vehicle(2, 3)], VEHICLES), later, period="2026-08")
    assert rows_of(store, "vehicles")["id_number"].to_list() == [identity(1), identity(3)]
    landed(write_csv(tmp_path / "c.csv", [vehicle(2, 4)], VEHICLES), later, period="2026-08", replaces=True)
    assert rows_of(store, "vehicles")["id_number"].to_list() == [identity(4)]


def test_a_snapshot_must_say_its_period(tmp_path: Path, refused: Refuse):
    path = write_csv(tmp_path / "vehicles.csv", [vehicle(1, 1)], VEHICLES)
    assert refused(path) == ["feed.no_period"]
    assert refused(path, period="August") == ["feed.bad_period"]


@pytest.mark.parametrize("moment", ["rows", "rename", "journal"])
def test_a_killed_landing_leaves_nothing_half_landed_and_a_rerun_completes(
    tmp_path: Path, store: Path, moment: str
):
    first = write_csv(tmp_path / "first.csv", deaths(3))
    land(first, store, "officer1", RECEIVED - timedelta(days=1))
    path = write_csv(tmp_path / "deaths.csv", deaths(20))
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED), "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(store), moment], check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    in_place = moment == "journal"
    assert rows_of(store).height == (20 if in_place else 3)
    if in_place:
        with pytest.raises(FeedError, match="officer1"):
            land(path, store, "officer1", RECEIVED)
    else:
        assert list((store / "staging").iterdir())
        land(path, store, "officer1", RECEIVED)
    assert rows_of(store).height == 20
    assert history(store, "deaths").collect().height == 23
    assert not list((store / "staging").iterdir())
    events = [(entry["event"], entry["landing"][:6]) for entry in Store(store).journal()]
    assert events.count(("landed", "000002")) == 1


def test_a_journal_broken_off_in_its_last_line_is_mended(tmp_path: Path, store: Path, landed: Land):
    landed(write_csv(tmp_path / "a.csv", deaths(3)))
    journal = store / "journal.jsonl"
    os.truncate(journal, journal.stat().st_size - 20)
    landed(write_csv(tmp_path / "b.csv", deaths(4)))
    assert sorted(entry["landing"][:6] for entry in Store(store).journal() if entry["event"] == "landed") == [
        "000001", "000002",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), pl.exceptions.ComputeError("No space left on device (os error 28)")]
)  # fmt: skip
def test_a_full_disk_is_told_and_nothing_is_lost(
    tmp_path: Path, store: Path, landed: Land, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    landed(write_csv(tmp_path / "a.csv", deaths(3)))
    path = write_csv(tmp_path / "b.csv", deaths(9))

    def full(*_args: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_parquet", full)
        with pytest.raises(FeedError, match="disk is full"):
            landed(path)
    assert rows_of(store).height == 3
    assert not list((store / "staging").iterdir())
    assert landed(path).accepted == 9


def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, store: Path, landed: Land, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(disk, "_LEAST_FREE", 2**60)
    with pytest.raises(FeedError, match="too little room"):
        landed(write_csv(tmp_path / "a.csv", deaths(3)))
    assert not list((store / "landings").iterdir())


def test_two_landings_at_once_are_refused(tmp_path: Path, store: Path, landed: Land):
    keeper = Store(store)
    keeper.prepare()
    with keeper.locked(), pytest.raises(FeedError, match="under way"):
        landed(write_csv(tmp_path / "a.csv", deaths(3)))


def test_a_silent_department_is_never_read_as_nothing(tmp_path: Path, store: Path, landed: Land):
    never = {each.feed: each for each in stale(store, date(2026, 9, 20))}
    assert never["deaths"].state == "never"
    assert "不等于没有发生" in never["deaths"].sentence()
    assert "bank_balances" not in never
    landed(write_csv(tmp_path / "死亡202608.csv", deaths(3)), datetime(2026, 9, 10))
    assert "deaths" not in {each.feed for each in stale(store, date(2026, 9, 20))}
    late = {each.feed: each for each in stale(store, date(2026, 11, 20))}["deaths"]
    assert (late.state, late.newest, late.missing) == ("late", "2026-08", ("2026-09", "2026-10"))
    assert late.days_late == (date(2026, 11, 20) - date(2026, 10, 15)).days


def test_the_day_of_sending_in_a_name_is_not_taken_for_the_period(tmp_path: Path, landed: Land):
    path = write_csv(tmp_path / "死亡注销20260901.csv", deaths(3))
    assert landed(path).tables[0].covers == "2026-08"


def test_a_snapshot_of_the_future_is_refused(tmp_path: Path, refused: Refuse):
    path = write_csv(tmp_path / "机动车202612.csv", [vehicle(1, 1)], VEHICLES)
    assert refused(path) == ["feed.future_period"]


def test_an_empty_file_without_period_counts_for_none(tmp_path: Path, store: Path, landed: Land):
    report = landed(write_csv(tmp_path / "deaths.csv", []))
    assert report.tables[0].covers is None
    assert "没有说明是哪一期" in report.notices[0]["zh"]
    assert "deaths" in {each.feed for each in stale(store, date(2026, 9, 20))}


def test_an_empty_file_is_a_word_and_a_file_all_at_fault_is_none(tmp_path: Path, store: Path, landed: Land):
    landed(write_csv(tmp_path / "死亡202608.csv", [death(1, died="?")]))
    assert "deaths" in {each.feed for each in stale(store, date(2026, 9, 20))}
    landed(write_csv(tmp_path / "死亡2026年8月.csv", []))
    assert "deaths" not in {each.feed for each in stale(store, date(2026, 9, 20))}


def test_no_id_name_or_account_is_in_reports_and_journal(
    tmp_path: Path, store: Path, landed: Land, caplog: pytest.LogCaptureFixture
):
    rows = [*deaths(5), death(1), death(2, name="另一人"), death(60, died="?"), death(61, id="9.99901E+17")]
    path = write_csv(tmp_path / f"{identity(7)}.csv", rows)
    report = landed(path)
    folder = store / "landings" / report.landing
    texts = [
        (store / "journal.jsonl").read_text("utf-8"),
        (folder / "report.txt").read_text("utf-8"),
        caplog.text,
    ]
    texts.append(
        (folder / "report.json").read_text("utf-8").replace(report.sha256, "").replace(report.landing, "")
    )
    for text in texts:
        assert not re.search(r"99990119\d", text)
        assert all(row[1] not in text for row in rows)


def test_many_batches_give_what_one_gives(
    tmp_path: Path, store: Path, landed: Land, monkeypatch: pytest.MonkeyPatch
):
    rows = [*deaths(400), death(3), death(5, died="2026-07-30"), death(950, died="?")]
    path = write_csv(tmp_path / "deaths.csv", rows)
    with monkeypatch.context() as patched:
        patched.setattr("doudi.feeds.text_file.BATCH", 64)
        patched.setattr("doudi.feeds.processing._HELD_ROWS", 100)
        patched.setattr("doudi.feeds.processing._PART_ROWS", 50)
        report = landed(path)
    assert (report.tables[0].accepted, report.tables[0].repeated, report.tables[0].rejected) == (399, 1, 3)
    found = rows_of(store)
    assert found["source_row"].is_sorted()
    assert found.height == 399


def test_a_heading_without_rows_comes_anew_for_every_month(tmp_path: Path, landed: Land, store: Path):
    march, april = (write_csv(tmp_path / f"死亡注销{month}.csv", []) for month in ("202603", "202604"))
    assert landed(march, received=datetime(2026, 4, 2, 9)).tables[0].covers == "2026-03"
    assert landed(april, received=datetime(2026, 5, 2, 9)).tables[0].covers == "2026-04"
    with pytest.raises(FeedError) as error:
        landed(april, received=datetime(2026, 5, 3, 9))
    assert [problem.code for problem in error.value.problems] == ["feed.twice"]


def test_a_file_covers_all_months_from_one_to_another(tmp_path: Path, landed: Land, store: Path):
    past = landed(
        write_csv(tmp_path / "死亡注销202601-202607.csv", deaths(3)), received=datetime(2026, 8, 9, 9)
    )
    assert past.tables[0].covers == "2026-01/2026-07"
    assert [each.feed for each in stale(store, date(2026, 8, 15)) if each.feed == "deaths"] == []
    late = next(each for each in stale(store, date(2026, 9, 20)) if each.feed == "deaths")
    assert late.missing == ("2026-08",)


@pytest.mark.parametrize(
    ("name", "received", "covers"),
    [
        ("死亡注销202609", datetime(2026, 10, 3), "2026-09"),
        ("死亡注销2026年9月", datetime(2026, 10, 3), "2026-09"),
        ("死亡注销20260905", datetime(2026, 10, 3), "2026-08"),
        ("死亡注销2026年9月5日", datetime(2026, 10, 3), "2026-08"),
        ("死亡注销2026-09-05", datetime(2026, 10, 3), "2026-08"),
        ("死亡注销202609", datetime(2026, 9, 5), "2026-08"),
        ("死亡注销202601-202609", datetime(2026, 9, 5), "2026-08"),
        ("死亡注销", datetime(2026, 10, 3), "2026-08"),
    ],
)
def test_a_month_in_the_name_is_that_of_the_letter_once_it_is_over_and_a_day_that_of_its_sending(
    tmp_path: Path, landed: Land, name: str, received: datetime, covers: str
):
    report = landed(write_csv(tmp_path / f"{name}.csv", deaths(3)), received=received)
    assert report.tables[0].covers == covers
