"""All warnings of a filter go to their villages in one action; what nobody answers stays; what nobody has opened can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.background import recall, send
from doudi.web.warnings.models import Round, Sending
from tests.web.people import People
from tests.web.warnings.making import ORANGE, YELLOW, night, row

PAGE = "/t/alerts/send/"


def state() -> list[tuple[str, bool]]:
    """By round the stage of its case, and whether it was sent with others."""
    with acting_as(system()):
        rows = Round.objects.order_by("indicator").values_list("case__stage", "sending_id")
        return [(stage, number is not None) for stage, number in rows]


def test_what_nobody_answers_stays_and_what_nobody_opened_comes_back(people: People, tmp_path: Path):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    night(people, tmp_path, [row("h1", YELLOW), row("h1", ORANGE, subject_id="h1.王小明")])
    plan = clerk.get(PAGE).context["plan"]
    assert (plan.warnings, plan.kept) == ([], 2)
    village = people.signed_in(Role.VILLAGE_ASSISTANT)
    plan = clerk.get(PAGE, {"indicator": YELLOW}).context["plan"]
    assert [(user.role, count) for _code, _name, user, count in plan.ready] == [(Role.VILLAGE_ASSISTANT, 1)]
    assert clerk.post(PAGE, {"confirm": "5"}).context["changed"]
    assert clerk.post(f"{PAGE}?indicator={YELLOW}", {"confirm": "1"}).status_code == 302
    assert state() == [("dispatched", True), ("raised", False)]
    with acting_as(system()):
        sending = Sending.objects.get()
        assert (sending.wanted, sending.planned) == ({"indicator": YELLOW}, 1)
        assert Round.objects.get(sending=sending).case.assigned_to == people.user(Role.VILLAGE_ASSISTANT)
    address = f"/t/alerts/sendings/{sending.pk}/recall/"
    clerk.post(address, {"reason": ""})
    assert state()[0] == ("dispatched", True)
    clerk.post(address, {"reason": "值守表有误"})
    assert state() == [("raised", False), ("raised", False)]
    clerk.post(PAGE, {"confirm": "2"})
    assert state() == [("dispatched", True), ("dispatched", True)]
    today = village.get("/v/today/").content.decode()
    assert (
        today.count('<span class="faint" translate="no">王**</span></li>') == 1
    )  # of two warnings, that of the child
    village.get("/v/tasks/")
    with acting_as(system()):
        number = Sending.objects.latest("pk").pk
    clerk.post(f"/t/alerts/sendings/{number}/recall/", {"reason": "值守表有误"})
    assert state() == [("dispatched", True), ("dispatched", True)]
    page = clerk.get("/t/alerts/sendings/").content.decode()
    assert "2 / 2" in page


def test_a_job_does_the_same_and_nothing_twice(people: People, tmp_path: Path):
    people.user(Role.VILLAGE_ASSISTANT)
    clerk = people.user(Role.TOWNSHIP_CLERK)
    night(people, tmp_path, [row("h1", YELLOW)])
    with acting_as(clerk.scope):
        one = Round.objects.get()
        sending = Sending.objects.create(region=clerk.region, by=clerk, planned=1, kept=0)
        assert send(str(one.warning_id), clerk, sending.pk) is None
        assert "已经交办" in str(send(str(one.warning_id), clerk, sending.pk))
        assert recall(str(one.pk), clerk, "交错了") is None
        assert send(str(one.warning_id), clerk, sending.pk) is None
        Round.objects.update(opened_at=one.raised_at)
        assert "已经打开" in str(recall(str(one.pk), clerk, "交错了"))
        with pytest.raises(CaseError, match="opened"):
            take(one.case_id, "recall_dispatch", clerk, {"reason": "交错了"})
