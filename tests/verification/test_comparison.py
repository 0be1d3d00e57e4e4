"""Declared against found: every outcome, from both sides of its line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from doudi.verification import Checks, MeansError, Report, check
from doudi.verification.declared import Thing
from doudi.verification.report import last_day
from doudi.verification.things import pair, plain
from tests.verification.conftest import Asked, Checked, result_of
from tests.verification.family import DAY, HOME, PLATE, fact, person

VEHICLE = {
    "kind": "vehicle",
    "person_id": "p1",
    "source": "vehicles",
    "number": f"{PLATE}/小型汽车",
    "value": 63800,
}
DECLARED_VEHICLE = (
    "    - {kind: deposit,",
    f"    - {{kind: vehicle, person: p1, number: {PLATE}, value: 52000}}\n    - {{kind: deposit,",
)


@pytest.mark.parametrize(
    ("found", "outcome", "difference"),
    [
        ("15000.00", "match", 0),
        ("15120.00", "match", 12_000),
        ("15120.01", "differs", 12_001),
        ("14880.00", "match", -12_000),
        ("14879.99", "differs", -12_001),
        ("0.00", "declared_only", -1_500_000),
    ],
)
def test_income_matches_up_to_the_tolerance_and_not_a_fen_beyond(
    checked: Checked, found: str, outcome: str, difference: int
):
    result = result_of(checked(told={("p1", "wage"): found}), "p1/wage")
    assert (result.outcome, result.difference) == (outcome, difference)
    assert result.sources == ("tax",)


def test_income_that_was_not_declared_is_found_with_its_value(checked: Checked):
    result = result_of(checked(told={("p2", "pension"): "3600.00"}), "p2/pension")
    assert (result.outcome, result.declared, result.found, result.difference) == (
        "found_only",
        0,
        360_000,
        360_000,
    )


def test_income_that_was_not_stated_at_all_is_found_but_never_matched(checked: Checked):
    silent = (
        "born: 1974-05-02, marital: married, income: {business_gross: 3000, business_cost: 1000}",
        "born: 1974-05-02",
    )
    report = checked(silent, told={("p2", "pension"): "3600.00"})
    assert result_of(report, "p2/pension").outcome == "found_only"
    wage = result_of(report, "p2/wage")
    assert (wage.outcome, wage.reason, wage.declared) == ("no_answer", "not_declared", None)


def test_the_source_that_counts_first_is_compared_and_the_other_is_told(checked: Checked):
    report = checked(told={("p1", "wage"): [("15000.00", "tax"), ("24000.00", "social_insurance")]})
    result = result_of(report, "p1/wage")
    assert (result.outcome, result.found, result.others) == (
        "match",
        1_500_000,
        (("social_insurance", 2_400_000),),
    )


def test_a_value_made_of_two_feeds_needs_both(checked: Checked):
    told = {("p1", "social_aid"): "2400.00"}
    assert result_of(checked(told=told), "p1/social_aid").sources == ("temporary_aid", "aid_roll")
    silent = result_of(checked(told=told, states={"temporary_aid": "late"}), "p1/social_aid")
    assert (silent.outcome, silent.reason, silent.others) == (
        "no_answer", "late", (("temporary_aid+aid_roll", 240_000),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact_name", "value", "outcome"),
    [
        ("disability", "limb", "found_only"),
        ("disability", "none", "match"),
        ("illness", "cancer", "found_only"),
    ],
)
def test_a_status_is_compared_by_its_code(checked: Checked, fact_name: str, value: str, outcome: str):
    assert result_of(checked(told={("p1", fact_name): value}), f"p1/{fact_name}").outcome == outcome


def test_a_status_that_was_declared_otherwise_differs_and_one_not_found_is_declared_only(checked: Checked):
    assert result_of(checked(told={("p3", "study"): "senior"}), "p3/study").outcome == "differs"
    assert result_of(checked(told={("p3", "study"): "none"}), "p3/study").outcome == "declared_only"


def test_a_status_that_was_left_open_is_told_as_found_and_disagrees_with_nothing(checked: Checked):
    report = checked(("born: 1974-05-02, marital: married,", "born: 1974-05-02,"))
    result = result_of(report, "p2/marital")
    assert (result.outcome, result.reason, result.found) == ("no_answer", "not_stated", "married")
    assert not result.disagrees


def test_somebody_declared_who_has_died_is_found_dead(checked: Checked):
    dead = person("p2", state="died", ended_on=DAY, source="deaths", row_ids=["deaths:1"])
    report = checked(people=[person("p1"), dead, person("p3")])
    living = result_of(report, "p2/living")
    assert (living.outcome, living.found, living.sources) == ("differs", "died", ("deaths",))
    assert result_of(report, "p1/living").outcome == "match"
    assert (result_of(report, "p2/vehicle").outcome, result_of(report, "p2/vehicle").reason) == (
        "no_answer",
        "gone",
    )


def test_a_death_is_not_looked_up_where_the_authorisation_does_not_cover_it(checked: Checked):
    dead = person("p2", state="died", ended_on=DAY, source="deaths", row_ids=["deaths:1"])
    report = checked(("sources: all", "sources: [tax]"), people=[person("p1"), dead, person("p3")])
    assert result_of(report, "p2/living").reason == "out_of_scope"


class TestNoAnswerIsNeverNothingFound:
    @pytest.mark.parametrize(("state", "reason"), [("late", "late"), ("never", "never")])
    def test_where_the_source_is_behind_or_never_came(self, checked: Checked, state: str, reason: str):
        report = checked(
            DECLARED_VEHICLE, states={"vehicles": state, "tax": state, "social_insurance": state}
        )
        for key in ("p1/vehicle/1", "p2/vehicle", "p1/wage"):
            result = result_of(report, key)
            assert (result.outcome, result.reason, result.found) == ("no_answer", reason, None)

    def test_what_a_late_source_knew_before_is_told(self, checked: Checked):
        report = checked(things=[HOME, VEHICLE], states={"vehicles": "late"})
        result = result_of(report, "p1/vehicle")
        assert (result.outcome, result.others) == ("no_answer", (("vehicles", 6_380_000),))

    def test_where_months_are_missing_from_the_year(self, checked: Checked):
        report = checked(whole={"tax": False, "social_insurance": False})
        assert result_of(report, "p1/wage").reason == "incomplete"

    def test_where_the_authorisation_does_not_cover_the_source(self, checked: Checked):
        report = checked(("sources: all", "sources: [tax]"), things=[HOME, VEHICLE])
        result = result_of(report, "p1/vehicle")
        assert (result.outcome, result.reason, result.others) == ("no_answer", "out_of_scope", ())
        assert {each["feed"]: each["state"] for each in report.data["sources"]}["vehicles"] == "out_of_scope"
        assert PLATE not in report.text()

    def test_where_a_row_is_still_in_review(self, checked: Checked):
        report = checked(
            links={"vehicles": ["p1"]}, facts=[fact("p2", "pension", None, "pensions", "in_review")]
        )
        assert result_of(report, "p1/vehicle").reason == "in_review"
        assert result_of(report, "p2/pension").reason == "in_review"
        assert result_of(report, "p2/vehicle").outcome == "match"

    def test_but_a_finding_beside_a_row_in_review_is_told_with_a_caution(self, checked: Checked):
        result = result_of(checked(things=[HOME, VEHICLE], links={"vehicles": ["p1"]}), "p1/vehicle/1")
        assert (result.outcome, result.reason) == ("found_only", "in_review")

    def test_where_the_person_is_not_identified(self, checked: Checked):
        report = checked(people=[person("p1"), person("p3")])
        own = [
            result
            for result in report.results
            if result.person_id == "p2" and result.outcome != "not_checkable"
        ]
        assert own
        assert {(result.outcome, result.reason) for result in own} == {("no_answer", "unknown_person")}

    def test_where_silence_of_the_tax_office_proves_nothing(self, checked: Checked):
        assert result_of(checked(), "p1/business_gross").reason == "silent"

    def test_where_the_source_lists_only_some(self, checked: Checked):
        tractor = {
            "kind": "machine",
            "person_id": "p2",
            "source": "vehicles",
            "number": "演T1",
            "value": 9000,
        }
        declared = (
            "    - {kind: deposit,",
            "    - {kind: machine, person: p1, value: 5000}\n    - {kind: deposit,",
        )
        report = checked(declared, things=[HOME, tractor])
        outcomes = {
            result.person_id: (result.outcome, result.reason)
            for result in report.results
            if result.item == "machine"
        }
        assert outcomes == {
            "p1": ("no_answer", "silent"),
            "p2": ("found_only", ""),
            "p3": ("no_answer", "silent"),
        }

    def test_where_no_department_has_data(self, checked: Checked):
        report = checked(("    - {kind: deposit,", "    - {kind: cash, value: 500}\n    - {kind: deposit,"))
        assert result_of(report, "household/cash").outcome == "not_checkable"


class TestThings:
    def test_a_vehicle_is_found_by_its_plate_whatever_it_is_worth(self, checked: Checked):
        result = result_of(checked(DECLARED_VEHICLE, things=[HOME, VEHICLE]), "p1/vehicle/1")
        assert (result.outcome, result.declared, result.found, result.difference) == (
            "match",
            5_200_000,
            6_380_000,
            None,
        )

    def test_another_plate_is_another_vehicle(self, checked: Checked):
        report = checked(DECLARED_VEHICLE, things=[HOME, VEHICLE | {"number": "演Z99999/小型汽车"}])
        outcomes = {
            result.outcome: result.difference
            for result in report.results
            if result.item == "vehicle" and result.number
        }
        assert outcomes == {"declared_only": -5_200_000, "found_only": 6_380_000}

    def test_a_home_without_a_number_is_matched_by_owner_and_kind(self, checked: Checked):
        result = result_of(checked(), "p1/home/1")
        assert (result.outcome, result.area_declared, result.area_found) == ("match", 9_000, 9_000)

    def test_a_thing_that_cannot_be_valued_is_counted_and_not_summed(self, checked: Checked):
        report = checked(things=[HOME, {**HOME, "person_id": "p2", "number": "U2"}])
        assert result_of(report, "p2/home/2").difference is None
        assert report.data["totals"]["property"]["unvalued"] == 1
        assert report.data["totals"]["property"]["difference"] == 0

    def test_cancelled_registrations_are_no_property(self, checked: Checked):
        report = checked(things=[HOME, VEHICLE | {"rule": "gone"}])
        assert result_of(report, "p1/vehicle").outcome == "match"

    def test_what_several_members_own_is_the_households(self, checked: Checked):
        report = checked(
            things=[{**HOME, "person_id": None}], people=[person("p1"), person("p2"), person("p3")]
        )
        assert result_of(report, "household/home/1").outcome == "match"
        assert [result.key for result in report.results if result.item == "home"] == ["household/home/1"]

    def test_what_may_belong_to_somebody_who_was_not_asked_is_left_to_a_person(self, checked: Checked):
        report = checked(things=[{**HOME, "person_id": None}])  # s1 lives there too and is not in the request
        assert result_of(report, "p1/home/1").reason == "in_review"

    def test_things_are_paired_nearest_value_first_and_never_twice(self):
        declared = [Thing("vehicle", "p1", 100), Thing("vehicle", "p1", 900)]
        found = [Thing("vehicle", "p1", 880), Thing("vehicle", "p1", 120), Thing("vehicle", "p2", 100)]
        pairs = [(mine and mine.value, theirs and theirs.value) for mine, theirs in pair(declared, found)]
        assert pairs == [(100, 120), (900, 880), (None, 100)]

    def test_numbers_are_the_same_however_they_are_written(self):
        assert plain("演A·１２３４５ ") == plain("演a12345/小型汽车") == "演A12345"


def test_money_of_the_totals_is_that_of_the_results(checked: Checked):
    report = checked(
        DECLARED_VEHICLE, told={("p1", "wage"): "27600.00", ("p2", "pension"): "3600.00"},
        things=[HOME, VEHICLE | {"number": "演Z99999"},
                {"entity": "expense", "kind": "medical", "person_id": "p2", "source": "medical_settlement", "amount": 5210.55}],
    )  # fmt: skip
    income, property_, expense = (report.data["totals"][group] for group in ("income", "property", "expense"))
    assert (income["declared"], income["found"], income["difference"]) == (1_800_000, 3_420_000, 1_620_000)
    assert (property_["declared"], property_["found"], property_["difference"]) == (
        5_200_000,
        6_380_000,
        1_180_000,
    )
    assert expense["difference"] == 521_055
    for each in report.data["totals"].values():
        assert each["difference"] == each["found"] - each["declared"]
    assert sum(report.data["counts"].values()) == len(report.results)


def test_the_conclusion_says_whether_all_agrees_and_whether_all_answered(checked: Checked):
    assert checked().data["conclusion"] == "agrees_open"
    assert checked(told={("p1", "wage"): "1.00"}).data["conclusion"] == "differs_open"


def test_keys_are_unique_in_a_report(checked: Checked):
    report = checked(
        DECLARED_VEHICLE, things=[HOME, VEHICLE, {**VEHICLE, "number": "演Z1", "person_id": "p2"}]
    )
    keys = [result.key for result in report.results]
    assert len(keys) == len(set(keys))


def test_a_report_is_valid_to_the_day_before_the_same_day_of_its_last_month(checked: Checked):
    report = checked()
    assert report.data["valid_until"] == "2027-01-31"
    until = report.valid_until
    assert until is not None
    assert not report.expired(until)
    assert report.expired(until + timedelta(days=1))
    assert last_day(DAY.replace(month=8, day=31), 6) == DAY.replace(year=2027, month=2, day=27)
    assert last_day(DAY, None) is None


def test_where_the_place_sets_no_terms_every_fen_counts_and_no_report_lapses(checked: Checked):
    report = checked(('region: "999901"', 'region: "610124"'), told={("p1", "wage"): "15000.01"})
    assert report.number.startswith("610124-2026-")
    assert result_of(report, "p1/wage").outcome == "differs"
    assert report.valid_until is None
    assert report.data["terms"]["validity"]["reference"] is None


def test_only_the_members_asked_about_are_in_the_report(checked: Checked):
    report = checked(("date: 2026-08-01", "date: 2026-08-01\nmembers: [p1]"))
    assert [member["person_id"] for member in report.data["members"]] == ["p1"]
    assert {result.person_id for result in report.results} <= {"p1", None}


def test_the_evidence_must_be_a_build(tmp_path: Path, asked: Asked, checks: Checks):
    with pytest.raises(MeansError) as told:
        check(asked(), tmp_path, checks, "officer1")
    assert told.value.problems[0].code == "means.evidence"
    assert checks.numbers() == []


def test_supporters_who_refuse_are_recorded_and_never_asked_about(checked: Checked):
    report = checked(facts=[fact("s1", "wage", "90000.00", "tax")])
    (supporter,) = report.data["supporters"]
    assert (supporter["agreed"], supporter["result"]["reason"], supporter["result"]["found"]) == (
        False,
        "refused",
        None,
    )
    assert "9000000" not in report.text()


def test_supporters_who_agree_are_compared_by_their_own_income(checked: Checked):
    agreed = (
        "{supporter: s1, agreed: false, answered_on: 2026-07-28}",
        "{supporter: s1, agreed: true, person_id: s1}",
    )
    told = [fact("s1", name, value, source) for name, value, source in (
        ("wage", "42000.00", "tax"), ("business_gross", "0.00", "tax"), ("property_gross", "0.00", "tax"),
        ("one_off_receipt", "0.00", "tax"), ("pension", "0.00", "pensions"), ("basic_pension_central", "0.00", "pensions"),
        ("survivor_benefit", "0.00", "pensions"), ("unemployment_benefit", "0.00", "unemployment_benefits"),
    )]  # fmt: skip
    (supporter,) = checked(agreed, facts=told).data["supporters"]
    assert (supporter["result"]["outcome"], supporter["result"]["difference"]) == ("differs", 200_000)
    (silent,) = checked(agreed, facts=told, states={"pensions": "late"}).data["supporters"]
    assert (silent["result"]["outcome"], silent["result"]["reason"]) == ("no_answer", "late")
    unknown = ("{supporter: s1, agreed: false, answered_on: 2026-07-28}", "{supporter: s1, agreed: true}")
    assert checked(unknown).data["supporters"][0]["result"]["reason"] == "unidentified"


def test_a_result_survives_its_file(checked: Checked):
    report = checked(told={("p1", "wage"): [("15000.00", "tax"), ("24000.00", "social_insurance")]})
    again = Report.from_text(report.text())
    assert again.results == report.results
