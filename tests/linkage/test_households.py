"""Households from registers that know only members."""

from __future__ import annotations

import polars as pl
import pytest

from doudi.linkage import households_found, link_groups, supported_by_group

PERSONS = pl.DataFrame(
    {"person_id": ["a1", "a2", "a3", "b1", "b2", "c1"], "household_id": ["a", "a", "a", "b", "b", None]}
)


def links(**about: tuple[str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row_id": list(about),
            "person_id": [who for who, _ in about.values()],
            "zone": [zone for _, zone in about.values()],
        },
        schema_overrides={"person_id": pl.String},
    )


def groups(**of: str) -> pl.DataFrame:
    return pl.DataFrame({"row_id": list(of), "group_id": list(of.values())})


LINKS = links(
    r1=("a1", "link"), r2=("a2", "link"), r3=("a3", "review"), r4=("b1", "link"), r5=("a1", "link"), r6=(None, "none"),
    r7=("c1", "link"), r8=("b1", "link"), r9=(None, "none"), r10=(None, "none"),
)  # fmt: skip
GROUPS = groups(r1="g1", r2="g1", r3="g1", r4="g2", r5="g2", r6="g3", r7="g4", r8="g5", r9="g5", r10="g5")


def test_which_households_a_register_of_members_reaches() -> None:
    found = {row["household_id"]: row for row in households_found(LINKS, PERSONS).iter_rows(named=True)}
    assert (found["a"]["members"], found["a"]["members_found"]) == (3, 2)
    assert found["b"]["share"] == pytest.approx(0.5)
    assert found.keys() == {"a", "b"}


@pytest.mark.parametrize(
    ("group", "household", "zone", "why"),
    [("g1", "a", "link", None), ("g2", "a", "review", "several_households"), ("g3", None, "none", "nobody_linked"),
     ("g4", None, "none", "nobody_linked"), ("g5", "b", "review", "few_linked")],
)  # fmt: skip
def test_which_household_a_group_is(group: str, household: str | None, zone: str, why: str | None) -> None:
    found = link_groups(LINKS, GROUPS, PERSONS).filter(pl.col("group_id") == group).row(0, named=True)
    assert (found["household_id"], found["zone"], found["why"]) == (household, zone, why)


def test_counts_add_up() -> None:
    found = link_groups(LINKS, GROUPS, PERSONS)
    assert found["rows"].sum() == GROUPS.height


def test_a_row_in_review_whose_household_fits_is_pointed_out_and_not_linked() -> None:
    assert supported_by_group(LINKS, GROUPS, PERSONS).rows() == [("r3", "a3", "a")]
    assert LINKS.filter(pl.col("row_id") == "r3")["zone"].item() == "review"
