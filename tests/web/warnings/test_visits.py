"""A visit counts once, answers each warning by itself, and tells when another overtook it."""

from __future__ import annotations

import io
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import open_sealed
from doudi.web.warnings.errors import WarningError
from doudi.web.warnings.models import Photo, Round, Visit, Warning
from doudi.web.warnings.selectors.alerts import alert
from doudi.web.warnings.selectors.tasks import tasks
from doudi.web.warnings.services.accepting import accept
from doudi.web.warnings.services.photos import picture
from doudi.web.warnings.services.visiting import Answer, Sheet, receive, settle
from tests.web.people import HERE, THERE, People
from tests.web.warnings.making import ORANGE, RED, YELLOW, round_of, sent, warning_of


def sheet(*answers: Answer, seen: int = 0, **more: Any) -> Sheet:
    """A filled form."""
    plain = {"token": uuid.uuid4(), "visited_at": timezone.now(), "at_home": True}
    return Sheet(**{**plain, **more}, seen=seen, answers=answers)


def answer(warning: Warning, result: str, *evidence: str) -> Answer:
    return Answer(warning.pk, result, evidence or ("home",), "看过了", "")


def visit(people: People, *answers: Answer, **more: Any) -> Any:
    """A visit of the village's assistant to the household of the first county."""
    assistant = people.user(Role.VILLAGE_ASSISTANT)
    with acting_as(assistant.scope):
        return receive(Household.objects.get(number="h1"), sheet(*answers, **more), assistant)


@pytest.fixture
def everything(people: People) -> Any:
    with acting_as(system()):
        yield people


def test_one_visit_answers_all_warnings_of_the_household_each_with_its_own_result(
    people: People, tmp_path: Path
):
    first, second = sent(people, tmp_path, RED, YELLOW)
    done = visit(people, answer(first, "urgent"), answer(second, "false_alarm", "papers"))
    assert sorted(done.taken) == [first.pk, second.pk]
    with acting_as(system()):
        assert [round_of(warning_of("h1", name)).result for name in (RED, YELLOW)] == [
            "urgent",
            "false_alarm",
        ]
        assert {each.case.stage for each in Warning.objects.select_related("case")} == {"answered"}


