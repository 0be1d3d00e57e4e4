"""The store: whole or not at all, no number twice, none left out, nothing altered unnoticed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from doudi.verification import Checks, MeansError, Report, verify
from doudi.verification import store as store_module
from doudi.verification.report import SCHEMA

EMPTY = {"refers_to": None, "objections": [], "schema": SCHEMA}


def add(checks: Checks, region: str = "999901", year: int = 2026) -> Report:
    """A report that says nothing but its number."""
    return checks.add(region, year, lambda number: Report.freeze({**EMPTY, "number": number}))


def add_many(root: str, count: int) -> None:
    """Adds so many reports; run in a process of its own."""
    for _ in range(count):
        add(Checks(Path(root)))


def die_before_the_link(root: str) -> None:
    """Adds a report and is killed between writing and putting in place."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    store_module.os.link = die  # type: ignore[assignment]
    add(Checks(Path(root)))


def test_numbers_run_by_county_and_year(checks: Checks):
    numbers = [
        add(checks).number,
        add(checks).number,
        add(checks, year=2027).number,
        add(checks, "999902").number,
    ]
    assert numbers == ["999901-2026-000001", "999901-2026-000002", "999901-2027-000001", "999902-2026-000001"]


def test_two_writers_at_once_take_no_number_twice_and_leave_none_out(checks: Checks):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_many, args=(str(checks.root), 15)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert checks.numbers() == [f"999901-2026-{place:06}" for place in range(1, 31)]
    assert verify(checks) == []


def test_a_writer_killed_before_its_report_is_in_place_leaves_none_and_no_gap(checks: Checks):
    add(checks)
    writer = multiprocessing.get_context("spawn").Process(
        target=die_before_the_link, args=(str(checks.root),)
    )
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    assert len(list(checks.root.glob(".staged-*"))) == 1
    assert checks.numbers() == ["999901-2026-000001"]
    assert add(checks).number == "999901-2026-000002"
    assert list(checks.root.glob(".staged-*")) == []
    assert verify(checks) == []


def test_a_report_that_cannot_be_made_uses_up_no_number(checks: Checks):
    def fail(number: str) -> Report:
        raise MeansError("no")

    with pytest.raises(MeansError):
        checks.add("999901", 2026, fail)
    assert add(checks).number == "999901-2026-000001"


def test_nothing_is_ever_overwritten(checks: Checks):
    add(checks)
    before = (checks.root / "999901-2026-000001.json").read_bytes()
    with checks.locked(), pytest.raises(MeansError) as told:
        checks.put("999901-2026-000001.json", "{}")
    assert told.value.problems[0].code == "means.taken"
    assert (checks.root / "999901-2026-000001.json").read_bytes() == before


def test_reports_are_readable_by_their_owner_only(checks: Checks):
    add(checks)
    assert (checks.root / "999901-2026-000001.json").stat().st_mode & 0o077 == 0


def test_an_altered_report_is_named(checks: Checks):
    add(checks)
    path = checks.root / "999901-2026-000001.json"
    path.write_text(path.read_text("utf-8").replace("2026-000001", "2026-000009"), "utf-8")
    with pytest.raises(MeansError) as told:
        checks.read("999901-2026-000001")
    assert told.value.problems[0].code == "means.altered"
    assert [problem.code for problem in verify(checks)] == ["means.altered"]


def test_a_missing_number_and_a_renamed_report_are_named(checks: Checks):
    for _ in range(3):
        add(checks)
    (checks.root / "999901-2026-000002.json").unlink()
    assert [(problem.code, problem.value) for problem in verify(checks)] == [
        ("means.gap", "999901-2026-000002")
    ]
    (checks.root / "999901-2026-000003.json").rename(checks.root / "999901-2026-000002.json")
    assert [problem.code for problem in verify(checks)] == ["means.misnamed"]


@pytest.mark.parametrize("number", ["999901-2026-000009", "../secret", "x"])
def test_a_number_that_is_not_there_is_told(checks: Checks, number: str):
    with pytest.raises(MeansError) as told:
        checks.read(number)
    assert told.value.problems[0].code == "means.unknown"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "other", "sha256": "0"}'])
def test_a_file_that_is_no_report_is_told(text: str):
    with pytest.raises(MeansError) as told:
        Report.from_text(text)
    assert told.value.problems[0].code in ("means.no_report", "means.altered")
