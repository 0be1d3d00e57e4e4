"""The township's list, dispatch by roster, holding back, remarks, meetings."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doudi.monitoring.decisions import read_decisions
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.errors import WarningError
from doudi.web.warnings.models import Hold, Meeting, Night, Remark, Warning
from doudi.web.warnings.services.accepting import set_duty
from doudi.web.warnings.services.dispatching import on_duty
from doudi.web.warnings.services.holding import hold_back, lift, write_decisions
from tests.web.people import HERE, THERE, People
from tests.web.warnings.making import ORANGE, RED, YELLOW, home, night, row, sent, village, warning_of


def many(people: People, folder: Path, count: int) -> None:
    """Warnings of several households."""
    with acting_as(system()):
        for place in range(count):
            home(people, f"m{place}", name=f"户主{place}")
    night(people, folder, [row(f"m{place}", YELLOW) for place in range(count)])


def test_the_list_costs_the_same_number_of_queries_however_long_it_is(people: People, tmp_path: Path):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    counts = []
    for count in (2, 12):
        many(people, tmp_path, count)
        night(people, tmp_path, [row(f"m{place}", YELLOW, held_on=date(2026, 8, 2)) for place in range(count)], date(2026, 8, 2))  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert clerk.get("/t/alerts/").content.decode().count('data-label="期限"') == count
        counts.append(len(seen))
        with acting_as(system()):
            Night.objects.all().delete()
    assert counts[0] == counts[1]


def test_the_gravest_come_first_and_filters_narrow_the_list(people: People, tmp_path: Path):
    night(people, tmp_path, [row("h1", YELLOW), row("h1", RED), row("h1", ORANGE)])
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    page = clerk.get("/t/alerts/").content.decode()
    table = page[page.index("<tbody>") :]
    assert table.index("红色") < table.index("橙色") < table.index("黄色")
    assert "50,001.00 元 / 50,000.00 元" in table
    narrow = clerk.get("/t/alerts/", {"level": "yellow"}).content.decode()
    assert narrow.count("<tr>") == 2
    assert "enrolment" not in page
    assert "迟报或者从未收到" in page


def test_chosen_warnings_are_dispatched_to_whoever_is_on_duty(people: People, tmp_path: Path):
    assistant, clerk = people.user(Role.VILLAGE_ASSISTANT), people.user(Role.TOWNSHIP_CLERK)
    with acting_as(system()):
        set_duty(village(people), clerk, date(2026, 1, 1), None, clerk)
        night(people, tmp_path, [row("h1", YELLOW), row("h1", ORANGE)])
        numbers = list(Warning.objects.values_list("pk", flat=True))
    answer = people.signed_in(Role.TOWNSHIP_CLERK).post("/t/alerts/dispatch/", {"warning": numbers})
    assert answer.status_code == 302
    with acting_as(system()):
        found = set(Case.objects.values_list("stage", "assigned_to"))
        assert found == {("dispatched", clerk.pk)}
        assert on_duty([village(people).code], date(2025, 1, 1)) == {village(people).code: [assistant]}


def test_what_is_late_names_who_oversees_it_and_stands_first_on_the_desk(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    with acting_as(system()):
        Case.objects.filter(pk=warning.case_id).update(due=timezone.now() - timedelta(days=1))
    head = people.signed_in(Role.TOWNSHIP_HEAD)
    assert "/t/alerts/?state=late" in head.get("/").content.decode()
    page = head.get("/t/alerts/", {"state": "late"}).content.decode()
    assert "督办 乡镇（街道）负责人" in page


def test_a_village_cannot_dispatch_what_lies_elsewhere(people: People, tmp_path: Path):
    night(people, tmp_path, [row("h1", YELLOW)])
    with acting_as(system()):
        number = warning_of("h1", YELLOW).pk
    people.signed_in(Role.TOWNSHIP_CLERK, THERE).post("/t/alerts/dispatch/", {"warning": [number]})
    with acting_as(system()):
        assert warning_of("h1", YELLOW).case.stage == "raised"


def test_a_decision_to_hold_back_is_what_the_next_sweep_reads(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, YELLOW)
    clerk = people.user(Role.TOWNSHIP_CLERK)
    until = timezone.localdate() + timedelta(days=90)
    with acting_as(clerk.scope):
        hold = hold_back(warning, "已由商业保险补偿", until, clerk)
        assert warning_of("h1", YELLOW).held_back_until == until
    file = tmp_path / "decisions.csv"
    assert write_decisions(file, HERE) == 1
    (told,) = read_decisions(file).to_dicts()
    assert (told["indicator"], told["subject_id"], told["until"]) == (YELLOW, "h1", until)
    with acting_as(clerk.scope):
        lift(Hold.objects.get(pk=hold.pk), clerk)
        assert warning_of("h1", YELLOW).held_back_until is None
    assert write_decisions(file, HERE) == 0


@pytest.mark.parametrize(("reason", "days"), [("", 30), ("理由", 0), ("理由", 400)])
def test_a_decision_without_reason_or_with_a_wrong_day_is_refused(
    people: People, tmp_path: Path, reason: str, days: int
):
    (warning,) = sent(people, tmp_path, YELLOW)
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope), pytest.raises(WarningError):
        hold_back(warning, reason, timezone.localdate() + timedelta(days=days), clerk)


def test_village_and_township_write_to_each_other_under_a_warning(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, YELLOW)
    address, token = f"/t/alerts/{warning.pk}/", str(uuid.uuid4())
    village_side, town = people.signed_in(Role.VILLAGE_ASSISTANT), people.signed_in(Role.TOWNSHIP_CLERK)
    for _ in range(2):
        village_side.post(f"{address}remark/", {"token": token, "text": "家里没人，邻居说去了县医院"})
    town.post(f"{address}remark/", {"token": str(uuid.uuid4()), "text": "请电话联系"})
    for client in (village_side, town):
        page = client.get(address).content.decode()
        assert page.count("邻居说去了县医院") == 1
        assert "请电话联系" in page
    with acting_as(system()):
        assert "县医院".encode() not in b"".join(bytes(one.sealed) for one in Remark.objects.all())


def test_a_meeting_is_recorded_with_who_was_there(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, YELLOW)
    client, address = people.signed_in(Role.COUNTY_CLERK), f"/t/alerts/{warning.pk}/meeting/"
    form: dict[str, Any] = {
        "token": str(uuid.uuid4()), "held_on": "2026-08-05", "present": "民政局 李", "minutes": "有争议", "decision": "look_again",
    }  # fmt: skip
    assert client.post(address, form).status_code == 200
    assert client.post(address, form | {"present": "民政局 李\n医保局 张"}).status_code == 302
    with acting_as(system()):
        assert Meeting.objects.get().content()["present"] == ["民政局 李", "医保局 张"]
