"""Objection and re-check: the old report stays, the new one refers to it and says what changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from doudi.verification import Checks, MeansError, object_to, recheck, verify
from doudi.verification.objections import objections_to
from doudi.verification.verifying import chain
from tests.verification.conftest import Asked, Checked, result_of
from tests.verification.family import HOME, PLATE, write_evidence

NUMBER = "999901-2026-000001"
LATER = ("date: 2026-08-01", "date: 2026-08-20")


def test_a_recheck_refers_to_the_old_report_and_tells_what_changed(
    checked: Checked, asked: Asked, checks: Checks, tmp_path: Path
):
    vehicle = {"kind": "vehicle", "person_id": "p2", "source": "vehicles", "number": PLATE, "value": 63800}
    old = checked(told={("p1", "wage"): "27600.00"}, things=[HOME, vehicle])
    before = (checks.root / f"{old.number}.json").read_bytes()
    made = object_to(
        checks, old.number, "p1", date(2026, 8, 5), ["p1/wage"], "其中有代领工友的工资", "officer2"
    )
    new = recheck(old.number, asked(LATER), write_evidence(tmp_path / "later"), checks, "officer2")
    assert new.data["refers_to"] == {"number": old.number, "sha256": old.sha256}
    assert new.data["objections"] == [{"number": f"{NUMBER}.objection-1", "sha256": made.sha256}]
    changes = {change["key"] or change["before_key"]: change for change in new.data["changes"]}
    assert set(changes) == {"p1/wage", "p2/vehicle/1"}
    assert (changes["p1/wage"]["before"]["outcome"], changes["p1/wage"]["after"]["outcome"]) == (
        "differs",
        "match",
    )
    assert changes["p2/vehicle/1"]["after"] is None
    assert (checks.root / f"{old.number}.json").read_bytes() == before
    assert result_of(new, "p1/wage").outcome == "match"
    assert verify(checks) == []


def test_a_recheck_without_news_changes_nothing(
    checked: Checked, asked: Asked, checks: Checks, tmp_path: Path
):
    checked()
    new = recheck(NUMBER, asked(LATER), write_evidence(tmp_path / "later"), checks, "officer2")
    assert new.data["changes"] == []


def test_a_chain_of_rechecks_is_followed_to_its_beginning(
    checked: Checked, asked: Asked, checks: Checks, tmp_path: Path
):
    checked()
    evidence = write_evidence(tmp_path / "later")
    second = recheck(NUMBER, asked(LATER), evidence, checks, "officer2")
    third = recheck(second.number, asked(LATER), evidence, checks, "officer3")
    assert [report.number for report in chain(checks, third.number)] == [NUMBER, second.number, third.number]


def test_a_chain_breaks_where_an_earlier_report_was_replaced(
    checked: Checked, asked: Asked, checks: Checks, tmp_path: Path
):
    old = checked()
    recheck(NUMBER, asked(LATER), write_evidence(tmp_path / "later"), checks, "officer2")
    from doudi.verification import Report

    forged = Report.freeze({**old.data, "made_by": "somebody"})
    (checks.root / f"{NUMBER}.json").write_text(forged.text(), "utf-8")
    assert [problem.code for problem in verify(checks)] == ["means.chain"]
    with pytest.raises(MeansError) as told:
        chain(checks, "999901-2026-000002")
    assert told.value.problems[0].code == "means.chain"


def test_objections_are_numbered_and_kept(checked: Checked, checks: Checks):
    checked()
    for statement in ("一", "二"):
        object_to(checks, NUMBER, "p2", date(2026, 8, 5), [], statement, "officer2")
    found = objections_to(checks, NUMBER)
    assert [(each.place, each.statement, each.items) for each in found] == [(1, "一", ()), (2, "二", ())]


def test_the_faults_of_an_objection_are_told_at_once_and_name_nobody(checked: Checked, checks: Checks):
    checked()
    with pytest.raises(MeansError) as told:
        object_to(checks, NUMBER, "p9", date(2026, 7, 31), ["p1/nothing"], " ", "officer2")
    assert [problem.code for problem in told.value.problems] == [
        "means.not_theirs", "means.no_item", "means.statement", "means.too_early",
    ]  # fmt: skip
    assert "p9" not in str(told.value)
    assert objections_to(checks, NUMBER) == []


def test_an_altered_objection_is_named(checked: Checked, asked: Asked, checks: Checks, tmp_path: Path):
    checked()
    object_to(checks, NUMBER, "p1", date(2026, 8, 5), [], "不对", "officer2")
    recheck(NUMBER, asked(LATER), write_evidence(tmp_path / "later"), checks, "officer2")
    path = checks.root / f"{NUMBER}.objection-1.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "statement": "没有异议"}), "utf-8")
    assert [problem.code for problem in verify(checks)] == ["means.altered"]
    path.unlink()
    assert [problem.code for problem in verify(checks)] == ["means.objection"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("id: h1", "id: h2")], "means.other_household"),
        ([("date: 2026-08-01", "date: 2026-07-31")], "means.too_early"),
        ([LATER, ("valid_until: 2027-01-27", "valid_until: 2026-08-10")], "means.expired"),
    ],
    ids=["household", "day", "authority"],
)
def test_a_recheck_needs_the_same_household_a_later_day_and_authority(
    checked: Checked, asked: Asked, checks: Checks, tmp_path: Path, changes: list[tuple[str, str]], code: str
):
    checked()
    with pytest.raises(MeansError) as told:
        recheck(NUMBER, asked(*changes), write_evidence(tmp_path / "later"), checks, "officer2")
    assert told.value.problems[0].code == code
    assert checks.numbers() == [NUMBER]
