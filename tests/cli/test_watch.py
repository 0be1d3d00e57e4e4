"""``doudi watch`` on the nights of a village."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Doudi, Outcome
from tests.monitoring.county import FIRST, REGION, SECOND, Village, made


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    return made(tmp_path_factory.mktemp("village"), (FIRST, SECOND))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watch")


def sweep(doudi: Doudi, village: Village, out: Path, *more: object) -> Outcome:
    words = (
        "--today",
        village.of(SECOND),
        "--before",
        village.of(FIRST),
        "--store",
        village.store,
        "-o",
        out,
    )
    return doudi("watch", *words, "--region", REGION, *more)


def test_a_night_is_told_in_sentences(doudi: Doudi, village: Village, out: Path) -> None:
    told = sweep(doudi, village, out)
    assert told.code == 0
    assert "居民年度个人自付医疗费用过高" in told.out
    assert "2026-07-22：4 户" in told.out
    assert "未判全：" in told.out
    assert "不等于没有发生" in told.out
    assert str(out / "warnings.parquet") in told.out


def test_a_night_is_told_as_json(doudi: Doudi, village: Village, out: Path) -> None:
    told = sweep(doudi, village, out, "--json", "--changed-only")
    assert told.code == 0
    assert (told.data["day"], told.data["changed_only"]) == ("2026-07-22", False), (
        "the first night was not swept"
    )
    assert told.data["indicators"]["resident_medical_cost"]["raised"] == 1


def test_everything_that_is_missing_is_told_at_once(doudi: Doudi) -> None:
    told = doudi("watch", "--lang", "en")
    assert told.code == 2
    assert all(f"{name} is missing" in told.err for name in ("--today", "--store", "-o"))
    assert "no region is named" in told.err


def test_the_day_must_be_that_of_the_evidence(doudi: Doudi, village: Village, out: Path) -> None:
    told = sweep(doudi, village, out, "--date", "2026-07-23", "--lang", "en")
    assert told.code == 2
    assert "the evidence is of 2026-07-22" in told.err


def test_a_threshold_is_tried_on_a_past_month(
    doudi: Doudi, village: Village, out: Path, tmp_path: Path
) -> None:
    sweep(doudi, village, out)
    listed = tmp_path / "who.csv"
    words = ("--indicator", "U-01", "--set", "watch.medical.resident=8000", "--month", "2026-07", "-o", out)
    told = doudi("watch", "try", *words, "--write", listed, "--lang", "en")
    assert told.code == 0
    assert "1 nights: 1 as it is, 2 as it would be; 1 more, 0 fewer" in told.out
    assert "precision as it is: no answers" in told.out
    assert listed.read_text("utf-8").splitlines()[0].startswith("subject_id,household_id")


def test_the_page_of_indicators_is_written(doudi: Doudi, tmp_path: Path) -> None:
    out = tmp_path / "new" / "indicators.md"
    assert doudi("watch", "docs", "-o", out).code == 0
    assert "`resident_medical_cost`" in out.read_text("utf-8")
    assert doudi("watch", "docs", "-o", out, "--json").data["file"] == str(out)


def test_the_catalogue_is_listed_and_shown(doudi: Doudi) -> None:
    told = doudi("watch", "list", "--class", "urgent", "--lang", "en")
    assert told.code == 0
    assert "resident_medical_cost" in told.out
    assert "turns_seventy" not in told.out
    assert doudi("watch", "list", "--class", "urgents").code == 2
    told = doudi("watch", "show", "U-01", "--lang", "en")
    assert told.code == 0
    assert "responds: village assistant, 24 hours" in told.out
    shown = doudi("watch", "show", "resident_medical_cost", "--json").data
    assert shown["sources"] == {"medical_settlement": 12}


def test_the_fields_that_rules_may_ask_for_are_listed(doudi: Doudi) -> None:
    assert "certificate_valid_until" in doudi("watch", "words", "disability").out
    names = {row["name"] for row in doudi("watch", "words", "--json").data}
    assert {"deaths_died_on", "medical_settlement_own_paid"} <= names
