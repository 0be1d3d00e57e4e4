"""Story 16: 王晓莉 in one department is 王小丽 with one digit of the id wrong in another."""

from __future__ import annotations

import polars as pl
import pytest

from doudi.linkage import Linkage, link
from tests.linkage.people import LI, persons, row_about, rows, with_wrong_digit


def of_the_other_department(place: int) -> dict[str, object]:
    return row_about(LI, f"digit {place}", name="王小丽", id_number=with_wrong_digit(LI["id_number"], place))


@pytest.fixture(scope="module")
def found() -> Linkage:
    return link(rows(*(of_the_other_department(place) for place in range(17))), persons())


def test_she_is_matched_with_a_probability(found: Linkage) -> None:
    assert found.links["person_id"].to_list() == ["li"] * 17
    assert found.links["probability"].is_between(0.9, 1).all()


def test_she_is_shown_to_a_reviewer_with_the_reasons(found: Linkage) -> None:
    assert set(found.links["zone"]) == {"review"}
    assert set(found.links["why"]) == {"neither_agrees"}
    levels = found.waterfall.filter(pl.col("comparison").is_in(["id", "name"])).unique(
        ["comparison", "level"]
    )
    assert set(levels.select("comparison", "level").iter_rows()) == {("id", "near"), ("name", "sound")}


def test_she_is_never_merged_in_silence_however_probable(found: Linkage) -> None:
    certain = found.links.filter(pl.col("probability") > 0.999)
    assert certain.height
    assert "link" not in set(certain["zone"])


def test_the_reviewer_decides_and_is_remembered(found: Linkage) -> None:
    decided = pl.DataFrame({"row_id": ["digit 15"], "person_id": ["li"], "decision": ["link"], "by": ["clerk"],
                            "on": ["2026-08-01"], "note": [None], "fingerprint": [None]},
                           schema_overrides={"note": pl.String, "fingerprint": pl.String})  # fmt: skip
    after = link(rows(of_the_other_department(15)), persons(), decisions=decided)
    assert after.links.select("zone", "by").row(0) == ("link", "clerical")
    again = link(
        rows({**of_the_other_department(15), "row_id": "next year"}),
        persons(),
        earlier_decisions=after.decisions,
    )
    assert again.links.select("zone", "by", "person_id").row(0) == ("link", "remembered", "li")
