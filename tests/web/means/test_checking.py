"""The means check of a case: nothing without authorisation, declared against found, frozen, made again on objection."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from doudi.verification.catalogue import checkable_feeds
from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Authorisation
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.means.matrix import Shown
from doudi.web.means.models import Check
from doudi.web.means.services import objections_of, report
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household, Load
from tests.web.cases.making import START, application, moved
from tests.web.means.making import signed
from tests.web.people import HERE, People
from tests.web.registry.county import DAY, Home, Somebody, id_number, write

AT, NUMBER = START + timedelta(days=2), "h000061"


@pytest.fixture
def begun(people: People) -> Case:
    """An application of a loaded household whose check was begun; nobody has signed."""
    clerk, county = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_CLERK)
    worker = Somebody(
        f"{NUMBER}a",
        "田大山",
        id_number=id_number(date(1970, 5, 1), 61),
        facts={"wage": "3600.00"},
        told_by={"wage": "tax"},
    )
    with tempfile.TemporaryDirectory() as folder, acting_as(system()):
        assert people.regions
        load(
            write(
                Path(folder) / "build",
                [Home(NUMBER, f"村{HERE}", [worker, Somebody(f"{NUMBER}b", "米小芳", "spouse")])],
            ),
            HERE,
            DAY,
        )
        home = Household.objects.get(county=HERE, number=NUMBER)
        Load.objects.update(sources={feed: _state(feed) for feed in checkable_feeds()})
    case = application(people, household=home, at=START)
    for step, user, told in (
        ("accept", clerk, {"papers_complete": True}), ("request_check", clerk, {}), ("start_check", county, {}),
    ):  # fmt: skip
        case = moved(case, step, user, AT, **told).case
    return case


def _state(feed: str) -> dict[str, Any]:
    """What a build says of a feed; one is late."""
    late = feed == "pensions"
    return {
        "state": "late" if late else "fresh", "newest": "2026-07", "missing": ["2026-06"] if late else [], "whole": not late,
        "from": "2025-08",
    }  # fmt: skip


def test_nothing_is_asked_without_every_members_authorisation(begun: Case, people: People):
    county = people.user(Role.COUNTY_CLERK)
    with acting_as(county.scope):
        with pytest.raises(CaseError, match="authorisation"):
            report(begun, "report_check", county, {"check_result": "fits"}, at=AT)
        signed(begun.household, county, AT)
        Authorisation.objects.filter(household=begun.household).order_by("-pk")[0].delete()
        with pytest.raises(CaseError) as unsigned:
            report(begun, "report_check", county, {"check_result": "fits"}, at=AT)
        assert [each.code for each in unsigned.value.problems] == ["means.unsigned"]
        signed(begun.household, county, AT)
        with pytest.raises(CaseError) as expired:
            report(begun, "report_check", county, {"check_result": "fits"}, at=AT + timedelta(days=366))
        assert {each.code for each in expired.value.problems} == {"means.expired"}
        with pytest.raises(CaseError, match="rests on a report"):
            moved(begun, "report_check", county, AT, check_result="fits")
        assert not Check.objects.exists()
    page = people.signed_in(Role.COUNTY_CLERK).get(f"/cases/{begun.pk}/means/").content.decode()
    assert "出具核对报告" in page


def test_what_was_found_and_not_declared_is_told_member_by_member_and_frozen(begun: Case, people: People):
    county = people.user(Role.COUNTY_CLERK)
    with acting_as(county.scope):
        signed(begun.household, county, AT)
        with pytest.raises(CaseError, match="write why"):
            report(begun, "report_check", county, {"check_result": "fits"}, at=AT)
        done = report(begun, "report_check", county, {"check_result": "does_not_fit"}, at=AT)
        row = Check.objects.get(case=begun)
        found = row.report()
        wage = next(each for each in found.results if each.key == f"{NUMBER}a/wage")
        assert (wage.outcome, wage.declared, wage.found, wage.difference) == (
            "found_only",
            None,
            360_000,
            360_000,
        )
        assert (row.digest, row.conclusion) == (found.sha256, "differs_open")
        assert [paper.kind for paper in done.papers] == ["check_report"]
        assert found.number in str(done.papers[0].content())
    client = people.signed_in(Role.COUNTY_CLERK)
    tab = client.get(f"/cases/{begun.pk}/tabs/means/").content.decode()
    assert "3,600.00" in tab
    assert row.number in tab
    with pytest.raises(Exception, match="only added"), acting_as(system()), transaction.atomic():
        Check.objects.filter(pk=row.pk).update(conclusion="agrees")


def test_an_objection_leads_to_a_new_report_that_refers_to_the_old(begun: Case, people: People):
    clerk, county = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_CLERK)
    with acting_as(county.scope):
        signed(begun.household, county, AT)
        case = report(begun, "report_check", county, {"check_result": "does_not_fit"}, at=AT).case
        first = Check.objects.get(case=case).report()
    case = moved(case, "tell_mismatch", clerk, AT).case
    case = moved(
        case, "object_to_check", clerk, AT, papers=("income_statement",), objection="工资已停发"
    ).case
    with acting_as(clerk.scope):
        assert [each.statement for each in objections_of(case, first)] == ["工资已停发"]
        told = {"check_result": "unclear", "findings": "单位证明已停发"}
        report(case, "recheck", clerk, told, at=AT + timedelta(days=1))
        rows = list(Check.objects.filter(case=case).order_by("pk"))
        assert rows[1].earlier == rows[0]
        second = rows[1].report()
        assert second.data["refers_to"] == {"number": first.number, "sha256": first.sha256}
        assert len(second.data["objections"]) == 1


def test_a_source_that_has_not_answered_is_told_as_such(begun: Case, people: People):
    county = people.user(Role.COUNTY_CLERK)
    with acting_as(county.scope):
        signed(begun.household, county, AT)
        report(begun, "report_check", county, {"check_result": "does_not_fit"}, at=AT)
        shown = Shown(Check.objects.get(case=begun).report().data)
        late = next(row for row in shown.rows() if not row.answers)
        assert (late.told["feed"], late.state("zh")) == ("pensions", "迟报")
        assert all(cell.outcome == "no_answer" for cell in late.cells)
