"""What departments' rows mean as facts: one sentence a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.evidence.building import TELLERS
from tests.evidence.grounds import CHILD, DAY, HIS_WIFE, MONTHS, OLD_MAN, WORKER, ground

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def told(
    folder: Path, fact: str, feeds: Rows, subject: str = "person", **states: str
) -> dict[tuple[str, str], str | None]:
    """What each source tells: (subject, source) → value."""
    parts = [each.collect() for each in TELLERS[subject, fact](ground(folder, feeds, **states))]
    every = pl.concat([part.select("subject_id", "source", "value") for part in parts])
    return {(who, source): value for who, source, value in every.iter_rows() if source != "registry"}


def monthly(person: str, months: Sequence[str] = MONTHS, **fields: Any) -> list[dict[str, Any]]:
    return [{"person": person, "month": month, **fields} for month in months]


PENSION = monthly(OLD_MAN, pension="resident", amount="180.00", central_basic="123.00")


def test_a_pension_is_the_sum_of_its_months_without_the_part_of_the_centre(tmp_path: Path) -> None:
    feeds = {"pensions": PENSION}
    assert told(tmp_path, "pension", feeds) == {(OLD_MAN, "pensions"): "684.00"}
    assert told(tmp_path, "basic_pension_central", feeds) == {(OLD_MAN, "pensions"): "1476.00"}
    assert told(tmp_path, "survivor_benefit", feeds) == {}


def test_survivors_benefits_are_no_pension(tmp_path: Path) -> None:
    feeds = {"pensions": monthly(HIS_WIFE, pension="survivor", amount="500.00")}
    assert told(tmp_path, "survivor_benefit", feeds) == {(HIS_WIFE, "pensions"): "6000.00"}
    assert told(tmp_path, "pension", feeds) == {}


def test_wages_are_what_tax_was_reported_on_and_contributions_tell_their_base(tmp_path: Path) -> None:
    feeds = {
        "tax": [*monthly(WORKER, income_kind="wage", income="3000.00"),
                *monthly(WORKER, MONTHS[:1], income_kind="labour", income="500.50"),
                *monthly(WORKER, MONTHS[:2], income_kind="lease", income="1000.00")],
        "social_insurance": [*monthly(WORKER, insurance="pension", base="4000.00"),
                             *monthly(WORKER, insurance="unemployment", base="4000.00")],
    }  # fmt: skip
    assert told(tmp_path, "wage", feeds) == {
        (WORKER, "tax"): "36500.50",
        (WORKER, "social_insurance"): "48000.00",
    }
    assert told(tmp_path, "property_gross", feeds) == {(WORKER, "tax"): "2000.00"}
    assert told(tmp_path, "business_gross", feeds) == {}


def test_taxes_and_own_contributions_are_transfers_paid(tmp_path: Path) -> None:
    feeds = {
        "tax": monthly(WORKER, MONTHS[:2], income_kind="wage", income="9000.00", tax="30.00"),
        "social_insurance": monthly(
            WORKER, MONTHS[:1], insurance="pension", base="9000.00", own_part="720.00"
        ),
    }
    assert told(tmp_path, "transfers_paid", feeds) == {(WORKER, "social_insurance+tax"): "780.00"}


def test_a_sale_is_a_one_off_receipt(tmp_path: Path) -> None:
    feeds = {"tax": monthly(WORKER, MONTHS[:1], income_kind="transfer", income="80000.00")}
    assert told(tmp_path, "one_off_receipt", feeds) == {(WORKER, "tax"): "80000.00"}


@pytest.mark.parametrize(
    ("fact", "feed"),
    [
        ("elder_allowance", "elder_allowances"),
        ("disability_subsidy", "disability_subsidies"),
        ("unemployment_benefit", "unemployment_benefits"),
    ],
)
def test_allowances_are_summed_over_their_months(tmp_path: Path, fact: str, feed: str) -> None:
    feeds = {feed: monthly(OLD_MAN, MONTHS[-3:], amount="50.00")}
    assert told(tmp_path, fact, feeds) == {(OLD_MAN, feed): "150.00"}


def test_support_of_children_counts_from_the_month_it_began(tmp_path: Path) -> None:
    row = {"person": CHILD, "scheme": "orphan", "since": date(2026, 5, 1), "monthly": "1300.00"}
    assert told(tmp_path, "child_allowance", {"children_support": [row]}) == {
        (CHILD, "children_support"): "2600.00"
    }
    assert told(tmp_path, "other_scheme", {"children_support": [row]}) == {
        (CHILD, "children_support"): "orphan"
    }


def test_aid_is_shared_by_those_it_is_paid_for_and_temporary_aid_is_added(tmp_path: Path) -> None:
    roll = {"household_number": "J1", "programme": "dibao", "monthly": "600.00", "since": date(2020, 1, 1)}
    feeds = {
        "aid_roll": [{"person": OLD_MAN, **roll}, {"person": HIS_WIFE, **roll}],
        "temporary_aid": [
            {"person": OLD_MAN, "cause": "illness", "granted_on": date(2026, 2, 1), "amount": "1000.00"}
        ],
    }
    assert told(tmp_path, "social_aid", feeds) == {
        (OLD_MAN, "temporary_aid+aid_roll"): "4600.00", (HIS_WIFE, "temporary_aid+aid_roll"): "3600.00",
    }  # fmt: skip


def test_who_is_enrolled_studies_and_who_has_graduated_does_not(tmp_path: Path) -> None:
    enrolled = {
        "person": CHILD,
        "study": "primary",
        "state": "enrolled",
        "full_time": True,
        "grant": "500.00",
    }
    feeds = {"enrolment": [enrolled, {"person": WORKER, "study": "bachelor", "state": "graduated"}]}
    assert told(tmp_path, "study", feeds) == {(CHILD, "enrolment"): "primary", (WORKER, "enrolment"): "none"}
    assert told(tmp_path, "full_time", feeds) == {(CHILD, "enrolment"): "true"}
    assert told(tmp_path, "scholarship", feeds) == {(CHILD, "enrolment"): "500.00"}


def test_disability_is_that_of_the_certificate_in_force(tmp_path: Path) -> None:
    ended = {
        "person": OLD_MAN,
        "disability": "sight",
        "grade": "1",
        "state": "cancelled",
        "issued_on": date(2024, 1, 1),
    }
    valid = {
        "person": OLD_MAN,
        "disability": "limb",
        "grade": "2",
        "state": "valid",
        "issued_on": date(2020, 1, 1),
    }
    feeds = {"disability": [valid, ended]}
    assert told(tmp_path, "disability", feeds) == {(OLD_MAN, "disability"): "limb"}
    assert told(tmp_path, "disability_grade", feeds) == {(OLD_MAN, "disability"): "2"}
    assert told(tmp_path, "disability", {"disability": [ended]}) == {(OLD_MAN, "disability"): "none"}


def test_without_a_state_the_certificates_date_decides(tmp_path: Path) -> None:
    row = {"person": OLD_MAN, "disability": "limb", "grade": "2"}
    for until, kind in ((DAY, "limb"), (date(2026, 7, 30), "none")):
        feeds = {"disability": [{**row, "valid_until": until}]}
        assert told(tmp_path, "disability", feeds) == {(OLD_MAN, "disability"): kind}


def test_the_certificate_does_not_tell_the_gravest_part_of_a_multiple_disability(tmp_path: Path) -> None:
    feeds = {"disability": [{"person": OLD_MAN, "disability": "multiple", "grade": "1", "state": "valid"},
                            {"person": WORKER, "disability": "limb", "grade": "4", "state": "valid"}]}  # fmt: skip
    assert told(tmp_path, "gravest_component", feeds) == {
        (OLD_MAN, "disability"): None,
        (WORKER, "disability"): "none",
    }


def test_the_illness_last_settled_within_a_year_counts(tmp_path: Path) -> None:
    bill = {"person": OLD_MAN, "total": "100.00", "own_paid": "10.00"}
    feeds = {
        "medical_settlement": [
            {**bill, "illness": "cancer", "settled_on": date(2026, 5, 1)},
            {**bill, "illness": "none", "settled_on": date(2026, 6, 1)},
            {**bill, "person": WORKER, "illness": "uraemia", "settled_on": date(2025, 7, 30)},
        ]
    }
    assert told(tmp_path, "illness", feeds) == {(OLD_MAN, "medical_settlement"): "cancer"}


def test_custody_lasts_until_the_release(tmp_path: Path) -> None:
    held = {
        "person": WORKER,
        "absence": "prison",
        "since": date(2025, 8, 31),
        "reported_on": date(2025, 9, 5),
    }
    freed = {**held, "absence": "released", "reported_on": date(2026, 6, 1)}
    assert told(tmp_path, "absence", {"custody": [held]}) == {(WORKER, "custody"): "prison"}
    assert told(tmp_path, "absence_months", {"custody": [held]}) == {(WORKER, "custody"): "11"}
    assert told(tmp_path, "absence", {"custody": [held, freed]}) == {(WORKER, "custody"): "none"}
    over = {**held, "until": DAY}
    assert told(tmp_path, "absence", {"custody": [over]}) == {(WORKER, "custody"): "none"}


def test_work_is_seen_in_contributions_registrations_and_businesses(tmp_path: Path) -> None:
    feeds = {
        "social_insurance": monthly(WORKER, MONTHS[-2:], insurance="pension", base="3000.00"),
        "employment": [{"person": WORKER, "event": "employed", "happened_on": date(2026, 4, 20), "registered_on": date(2026, 5, 1)},
                       {"person": HIS_WIFE, "event": "ended", "happened_on": date(2026, 4, 1), "registered_on": date(2026, 5, 1)}],
        "market_entities": [{"person": OLD_MAN, "role": "operator", "state": "open", "credit_code": "X1"},
                            {"person": HIS_WIFE, "role": "operator", "state": "closed", "credit_code": "X2"}],
    }  # fmt: skip
    assert told(tmp_path, "works", feeds) == {
        (WORKER, "social_insurance"): "true", (WORKER, "employment"): "true", (HIS_WIFE, "employment"): "false",
        (OLD_MAN, "market_entities"): "true",
    }  # fmt: skip
    assert told(tmp_path, "started_work_on", feeds) == {
        (WORKER, "employment"): "2026-04-20", (WORKER, "social_insurance"): "2026-05-01",
    }  # fmt: skip


def test_contributions_that_stopped_are_no_work_now(tmp_path: Path) -> None:
    feeds = {"social_insurance": monthly(WORKER, MONTHS[:4], insurance="pension", base="3000.00")}
    assert told(tmp_path, "works", feeds) == {}
    assert told(tmp_path, "started_work_on", feeds) == {}, "they began before the twelve months"


def test_who_registers_as_jobless_is_jobless_until_the_next_job(tmp_path: Path) -> None:
    lost = {
        "person": WORKER,
        "event": "unemployed",
        "happened_on": date(2026, 2, 1),
        "registered_on": date(2026, 2, 9),
    }
    found = {
        "person": WORKER,
        "event": "employed",
        "happened_on": date(2026, 6, 1),
        "registered_on": date(2026, 6, 9),
    }
    assert told(tmp_path, "jobless", {"employment": [lost]}) == {(WORKER, "employment"): "true"}
    assert told(tmp_path, "jobless", {"employment": [lost, found]}) == {(WORKER, "employment"): "false"}


def test_the_last_marriage_or_divorce_counts_beside_the_booklet(tmp_path: Path) -> None:
    feeds = {
        "marriages": [{"woman": WORKER, "event": "marriage", "registered_on": date(2026, 1, 1)},
                      {"woman": WORKER, "event": "divorce", "registered_on": date(2026, 5, 1)},
                      {"woman": WORKER, "event": "renewed", "registered_on": date(2026, 6, 1)}],
        "residents": [{"person": WORKER, "marital": "single", "booklet": "B2"}],
    }  # fmt: skip
    assert told(tmp_path, "marital", feeds) == {
        (WORKER, "marriages"): "divorced",
        (WORKER, "residents"): "single",
    }


def test_the_roll_tells_of_class_recognition_and_application(tmp_path: Path) -> None:
    row = {"household_number": "J1", "monthly": "300.00", "since": date(2024, 5, 1)}
    feeds = {"aid_roll": [{"person": OLD_MAN, "programme": "dibao", "band": "b", **row},
                          {"person": WORKER, "programme": "low_margin", **row}]}  # fmt: skip
    assert told(tmp_path, "dibao_class", feeds, "household") == {("h1", "aid_roll"): "b"}
    assert told(tmp_path, "low_margin_recognised", feeds, "household") == {("h2", "aid_roll"): "true"}
    assert told(tmp_path, "ever_applied", feeds, "household") == {
        ("h1", "aid_roll"): "true",
        ("h2", "aid_roll"): "true",
    }
    tekun = {"aid_roll": [{"person": OLD_MAN, "programme": "tekun", **row}]}
    assert told(tmp_path, "already_tekun", tekun) == {(OLD_MAN, "aid_roll"): "true"}
    assert told(tmp_path, "tekun_as_minor", tekun) == {}, "what was before the roll began is not known"
    child = {"aid_roll": [{"person": CHILD, "programme": "tekun", **row}]}
    assert told(tmp_path, "tekun_as_minor", child) == {(CHILD, "aid_roll"): "true"}


def test_a_mark_of_monitoring_ends_with_its_risk(tmp_path: Path) -> None:
    row = {"person": OLD_MAN, "monitored": "edge", "identified_on": date(2025, 1, 1)}
    for removed, mark in ((False, "edge"), (True, "none")):
        feeds = {"monitoring_list": [{**row, "risk_removed": removed}]}
        assert told(tmp_path, "monitored_mark", feeds, "household") == {("h1", "monitoring_list"): mark}


def test_a_recent_fire_is_an_emergency_and_makes_the_house_unsafe(tmp_path: Path) -> None:
    fire = {
        "person": OLD_MAN,
        "disaster": "fire",
        "happened_on": date(2026, 7, 1),
        "house": "collapsed",
        "loss": "0.00",
    }
    feeds = {"disaster": [fire]}
    assert told(tmp_path, "urgent_event", feeds, "household") == {("h1", "disaster"): "fire"}
    assert told(tmp_path, "safe_housing", feeds, "household") == {("h1", "disaster"): "false"}
    assert (
        told(tmp_path, "urgent_event", {"disaster": [{**fire, "happened_on": date(2026, 4, 1)}]}, "household")
        == {}
    )


def test_the_cause_of_temporary_aid_is_an_emergency(tmp_path: Path) -> None:
    aid = {"person": CHILD, "cause": "accident", "granted_on": date(2026, 6, 1), "amount": "800.00"}
    feeds = {"temporary_aid": [aid]}
    assert told(tmp_path, "urgent_event", feeds, "household") == {("h2", "temporary_aid"): "accident"}


def test_one_member_in_a_booklet_gives_the_household_its_registration(tmp_path: Path) -> None:
    feeds = {"residents": [{"person": OLD_MAN, "booklet": "B1"}]}
    assert told(tmp_path, "has_residence_registration", feeds, "household") == {("h1", "residents"): "true"}
