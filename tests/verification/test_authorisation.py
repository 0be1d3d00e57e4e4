"""Nobody is asked without authority, and the refusal says why and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doudi.verification import Checks, MeansError, check, read_request
from tests.verification.conftest import Asked
from tests.verification.family import IDS, NAMES, REQUEST, write_evidence

SIGNED_BY_MOTHER = ("{person: p2, signed_by: self}", "{person: p2, signed_by: p1}")


def codes(error: pytest.ExceptionInfo[MeansError]) -> list[str]:
    """The codes of the problems told."""
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("valid_until: 2027-01-27", "valid_until: 2026-07-31")], "means.expired"),
        ([("valid_until: 2027-01-27", "valid_until: 2027-01-27\n  withdrawn_on: 2026-08-01")], "means.withdrawn"),
        ([("signed_on: 2026-07-28", "signed_on: 2026-08-02")], "means.too_early"),
        ([("    - {person: p2, signed_by: self}\n", "")], "means.unsigned"),
        ([SIGNED_BY_MOTHER], "means.signed_for_adult"),
        ([("{person: p3, signed_by: p1}", "{person: p3, signed_by: self}")], "means.needs_guardian"),
        ([("{person: p3, signed_by: p1}", "{person: p3, signed_by: p3}")], "means.unable_guardian"),
        ([("{person: p2, signed_by: self}", "{person: p2, signed_by: self, signed_on: 2026-08-05}")], "means.too_early"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_without_authority_the_check_is_refused_with_reason_and_remedy(
    asked: Asked, checks: Checks, tmp_path: Path, changes: list[tuple[str, str]], code: str
):
    request = asked(*changes)
    with pytest.raises(MeansError) as told:
        check(request, write_evidence(tmp_path / "evidence"), checks, "officer1")
    assert code in codes(told)
    assert all(problem.remedy_zh and problem.remedy_en for problem in told.value.problems)
    assert checks.numbers() == []


@pytest.mark.parametrize(
    "changes",
    [
        [("valid_until: 2027-01-27", "valid_until: 2026-08-01")],
        [("valid_until: 2027-01-27", "valid_until: 2027-01-27\n  withdrawn_on: 2026-08-02")],
        [("signed_on: 2026-07-28", "signed_on: 2026-08-01")],
        [("{person: p3, signed_by: p1}", "{person: p3, signed_by: 李奶奶}")],
        [SIGNED_BY_MOTHER, ("born: 1974-05-02,", "born: 1974-05-02, no_civil_capacity: true,")],
        [("{person: p3, signed_by: p1}", "{person: p3, signed_by: self}"), ("born: 2012-05-02, study: junior", "born: 2010-07-28, works: true")],
        [("    - {person: p3, signed_by: p1}\n", ""), ("date: 2026-08-01", "date: 2026-08-01\nmembers: [p1, p2]")],
    ],
    ids=["last day", "withdrawn tomorrow", "signed today", "guardian from outside", "no capacity", "earning at sixteen", "child not asked about"],
)  # fmt: skip
def test_on_the_other_side_of_the_line_it_is_allowed(
    asked: Asked, checks: Checks, tmp_path: Path, changes: list[tuple[str, str]]
):
    report = check(asked(*changes), write_evidence(tmp_path / "evidence"), checks, "officer1")
    assert report.number == "999901-2026-000001"


def test_a_guardian_who_is_a_minor_cannot_sign(asked: Asked, checks: Checks, tmp_path: Path):
    request = asked(
        ("born: 1972-03-02", "born: 2009-03-02"),
        ("{person: p1, signed_by: self}", "{person: p1, signed_by: p2}"),
    )
    with pytest.raises(MeansError) as told:
        check(request, write_evidence(tmp_path / "evidence"), checks, "officer1")
    assert codes(told) == ["means.unable_guardian"]


def test_all_refusals_are_told_at_once_and_name_nobody(asked: Asked, checks: Checks, tmp_path: Path):
    request = asked(
        ("valid_until: 2027-01-27", "valid_until: 2026-07-30"), ("    - {person: p2, signed_by: self}\n", ""),
        ("{person: p3, signed_by: p1}", "{person: p3, signed_by: self}"),
    )  # fmt: skip
    with pytest.raises(MeansError) as told:
        check(request, write_evidence(tmp_path / "evidence"), checks, "officer1")
    assert codes(told) == ["means.expired", "means.unsigned", "means.needs_guardian"]
    text = " ".join(problem.sentence("zh") + problem.sentence("en") for problem in told.value.problems)
    assert "persons[1]" in text
    assert not any(name in text for name in (*NAMES.values(), *IDS.values()))


def test_a_request_is_read_with_all_its_faults_at_once(tmp_path: Path):
    text = REQUEST.replace("sources: all", "sources: [taxx, vehicles, births]").replace(
        "signed_on: 2026-07-28", "signed_on: 28.7."
    )
    text = text.replace("{person: p2, signed_by: self}", "{person: p9, signed_by: self}").replace(
        "area: rural", "area: nowhere"
    )
    text = text.replace("agreed: false", "agreed: perhaps").replace('"999901"', "9999")
    path = tmp_path / "request.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(MeansError) as told:
        read_request(path)
    lines = [problem.line for problem in told.value.problems]
    assert lines == sorted(line for line in lines if line)
    assert {"means.region", "fact.code"} <= set(codes(told))
    path.write_text(text.replace("area: nowhere", "area: rural"), "utf-8")
    with pytest.raises(MeansError) as told:
        read_request(path)
    assert codes(told) == [
        "means.region",
        "means.source",
        "means.source",
        "means.date",
        "means.nobody",
        "means.agreed",
    ]


@pytest.mark.parametrize(
    "gone",
    [
        "authorisation:",
        "declared:",
        "  number: SQ-2026-0017\n",
        "  purpose: 申请最低生活保障\n",
        "  sources: all\n",
    ],
)
def test_what_a_request_lacks_is_named(tmp_path: Path, gone: str):
    path = tmp_path / "request.yaml"
    path.write_text(REQUEST.replace(gone, "" if gone.endswith("\n") else f"x{gone}"), "utf-8")
    with pytest.raises(MeansError) as told:
        read_request(path)
    assert {"yaml.missing_key"} <= set(codes(told))


def test_a_request_may_be_json_and_its_day_may_be_another(tmp_path: Path):
    import json

    import yaml

    path = tmp_path / "request.json"
    path.write_text(json.dumps(yaml.safe_load(REQUEST), default=str), "utf-8")
    request = read_request(path, date(2026, 9, 9))
    assert (request.day, request.members) == (date(2026, 9, 9), ("p1", "p2", "p3"))


def test_the_number_of_an_asset_is_kept_from_the_facts(asked: Asked):
    request = asked(
        ("    - {kind: deposit,", "    - {kind: vehicle, 号牌号码: 演A00001}\n    - {kind: deposit,")
    )
    assert [thing.number for thing in request.declared.assets or ()] == [None, "演A00001", None]