def test_the_same_visit_sent_five_times_counts_once(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    token = uuid.uuid4()
    found = [visit(people, answer(warning, "in_order"), token=token) for _ in range(5)]
    assert [each.again for each in found] == [False, True, True, True, True]
    with acting_as(system()):
        assert Visit.objects.count() == 1
        assert warning_of().case.taken.filter(step="answer_warning").count() == 1


def test_of_two_devices_the_first_counts_and_the_second_is_kept_and_shown(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    first = visit(people, answer(warning, "in_order"))
    second = visit(people, answer(warning, "urgent"))
    assert second.late == (warning.pk,)
    assert second.visit.conflicts_with == first.visit
    with acting_as(system()):
        assert round_of(warning_of()).result == "in_order"
        assert second.visit.content()["answers"][0]["result"] == "urgent"
    for role in (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK):
        page = people.signed_in(role).get("/v/today/").content.decode()
        assert f"/v/visits/{second.visit.pk}/" in page
    with acting_as(people.user(Role.TOWNSHIP_CLERK).scope):
        settle(Visit.objects.get(pk=second.visit.pk), people.user(Role.TOWNSHIP_CLERK))
    assert (
        f"/v/visits/{second.visit.pk}/"
        not in people.signed_in(Role.TOWNSHIP_CLERK).get("/v/today/").content.decode()
    )


def test_a_second_visit_that_knows_of_the_first_is_no_conflict(people: People, tmp_path: Path):
    sent(people, tmp_path, RED)
    nobody = visit(people, at_home=False)
    later = visit(people, answer(warning_of_everybody(), "in_order"), seen=nobody.visit.pk)
    assert later.visit.conflicts_with is None
    assert later.taken


def warning_of_everybody() -> Warning:
    with acting_as(system()):
        return warning_of()


def test_when_nobody_is_at_home_the_warnings_wait_on(people: People, tmp_path: Path):
    sent(people, tmp_path, RED)
    visit(people, at_home=False)
    with acting_as(people.user(Role.VILLAGE_ASSISTANT).scope):
        (task,) = tasks(people.user(Role.VILLAGE_ASSISTANT))
    assert task.newest > 0


def test_an_answer_that_the_procedure_refuses_leaves_nothing_behind(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    with pytest.raises(CaseError):
        visit(people, Answer(warning.pk, "in_order", (), "没有依据"))
    with acting_as(system()):
        assert not Visit.objects.exists()


def test_accepting_urgent_aid_opens_the_case_of_aid_and_the_application(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    visit(people, answer(warning, "urgent"))
    head = people.user(Role.TOWNSHIP_HEAD)
    with acting_as(head.scope):
        found = alert(warning.pk, head)
        assert found.closing == "close_and_help"
        done = accept(found.warning, found.closing, head)
    assert sorted(case.kind for case in done.opened) == ["application", "temporary_urgent"]
    with acting_as(system()):
        one = round_of(warning_of())
        assert (one.useful, one.closed_at is not None) == (True, True)


def test_two_warnings_that_ask_for_an_application_open_one(people: People, tmp_path: Path):
    first, second = sent(people, tmp_path, ORANGE, YELLOW)
    visit(people, answer(first, "apply"), answer(second, "apply"))
    head = people.user(Role.TOWNSHIP_HEAD)
    with acting_as(head.scope):
        for one in (first, second):
            found = alert(one.pk, head)
            accept(found.warning, found.closing, head)
    with acting_as(system()):
        assert Case.objects.filter(kind="application").count() == 1
        assert set(Round.objects.values_list("result", "useful")) == {("apply", True)}


def test_whoever_visited_does_not_accept_the_own_answer(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        receive(Household.objects.get(number="h1"), sheet(answer(warning, "in_order")), clerk)
        assert alert(warning.pk, clerk).closing == ""


def test_what_was_found_is_sealed(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    found = visit(people, Answer(warning.pk, "in_order", ("home",), "肺癌晚期"), note="情绪低落").visit
    assert "肺癌".encode() not in bytes(found.sealed)
    assert found.content()["answers"][0]["findings"] == "肺癌晚期"


def shot(**exif: Any) -> bytes:
    image, buffer = Image.new("RGB", (2400, 1200), "teal"), io.BytesIO()
    told = image.getexif()
    told[0x0132] = "2026:08:02 10:11:12"
    told[0x010F] = "maker"
    gps = told.get_ifd(0x8825)
    gps.update({1: "N", 2: (30.0, 30.0, 0.0), 3: "E", 4: (110.0, 15.0, 0.0)})
    image.save(buffer, "JPEG", exif=told)
    return buffer.getvalue()


def test_a_photo_is_made_small_and_freed_of_what_the_camera_wrote():
    found = picture(shot(), uuid.uuid4())
    with Image.open(io.BytesIO(found.jpeg)) as image:
        assert max(image.size) == 1600
        assert dict(image.getexif()) == {}
    assert b"maker" not in found.jpeg
    assert found.about == {"latitude": 30.5, "longitude": 110.25}
    assert found.taken_at is not None
    assert found.taken_at.isoformat() == "2026-08-02T10:11:12+08:00"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", shot()[:400]])
def test_what_is_no_photo_is_refused(data: bytes):
    with pytest.raises(WarningError):
        picture(data, uuid.uuid4())


def form_of(warning: Warning, token: str = "", **more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    stem = f"w{warning.pk}"
    plain = {
        "token": token or str(uuid.uuid4()), "seen": 0, "visited_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "at_home": "yes", f"{stem}-result": "in_order", f"{stem}-evidence": ["home"], f"{stem}-findings": "都好",
    }  # fmt: skip
    return plain | more


def test_the_form_takes_photos_and_keeps_time_and_place_apart(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    client = people.signed_in(Role.VILLAGE_ASSISTANT)
    file = io.BytesIO(shot())
    file.name = "p.jpg"
    about = json.dumps(
        {"taken_at": "2026-08-02T02:00:00Z", "latitude": 30.1, "longitude": 110.1, "accuracy": 9}
    )
    answer = client.post(
        f"/v/visit/{warning.household_id}/", form_of(warning, photos=[file], photo_about=[about])
    )
    assert answer.status_code == 302
    with acting_as(system()):
        photo = Photo.objects.get()
        told = json.loads(open_sealed(photo.about, "photo", f"{photo.token}/about"))
    assert told["latitude"] == 30.1
    assert client.get(f"/v/photos/{photo.pk}/").content.startswith(b"\xff\xd8")


def test_a_phone_reads_the_answer_as_data_and_sends_again_without_harm(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    client, address = people.signed_in(Role.VILLAGE_ASSISTANT), f"/v/visit/{warning.household_id}/"
    form = form_of(warning)
    headers = {"Accept": "application/json"}
    first = client.post(address, form, headers=headers).json()
    again = client.post(address, form, headers=headers).json()
    assert (first["again"], again["again"]) == (False, True)
    assert first["visit"] == again["visit"]
    assert first["taken"] == 1


def test_what_is_missing_is_told_all_at_once(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    client = people.signed_in(Role.VILLAGE_ASSISTANT)
    stem = f"w{warning.pk}"
    wrong = {f"{stem}-result": "died", f"{stem}-evidence": ["home"], f"{stem}-findings": " "}
    answer = client.post(
        f"/v/visit/{warning.household_id}/", form_of(warning, **wrong), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert len(answer.json()["problems"]) == 2
    with acting_as(system()):
        assert not Visit.objects.exists()


def test_the_phone_is_told_masked_names_and_no_sums(people: People, tmp_path: Path):
    sent(people, tmp_path, RED)
    told = people.signed_in(Role.VILLAGE_ASSISTANT).get("/v/tasks/")
    text = told.content.decode()
    assert told.json()["tasks"][0]["name"] == "王**"
    assert "王小明" not in json.dumps(told.json(), ensure_ascii=False)
    assert "50,001" not in text
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="visit.tasks").exists()


def test_another_county_finds_neither_task_nor_visit(people: People, tmp_path: Path):
    (warning,) = sent(people, tmp_path, RED)
    found = visit(people, answer(warning, "in_order")).visit
    other = people.signed_in(Role.VILLAGE_ASSISTANT, THERE)
    assert other.get("/v/tasks/").json()["tasks"] == []
    assert other.get(f"/v/visit/{warning.household_id}/").status_code == 404
    assert other.get(f"/v/visits/{found.pk}/").status_code == 404
    assert people.signed_in(Role.VILLAGE_ASSISTANT, HERE).get(f"/v/visits/{found.pk}/").status_code == 200
