"""What is presumed where no source tells: only gaps are filled, each with its reason, and never among the facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from doudi.evidence.presumed_kin import presumed_kin
from doudi.evidence.presumptions import Presumption, presumed, presumptions
from doudi.evidence.register import UNKNOWN
from doudi.evidence.registry import declared_type
from doudi.evidence.schema import PRESUMED
from doudi.facts.vocabulary import Vocabulary

DAY = date(2026, 7, 31)


def table(entity: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """A table of a register with every column; what is not written is not known."""
    facts = Vocabulary.load().entities[entity]
    schema = {
        name: pl.String() if fact.may_be_none else declared_type(facts, name)
        for name, fact in facts.facts.items()
    }
    loose = {name: pl.String() if isinstance(kind, pl.Decimal) else kind for name, kind in schema.items()}
    full = [
        {**{name: UNKNOWN for name, fact in facts.facts.items() if fact.may_be_none}, **row} for row in rows
    ]
    return pl.DataFrame(full, schema=loose, orient="row").with_columns(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )


def filled(area: str = "rural", **facts: Any) -> dict[str, Any]:
    """One person of one household after presuming."""
    person = {"person_id": "p", "household_id": "h", "relation": "head", "born": date(1990, 1, 1), "study": "none",
              "disability": "none", "illness": "none"} | facts  # fmt: skip
    told: list[pl.DataFrame] = []
    tables = presumed(
        {"household": table("household", {"household_id": "h", "area": area}), "person": table("person", person)},
        "999901", DAY, told.append,
    )  # fmt: skip
    rows = pl.concat(told)
    assert set(rows["source"]) == {PRESUMED}
    assert rows.select("subject_id", "fact").is_unique().all()
    return tables["person"].row(0, named=True) | {
        f"h.{k}": v for k, v in tables["household"].row(0, named=True).items()
    }


@pytest.mark.parametrize(
    ("who", "area", "wage"),
    [
        ({}, "rural", "24000.00"),
        ({}, "urban", "36000.00"),
        ({"born": date(1960, 1, 1)}, "rural", "6000.00"),
        ({"born": date(1950, 1, 1)}, "rural", "0.00"),
        ({"study": "bachelor"}, "urban", "0.00"),
        ({"disability": "limb", "disability_grade": 2}, "urban", "0.00"),
        ({"disability": "mental", "disability_grade": 3}, "urban", "0.00"),
        ({"disability": "limb", "disability_grade": 3}, "urban", "36000.00"),
        ({"illness": "cancer"}, "rural", "0.00"),
        ({"pension": "24000.00"}, "urban", "0.00"),
        ({"wage": "500.00"}, "urban", "500.00"),
        ({"born": date(2008, 8, 1)}, "rural", "0.00"),
    ],
)
def test_earnings_are_presumed_by_age_area_and_ability_and_never_over_what_is_known(
    who: dict[str, Any], area: str, wage: str
) -> None:
    assert filled(area, **who)["wage"] == Decimal(wage)


def test_care_of_oneself_is_not_presumed_of_the_very_old_and_the_severely_disabled() -> None:
    assert filled()["can_eat"] is True
    assert filled(born=date(1940, 1, 1))["can_eat"] is None
    assert filled(disability="limb", disability_grade=1)["can_eat"] is None


def test_nothing_is_presumed_to_be_owned_beyond_what_was_found() -> None:
    one = filled()
    assert one["h.assets_stated"] is True
    assert one["h.supporters_stated"] is True
    assert one["h.grace_from"] == "none"
    assert one["shares_means"] is True


def test_all_facts_with_a_usual_value_and_all_income_are_filled() -> None:
    one = filled()
    person = Vocabulary.load().entities["person"]
    gaps = {name for name, fact in person.facts.items() if one[name] in (None, UNKNOWN) and fact.in_engine}
    assert gaps == {
        "sex",
        "marital",
        "disability_grade",
        "gravest_component",
        "gravest_component_grade",
        "absence_months",
        "tekun_as_minor",
        "inpatient_in_scope",
        "outpatient_in_scope",
    }


def test_the_entry_of_the_nearest_region_and_the_latest_date_counts() -> None:
    each = Presumption("person", "x", ("wage",), {}, (
        {"region": "000000", "from": date(2020, 1, 1), "value": "1"}, {"region": "000000", "from": date(2025, 1, 1), "value": "2"},
        {"region": "990000", "from": date(2020, 1, 1), "value": "3"}, {"region": "999901", "from": date(2027, 1, 1), "value": "4"},
    ), "", "")  # fmt: skip
    assert each.value("999901", DAY) == "3"
    assert each.value("530102", DAY) == "2"
    assert each.value("530102", date(2024, 1, 1)) == "1"
    assert each.value("530102", date(2019, 1, 1)) is None
    assert each.value("999901", date(2027, 1, 1)) == "4"


def test_every_presumption_has_a_reason_and_names_facts_that_exist() -> None:
    names = [(each.subject, each.name) for each in presumptions()]
    assert len(set(names)) == len(names)
    for each in presumptions():
        assert each.zh
        assert each.en
        assert set(each.facts) <= set(Vocabulary.load().entities[each.subject].facts)
        assert not each.facts or each.value("000000", DAY) is not None


def kin_of(*people: dict[str, Any], stated: bool | None = None) -> pl.DataFrame:
    """The supporters presumed of the people of one household."""
    told = {"study": "none", "disability": "none", "illness": "none", "household_id": "h"}
    rows = [{"person_id": f"p{place}", **told, **person} for place, person in enumerate(people)]
    home = {"household_id": "h", "area": "rural", "supporters_stated": stated}
    return presumed_kin(
        {"household": table("household", home), "person": table("person", *rows)}, "999901", DAY
    )


GRANDMOTHER = {"relation": "head", "born": date(1960, 1, 1), "marital": "widowed"}
GRANDCHILD = {"relation": "grandchild", "born": date(2015, 1, 1), "marital": "single"}


def test_a_child_who_lives_with_grandparents_is_presumed_to_have_a_parent_elsewhere() -> None:
    found = kin_of(GRANDMOTHER, GRANDCHILD)
    assert found.select("entity", "person_id", "relation", "source", "used").rows() == [
        ("supporter", "p1", "parent", PRESUMED, True)
    ]
    assert found["family_income"].to_list() == [Decimal("60000.00")]


def test_no_parent_is_presumed_where_one_lives_there_or_the_household_has_stated_its_supporters() -> None:
    father = {"relation": "child", "born": date(1988, 1, 1)}
    assert kin_of(GRANDMOTHER, father, GRANDCHILD).is_empty()
    assert kin_of(GRANDMOTHER, GRANDCHILD, stated=True).is_empty()
    assert kin_of(GRANDMOTHER, {**GRANDCHILD, "born": date(2005, 1, 1)}).is_empty()
