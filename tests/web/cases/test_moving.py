"""Steps are taken once, by whom the procedure allows, with all that follows."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError, ChangedError
from doudi.web.cases.models import Case, Kinship, Paper, Step
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from tests.web.cases.making import application, household_of, moved
from tests.web.people import HERE, THERE, People


def test_a_step_moves_the_case_issues_its_documents_and_sets_its_clock(people: People):
    case = application(people)
    assert (case.stage, case.owner, case.steps) == ("submitted", "township_clerk", 1)
    assert case.due_clock == "accept"
    assert case.due is not None
    with acting_as(system()):
        kinds = sorted(case.papers.values_list("kind", flat=True))
    assert kinds == ["application_form", "check_authorisation"]


def test_what_was_filled_in_is_read_back_and_personal_texts_are_sealed(people: People):
    case = application(people)
    head = people.user(Role.TOWNSHIP_HEAD)
    done = moved(
        case, "refuse_acceptance", head, reason="收入证明不实", remedies=("reconsideration", "litigation")
    )
    assert done.step.inputs["reason"] == "收入证明不实"
    assert "reason" not in done.step.plain
    assert "收入".encode() not in bytes(done.step.sealed)
    assert done.case.closed_at is not None


def test_a_step_that_the_procedure_refuses_tells_every_reason(people: People):
    case = application(people)
    with acting_as(people.user(Role.TOWNSHIP_CLERK).scope), pytest.raises(CaseError) as refused:
        take(case, "confirm", people.user(Role.TOWNSHIP_CLERK), {})
    codes = {problem.code for problem in refused.value.problems}
    assert {"move.stage", "move.role"} <= codes


def test_whoever_acts_on_what_has_changed_is_told_by_whom(people: People):
    case = application(people)
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.TOWNSHIP_HEAD)
    moved(case, "accept", clerk, papers_complete=True)
    with acting_as(head.scope), pytest.raises(ChangedError) as told:
        take(case, "refuse_acceptance", head, {"reason": "x", "remedies": ("litigation",)}, seen=1)
    assert clerk.name in told.value.problems[0].zh


def test_the_same_form_sent_twice_takes_the_step_once(people: People):
    case = application(people)
    clerk, token = people.user(Role.TOWNSHIP_CLERK), uuid.uuid4()
    with acting_as(clerk.scope):
        first = take(case, "accept", clerk, {"papers_complete": True}, seen=1, token=token)
        second = take(case, "accept", clerk, {"papers_complete": True}, seen=1, token=token)
    assert not first.again
    assert second.again
    assert second.step.pk == first.step.pk


def test_a_case_of_another_county_is_not_there(people: People):
    case = application(people, THERE)
    clerk = people.user(Role.TOWNSHIP_CLERK, HERE)
    with acting_as(clerk.scope), pytest.raises(CaseError) as refused:
        take(case.pk, "accept", clerk, {"papers_complete": True})
    assert refused.value.problems[0].code == "case.unknown"


def test_declared_kin_of_the_staff_stay_away(people: People):
    case = application(people)
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        Kinship.objects.create(
            region_id=case.region_id,
            user=clerk,
            household_id=case.household_id,
            relation="侄",
            declared_by=clerk,
        )
        with pytest.raises(CaseError) as refused:
            take(case, "accept", clerk, {"papers_complete": True})
    assert "move.kin" in {problem.code for problem in refused.value.problems}


def test_a_resident_moves_the_case_of_the_own_household_only(people: People):
    resident = people.user(Role.RESIDENT)
    with acting_as(system()):
        household = household_of(people)
        Person.objects.filter(pk=household.head_id).update(login=resident)
    case, other = application(people), application(people, THERE)
    with acting_as(resident.scope):
        assert list(Case.objects.values_list("pk", flat=True)) == [case.pk]
        assert "withdraw" in {move.step.name for move in Folder(case, resident).allowed}
        assert take(case, "withdraw", resident, _withdrawal(case, resident)).case.stage == "withdrawn"
        with pytest.raises(CaseError):
            take(other.pk, "withdraw", resident, {})


def _withdrawal(case: Case, resident: Any) -> dict[str, Any]:
    step = next(move.step for move in Folder(case, resident).moves if move.step.name == "withdraw")
    return {each.name: "不再需要" for each, required in step.inputs if required}


@pytest.mark.parametrize("table", ["cases_step", "cases_paper"])
def test_the_database_refuses_to_change_what_was_done(people: People, table: str):
    application(people)
    with (
        acting_as(system()),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_twenty_at_once_take_a_step_once(own_database: str):
    with acting_as(system()), transaction.atomic():
        people = People()
        case = application(people)
        clerk = people.user(Role.TOWNSHIP_CLERK)
    outcomes: list[str] = []

    def accept() -> None:
        try:
            with acting_as(clerk.scope):
                take(case.pk, "accept", clerk, {"papers_complete": True}, seen=1)
            outcomes.append("done")
        except (CaseError, IntegrityError) as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ChangedError"] * 19 + ["done"]
    with acting_as(system()), transaction.atomic():
        assert Step.objects.filter(case=case, step="accept").count() == 1
        assert Paper.objects.filter(case=case, kind="acceptance_notice").count() == 1
