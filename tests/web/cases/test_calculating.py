"""The calculation is frozen with its number, replays to the fen, and what is proposed follows it or says why not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from doudi.rules.errors import ReplayError
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.selectors.calculating import determination_of, lines
from doudi.web.cases.services.calculating import conclude_as, replayed
from doudi.web.database.scope import acting_as, system
from tests.web.cases.homes import POOR, Homes
from tests.web.cases.making import CHOSEN, START, application, calculated, inquired, moved
from tests.web.people import People


def test_a_frozen_calculation_names_its_number_and_replays_to_the_fen(people: People, homes: Homes):
    assert people.regions
    case = inquired(people, homes[POOR])
    with acting_as(system()):
        frozen = case.determinations.get()
        step = case.taken.get(step="calculate")
        assert (step.inputs["determination"], step.inputs["programme"]) == (frozen.number, "dibao")
        assert step.inputs["amount"] == frozen.amount == 106000
        assert step.inputs["members_counted"] == frozen.counted == 2
        found = replayed(frozen)
        assert found.identical
        assert (found.determination.tier, found.determination.amount()) == ("dibao", 106000)


def test_every_line_says_from_what_it_comes(people: People, homes: Homes):
    assert people.regions
    household = homes[POOR]
    case = application(people, household=household)
    with acting_as(system()):
        found = determination_of(case, (START + timedelta(days=2)).date())
        told = lines(found, "zh").main  # type: ignore[arg-type]
    wage = next(line for line in told if line.label == "工资性收入")
    assert wage.inputs == (("工资性收入", "3,600.00 元"), ("必要的就业成本", "2,016.00 元"))
    assert wage.result == "1,584.00 元"
    assert wage.articles
    assert told[-1].label == "每月合计"
    assert told[-1].result == "1,060.00 元"


def test_what_is_not_known_is_not_proposed_and_an_officer_writes_it_with_a_reason(people: People):
    case = application(people, at=START)
    at = START + timedelta(days=2)
    case = moved(case, "accept", people.user(Role.TOWNSHIP_CLERK), at, papers_complete=True).case
    with pytest.raises(CaseError) as refused:
        calculated(case, people, at)
    assert [problem.code for problem in refused.value.problems] == ["calculation.open"]
    case = calculated(case, people, at, CHOSEN)
    assert (case.programme, case.amount) == ("dibao", 56000)
    assert "overruled" in case.marks


def test_an_opinion_that_departs_from_the_calculation_needs_its_reason(people: People, homes: Homes):
    assert people.regions
    case, clerk = inquired(people, homes[POOR]), people.user(Role.TOWNSHIP_CLERK)
    other = {
        "opinion": "grant",
        "programme": "dibao",
        "members_counted": 2,
        "amount": 90000,
        "reason": "按核实的情况",
    }
    at = START + timedelta(days=3)
    with acting_as(clerk.scope):
        with pytest.raises(CaseError) as refused:
            conclude_as(case, "propose", clerk, other, at=at)
        assert [problem.code for problem in refused.value.problems] == ["move.departure_has_reason"]
        done = conclude_as(case, "propose", clerk, other, "一人已外出，实际收入较高", at=at)
    assert (done.case.stage, done.case.amount) == ("opinion", 90000)
    assert "overruled" in done.case.marks


def test_a_tampered_calculation_does_not_replay(
    people: People, monkeypatch: pytest.MonkeyPatch, homes: Homes
):
    assert people.regions
    case = inquired(people, homes[POOR])
    with acting_as(system()):
        frozen = case.determinations.get()
        content = frozen.content()
        content["facts"]["person"][0]["wage"] = 0
        monkeypatch.setattr(type(frozen), "content", lambda self: content)
        with pytest.raises(ReplayError):
            replayed(frozen)
