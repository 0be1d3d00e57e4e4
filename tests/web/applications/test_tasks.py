"""The task list: filled in part by part, checked, submitted; on behalf of others as well."""

from __future__ import annotations

from typing import Any

from django.test import Client

from doudi.web.accounts.roles import Role
from doudi.web.applications.declared import declaration_of
from doudi.web.applications.models import Draft, DraftState
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import answers, family, members
from tests.web.people import People, opened


def filled(client: Client, number: int, told: dict[str, dict[str, str]]) -> None:
    """Send every section; each must be taken."""
    for where, data in told.items():
        answer = client.post(f"/apply/{number}/{where}", data)
        assert answer.status_code == 302, (where, faults(answer))


def faults(answer: Any) -> Any:
    """What a form complains of."""
    form = answer.context and answer.context.get("form")
    return (
        getattr(form, "errors", None)
        or getattr(form, "fault", None)
        or getattr(getattr(form, "rows", None), "errors", None)
    )


def test_a_resident_fills_in_every_section_and_submits(people: People):
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    begun = client.post("/apply/", {"kind": "application"})
    number = int(begun.url.split("/")[2])
    page = opened(client, f"/apply/{number}/")
    assert page.count("未开始") == 8
    assert "还不能提交" in page
    filled(client, number, answers(household))
    page = opened(client, f"/apply/{number}/review/")
    for shown in ("1500.50", "母亲生病", "12000", "更改"):
        assert shown in page
    assert "没有签署授权的，受理前要补签" in page
    sent = client.post(f"/apply/{number}/review/", {"true": "on"})
    assert sent.status_code == 302, sent.context["problems"]
    page = opened(client, sent.url)
    with acting_as(system()):
        case = Case.objects.get(household=household)
        assert case.stage == "submitted"
        assert case.number in page
        told = declaration_of(case)
        assert told is not None
        assert told["persons"][members(household)[0].number]["wage"] == "15005.00"
        assert Draft.objects.get(pk=number).state == DraftState.SUBMITTED
