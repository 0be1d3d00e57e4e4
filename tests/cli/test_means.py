"""``doudi means`` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Doudi, Outcome
from tests.verification.family import IDS, PLATE, REQUEST, write_evidence

NUMBER = "999901-2026-000001"
EXAMPLE = Path(__file__).parents[2] / "examples" / "means-check.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A request and evidence."""
    (tmp_path / "request.yaml").write_text(REQUEST, "utf-8")
    vehicle = {"kind": "vehicle", "person_id": "p2", "source": "vehicles", "number": PLATE, "value": 63800}
    write_evidence(tmp_path / "evidence", told={("p1", "wage"): "27600.00"}, things=[vehicle])
    return tmp_path


def check(doudi: Doudi, place: Path, *words: object):
    """Checks the request of the place."""
    return doudi(
        "means", "check", place / "request.yaml", "--evidence", place / "evidence", "--checks", place / "checks",
        "--by", "officer1", *words,
    )  # fmt: skip


def test_a_check_is_made_shown_objected_to_and_made_again(doudi: Doudi, place: Path):
    made = check(doudi, place, "-o", place / "out")
    assert made.code == 0
    assert "+12,600.00" in made.out
    assert "查到未申报 1" in made.out
    assert (place / "out" / f"{NUMBER}.html").exists()
    at = ("--checks", place / "checks")
    assert "已过有效期" in doudi("means", "show", NUMBER, *at, "--date", "2027-02-01").out
    assert (
        "valid until 2027-01-31"
        in doudi("means", "show", NUMBER, *at, "--date", "2027-01-31", "--lang", "en").out
    )
    objected = doudi(
        "means", "object", NUMBER, "--person", "p1", "--item", "p1/wage", "--statement", "代领", "--date", "2026-08-05", *at,
        "--by", "officer2", "--json",
    )  # fmt: skip
    assert objected.data["report"] == NUMBER
    again = doudi(
        "means", "recheck", NUMBER, place / "request.yaml", "--evidence", place / "evidence", *at, "--by", "officer2",
        "--date", "2026-08-20", "--json",
    )  # fmt: skip
    assert again.data["refers_to"]["number"] == NUMBER
    assert len(again.data["objections"]) == 1
    assert doudi("means", "verify", *at, "--json").data == {"reports": 2, "problems": []}


def test_json_is_masked_unless_all_is_asked_for(doudi: Doudi, place: Path):
    made = check(doudi, place, "--json")
    assert made.data["masked"] is True
    assert not any(number in made.out for number in (*IDS.values(), PLATE))
    full = in_full(doudi, place, "--by", "officer1", "--reason", "存档核验")
    assert PLATE in full.out
    assert full.data["sha256"] == made.data["sha256"]


def in_full(doudi: Doudi, place: Path, *words: str) -> Outcome:
    """The report in full, where the web application has no database."""
    show = ("means", "show", NUMBER, "--checks", place / "checks", "--json", "--full")
    return doudi(*show, *words, DOUDI_HOME=str(place / "home"), DATABASE_URL="")


def test_who_sees_a_report_in_full_says_why_and_stands_in_the_store(doudi: Doudi, place: Path):
    check(doudi, place)
    refused = in_full(doudi, place)
    assert (refused.code, refused.codes) == (2, ["means.by", "means.reason"])
    assert PLATE not in refused.out + refused.err
    assert in_full(doudi, place, "--by", "officer1", "--reason", "  无 ").codes == ["means.reason"]
    looks = place / "checks" / "looks.jsonl"
    assert not looks.exists()
    for reason in ("存档核验", "复核申请"):
        assert PLATE in in_full(doudi, place, "--by", "officer1", "--reason", reason).out
    told = [json.loads(line) for line in looks.read_text("utf-8").splitlines()]
    assert [(look["report"], look["by"], look["reason"]) for look in told] == [
        (NUMBER, "officer1", "存档核验"), (NUMBER, "officer1", "复核申请"),
    ]  # fmt: skip
    assert looks.stat().st_mode & 0o077 == 0
    assert doudi("means", "verify", "--checks", place / "checks").code == 0


def test_what_forbids_a_check_is_told_in_sentences(doudi: Doudi, place: Path):
    text = REQUEST.replace("valid_until: 2027-01-27", "valid_until: 2026-07-29")
    (place / "request.yaml").write_text(text.replace("    - {person: p2, signed_by: self}\n", ""), "utf-8")
    refused = check(doudi, place)
    assert refused.code == 2
    assert "授权已过有效期，不得核对" in refused.err
    assert "成员没有签署授权" in refused.err
    assert check(doudi, place, "--json").codes == ["means.expired", "means.unsigned"]


def test_an_altered_store_ends_with_one(doudi: Doudi, place: Path):
    check(doudi, place)
    path = place / "checks" / f"{NUMBER}.json"
    path.write_text(path.read_text("utf-8").replace("officer1", "officer9"), "utf-8")
    told = doudi("means", "verify", "--checks", place / "checks", "--json")
    assert (told.code, told.codes) == (1, ["means.altered"])
    assert doudi("means", "show", NUMBER, "--checks", place / "checks", "--json").codes == ["means.altered"]


def test_the_example_is_a_request_that_is_allowed(doudi: Doudi, place: Path):
    made = doudi(
        "means", "check", EXAMPLE, "--evidence", place / "evidence", "--checks", place / "checks", "--by", "officer1", "--json",
    )  # fmt: skip
    assert made.code == 0
    assert made.data["counts"]["no_answer"] > 0
    assert all(not member["identified"] for member in made.data["members"])


def test_the_commands_of_the_documentation_follow_each_other(doudi: Doudi, place: Path):
    page = (EXAMPLE.parents[1] / "docs" / "verification.md").read_text("utf-8")
    (line,) = (line for line in page.splitlines() if line.startswith("doudi means object"))
    checks = ("--checks", place / "checks")
    assert (
        doudi("means", "check", EXAMPLE, "--evidence", place / "evidence", *checks, "--by", "officer1").code
        == 0
    )
    words = [place / word if word == "checks" else word for word in line.split()[1:]]
    assert doudi(*words).code == 0


def test_an_empty_folder_is_no_store_that_is_whole(doudi: Doudi, tmp_path: Path):
    told = doudi("means", "verify", "--checks", tmp_path, "--json")
    assert (told.code, told.codes) == (2, ["means.no_store"])
