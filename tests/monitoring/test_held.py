"""What departments' rows tell of what is received, and what cannot be said where no feed tells it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from doudi.assessment.register_columns import columns_of
from doudi.assessment.statute import law_of
from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contract, contracts
from doudi.monitoring.ground import ground_of
from doudi.monitoring.held import feeds_telling, holdings_told, tellings, with_held
from doudi.monitoring.rows import entity_of, rows_of_feeds
from doudi.programmes.catalogue import catalogue
from doudi.rules.columns import Columns
from tests.monitoring.county import FIRST, REGION, Village

LIVING, NURSING = (
    contract("disability_subsidies").fields["subsidy"].codes.index(code) for code in ("living", "nursing")
)  # type: ignore[union-attr]


def paid(*rows: tuple[int, int, int, int, int]) -> dict[str, pl.DataFrame]:
    """Rows of household, person, kind, month and fen."""
    names = (
        "household",
        "person",
        *(f"disability_subsidies_{name}" for name in ("subsidy", "month", "amount")),
    )
    return {"disability_subsidies": pl.DataFrame(list(rows), schema=list(names), orient="row")}


def test_the_newest_month_tells_what_is_received_now() -> None:
    found = holdings_told(paid(
        (0, 0, LIVING, 20260501, 9000), (0, 0, LIVING, 20260601, 11000), (1, 2, LIVING, 20260501, 8000),
        (1, 3, NURSING, 20260601, 12000),
    ))  # fmt: skip
    assert found is not None
    items = Vocabulary.load().codes["aid_item"]
    told = [
        (row["household"], row["owner"], items.code(row["holding_item"]), row["holding_monthly"])
        for row in found.to_dicts()
    ]
    assert told == [(0, 0, "disability_living", 11000), (1, 3, "disability_nursing", 12000)]


def test_two_payments_of_a_month_are_added_and_who_is_gone_holds_nothing() -> None:
    found = holdings_told(
        paid((0, 0, LIVING, 20260601, 9000), (0, 0, LIVING, 20260601, 500), (0, -1, LIVING, 20260601, 700))
    )
    assert found is not None
    assert found["holding_monthly"].to_list() == [9500]


def test_no_feed_no_holdings() -> None:
    assert holdings_told({}) is None


@pytest.fixture(scope="module")
def columns(village: Village) -> Columns:
    ground = ground_of(village.of(FIRST), village.store)
    return columns_of(ground.register, law_of(REGION, FIRST))


def test_holdings_stand_among_those_of_the_register_in_the_order_of_households(columns: Columns) -> None:
    found = with_held(columns, paid((2, 4, LIVING, 20260601, 11000), (0, 1, NURSING, 20260601, 9000)))
    assert found.counts["holding"] == columns.counts["holding"] + 2
    parents = found.parents["holding"]
    assert (np.diff(parents) >= 0).all()
    assert {len(column) for name, column in found.values.items() if name.startswith("holding_")} == {
        len(parents)
    }
    assert {len(mask) for name, mask in found.unknown.items() if name.startswith("holding_")} <= {
        len(parents)
    }
    added = np.flatnonzero(
        np.isin(found.values["holding_monthly"], (11000, 9000)) & (found.values["holding_item"] > 0)
    )
    assert found.links["holding", "owner"][added].tolist() == [1, 4]
    assert found.values["holding_has_owner"][added].all()


def test_columns_stay_as_they_are_where_nothing_is_told(columns: Columns) -> None:
    assert with_held(columns, {}) is columns


def test_what_the_list_of_tellings_names_exists() -> None:
    for one in tellings():
        assert one.programme in catalogue().programmes
        assert one.feed in contracts()
        assert set(one.fields) <= rows_of_feeds()[entity_of(one.feed)].told.keys()
        for field, code in one.where.items():
            codes = contract(one.feed).fields[field].codes
            assert codes is not None
            assert code in codes


def test_the_roll_tells_of_basic_aid_and_of_what_is_held_with_it() -> None:
    told = feeds_telling()
    assert {
        told[id] for id in ("dibao", "single_dibao", "tekun_living", "tekun_care", "dibao_supplement")
    } == {"aid_roll"}
    assert told["disability_nursing"] == "disability_subsidies"
    assert "heating_allowance" not in told
