"""Public notices: shown while they hang, to everybody, with nothing but what is permitted; and objections to them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case, Paper
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import NOBODY, acting_as, system
from doudi.web.notices.errors import NoticeGoneError, PictureError
from doudi.web.notices.models import Authority, Objection, Posting
from doudi.web.notices.selectors.public import notices_of
from doudi.web.notices.services.objecting import answer_for, object_to
from doudi.web.notices.services.pictures import drawn_anew
from doudi.web.registry.models import Household, Person
from tests.web.notices.making import on_notice, posting_of
from tests.web.people import HERE, THERE, People, opened
from tests.web.registry.making import member_of

POSTED = datetime(2026, 9, 28, 10)
VILLAGE = f"{HERE}101201".ljust(12, "0")
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets it be another moment."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(to))

    return move


@pytest.fixture
def home(people: People) -> Household:
    """The household that applies."""
    with acting_as(system()):
        return member_of(people.regions[f"{HERE}101201"]).household


@pytest.fixture
def case(people: People, home: Household, clock: Clock) -> Case:
    """Its application, posted on the Monday before the national holiday."""
    clock(POSTED)
    return on_notice(people, home, POSTED)


def page(place: str = VILLAGE) -> str:
    """The public page, as whoever is not signed in gets it."""
    return opened(Client(), "/publicity/", place=place)


def step(case: Case, name: str, user: Any, at: datetime, **inputs: Any) -> Case:
    with acting_as(user.scope if user else system()):
        return take(case, name, user, inputs, at=at).case


def test_a_notice_that_would_end_in_the_holiday_hangs_until_work_begins_again(case: Case, clock: Clock):
    # 2026-10-05 is the seventh day and lies in the holiday of 1 to 7 October.
    assert posting_of(case).last == date(2026, 10, 8)
    seen = {}
    for moment in (
        datetime(2026, 9, 28, 9, 59),
        POSTED,
        datetime(2026, 10, 5, 12),
        datetime(2026, 10, 8, 23, 59),
        datetime(2026, 10, 9),
    ):
        clock(moment)
        seen[moment] = "王某明" in page()
    assert list(seen.values()) == [False, True, True, True, False]


def test_the_page_shows_what_is_permitted_and_nothing_else(case: Case, home: Household):
    text = page()
    for shown in ("王某明", "每月 1,260.00 元", "2026-09-28", "2026-10-08"):
        assert shown in text
    for hidden in ("王小明", case.number, f"/{home.pk}/", f"/{case.pk}/"):
        assert hidden not in text
    assert "no-store" in Client().get("/publicity/", {"place": VILLAGE})["Cache-Control"]


def test_only_villages_with_a_notice_are_offered_and_no_list_of_all_is_given(case: Case, people: People):
    text = opened(Client(), "/publicity/")
    assert f"村{HERE}" in text
    assert f"村{THERE}" not in text
    assert "王某明" not in text
    assert "王某明" not in page(HERE.ljust(12, "0"))
    assert "王某明" not in page("' OR 1=1 --")


def test_nobody_reads_the_table_and_the_function_gives_no_more_than_may_be_shown(case: Case):
    with acting_as(NOBODY), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notices_posting")
        assert cursor.fetchone() == (0,)
        shown = notices_of(VILLAGE)
    assert [(each.name, each.members, each.amount) for each in shown] == [("王某明", 3, 126_000)]


@pytest.mark.parametrize(("fact", "name"), [("born", "王某某"), (None, "王某明")])
def test_the_name_of_a_child_is_masked_further(
    people: People, home: Household, clock: Clock, fact: str | None, name: str
):
    clock(POSTED)
    if fact:
        with acting_as(system()):
            Person.objects.filter(pk=home.head_id).update(born=date(2010, 1, 1))
            home.refresh_from_db()
    assert posting_of(on_notice(people, home, POSTED)).name == name


def test_a_case_that_is_withdrawn_is_gone_from_the_page_at_once(case: Case, people: People, home: Household):
    resident = people.user(Role.RESIDENT)
    with acting_as(system()):
        Person.objects.filter(pk=home.head_id).update(login=resident)
    step(case, "withdraw", resident, POSTED)
    assert "王某明" not in page()


def objected(case: Case, text: str = "有一辆货车没有申报", **more: Any) -> Objection:
    """An objection by somebody who is not signed in."""
    with acting_as(NOBODY):
        return object_to(posting_of(case).key, text, **more)


def test_an_objection_stops_the_notice_and_its_remaining_days_run_after_the_answer(
    case: Case, people: People, clock: Clock
):
    clock(datetime(2026, 9, 30, 15))
    objected(case)
    assert "王某明" not in page()
    with acting_as(system()):
        case.refresh_from_db()
    assert (case.stage, case.owner) == ("objection", "township_clerk")
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.TOWNSHIP_HEAD)
    again = (str(clerk.pk), str(people.user(Role.VILLAGE_ASSISTANT).pk))
    step(case, "rehear", clerk, datetime(2026, 10, 9, 9), investigators=again, findings="货车属借用")
    step(case, "answer_objection", people.user(Role.TOWNSHIP_HEAD), datetime(2026, 10, 12, 9),
         upheld=False, to_objector="已核实，不影响结论", to_household="有人反映车辆问题，核实属借用")  # fmt: skip
    assert head.name
    clock(datetime(2026, 10, 12, 10))
    assert "王某明" not in page()
    step(case, "resume_notice", clerk, datetime(2026, 10, 12, 10), posted_at="村务公开栏")
    # Two of seven days had passed on 30 September; five are left after 12 October, and the 17th is a Saturday.
    assert posting_of(case).last == date(2026, 10, 19)
    assert "王某明" in page()
    clock(datetime(2026, 10, 20))
    assert "王某明" not in page()


def test_both_sides_are_answered_in_writing_and_neither_reads_what_the_other_is_told(
    case: Case, people: People, clock: Clock
):
    objection = objected(case)
    head, clerk = people.user(Role.TOWNSHIP_HEAD), people.user(Role.TOWNSHIP_CLERK)
    step(case, "appraise_objection", clerk, POSTED, outcome="属实", findings="村民代表评议")
    step(
        case,
        "answer_objection",
        head,
        POSTED,
        upheld=True,
        to_objector="反映属实，将重新核算",
        to_household="请补充车辆说明",
    )
    with acting_as(system()):
        copies = list(Paper.objects.filter(case=case, kind="objection_answer").order_by("pk"))
        to_household, to_objector = (str(copy.content()) for copy in copies)
    assert "请补充车辆说明" in to_household
    assert "反映属实" not in to_household
    assert "反映属实" in to_objector
    assert "请补充车辆说明" not in to_objector
    assert "王" not in to_objector
    assert answer_for(objection.code).answer == copies[1]  # type: ignore[union-attr]


def test_who_objects_is_sealed_hidden_from_the_household_and_looked_at_on_the_record(
    case: Case, people: People, home: Household
):
    objection = objected(case, name="赵小六", contact="13900000000")
    resident = people.user(Role.RESIDENT)
    with acting_as(system()):
        Person.objects.filter(pk=home.head_id).update(login=resident)
        assert "赵小六".encode() not in bytes(Objection.objects.get().sealed)
        assert objection.objector() == {"name": "赵小六", "contact": "13900000000"}
    with acting_as(resident.scope):
        assert not Objection.objects.exists()
        folder = Folder(Case.objects.get(pk=case.pk), resident)
        assert "赵小六" not in str([row.inputs for row in folder.rows])
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    assert "赵小六" not in opened(clerk, f"/notices/{posting_of(case).pk}/")
    assert "赵小六" in opened(clerk, f"/notices/objections/{objection.pk}/")
    assert (
        people.signed_in(Role.VILLAGE_ASSISTANT).get(f"/notices/objections/{objection.pk}/").status_code
        == 403
    )
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="notice.objector").count() == 1


@pytest.mark.usefixtures("chinese_font")
def test_an_anonymous_objection_leaves_no_trace_of_who_sent_it(case: Case):
    key = posting_of(case).key
    client = Client(REMOTE_ADDR="203.0.113.9")
    form = client.get(f"/publicity/{key}/object/").context["form"]
    answer = client.post(
        f"/publicity/{key}/object/", {"text": "有存款没有申报", "token": str(form["token"].value())}
    )
    assert answer.status_code == 200
    code = re.search(r'class="secret code"[^>]*>([^<]+)<', answer.content.decode())
    assert code is not None
    with acting_as(system("auditor")):
        taken = Entry.objects.filter(action="case.step", target=str(case.pk)).latest("id")
    assert (taken.actor, taken.address) == ("", "")
    told = Client().post("/publicity/objections/", {"code": code[1], "which": "receipt"})
    assert told["Content-Type"] == "application/pdf"
    assert code[1] not in told["Content-Disposition"]
    assert "正在复核" in Client().post("/publicity/objections/", {"code": code[1]}).content.decode()


def test_the_same_form_sent_twice_objects_once(case: Case):
    key, client = posting_of(case).key, Client()
    token = str(client.get(f"/publicity/{key}/object/").context["form"]["token"].value())
    pages = [client.post(f"/publicity/{key}/object/", {"text": "x", "token": token}) for _ in range(2)]
    assert pages[0].status_code == 200
    with acting_as(system()):
        assert Objection.objects.count() == 1


def test_a_notice_that_is_stopped_or_over_takes_no_objection(case: Case, clock: Clock):
    key = posting_of(case).key
    objected(case)
    with acting_as(NOBODY), pytest.raises(NoticeGoneError):
        object_to(key, "再说一次")
    assert Client().get(f"/publicity/{key}/object/").status_code == 404
    assert Client().get("/publicity/no-such-key/object/").status_code == 404


def test_objections_and_codes_are_limited_by_address(case: Case):
    client = Client(REMOTE_ADDR="203.0.113.7")
    answers = [
        client.post("/publicity/objections/", {"code": f"ABCDEFGHJK{place:02}"}).status_code
        for place in range(22)
    ]
    assert answers == [200] * 20 + [429] * 2
    key = posting_of(case).key
    token = "12345678-1234-5678-1234-56781234567{}"
    sent = [
        client.post(f"/publicity/{key}/object/", {"text": "x", "token": token.format(place)}).status_code
        for place in range(7)
    ]
    assert sent[-1] == 429


def test_staff_see_which_notices_hang_how_long_and_which_lack_a_picture(case: Case, people: People):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    assert "待上传" in opened(clerk, "/notices/")
    assert "打印公示" in opened(clerk, f"/notices/{posting_of(case).pk}/")
    assert opened(people.signed_in(Role.TOWNSHIP_CLERK, THERE), "/notices/").count("王某明") == 0
    with CaptureQueriesContext(connection) as few:
        clerk.get("/notices/")
    with acting_as(system()):
        for place in range(3):
            other = member_of(people.regions[f"{HERE}101201"], f"h9{place}", f"李四{place}").household
            on_notice(people, other, POSTED)
    with CaptureQueriesContext(connection) as many:
        assert clerk.get("/notices/").context["page"].paginator.count == 4
    assert len(many) == len(few)


def jpeg(size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    Image.new("RGB", size, "red").save(kept, "JPEG", exif=exif, comment=b"a comment")
    return kept.getvalue()


def test_a_picture_of_the_posting_is_kept_without_place_and_device_and_only_once(case: Case, people: People):
    clerk, number = people.signed_in(Role.VILLAGE_ASSISTANT), posting_of(case).pk
    for _ in range(2):
        answer = clerk.post(
            f"/notices/{number}/", {"picture": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")}
        )
        assert answer.status_code == 302
    with acting_as(system()):
        photo = Posting.objects.get(pk=number).photos.get()
    shown = clerk.get(f"/notices/photos/{photo.pk}/").content
    assert b"telephone" not in shown
    assert b"comment" not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert bytes(photo.sealed).find(shown[:20]) == -1


@pytest.mark.parametrize("file", [b"", b"<svg onload='x'/>", b"%PDF-1.7", b"\xff\xd8\xff broken"])
def test_what_is_no_picture_is_refused(file: bytes):
    with pytest.raises(PictureError):
        drawn_anew(io.BytesIO(file))


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_drawn():
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    with pytest.raises(PictureError):
        drawn_anew(io.BytesIO(kept.getvalue()))


def test_documents_name_the_bodies_that_the_county_has_entered(people: People, home: Household, clock: Clock):
    clock(POSTED)
    county, town = people.regions[HERE], people.regions[f"{HERE}101"]
    client = people.signed_in(Role.COUNTY_CLERK)
    entered = {"name": "便民大厅", "address": "长安街1号", "phone": "0999-1234567"}
    assert client.post(f"/offices/{town.code}/", entered).status_code == 302
    court = {
        "region": county.code, "kind": "court", "name": "第一人民法院", "address": "长安街1号", "telephone": "0999-7654321",
    }  # fmt: skip
    assert client.post("/authorities/add/", court).status_code == 302
    elsewhere = {
        "region": people.regions[THERE].code,
        "kind": "court",
        "name": "别处",
        "address": "",
        "telephone": "",
    }
    assert client.post("/authorities/add/", elsewhere).status_code == 200
    assert Authority.objects.count() == 1
    case = on_notice(people, home, POSTED)
    with acting_as(system()):
        poster = str(Paper.objects.get(case=case, kind="public_notice").content())
    assert "便民大厅" in poster
    assert "0999-1234567" in poster


def test_the_address_in_the_picture_of_a_document_verifies_it(case: Case):
    with acting_as(system()):
        paper = case.papers.latest("pk")
    assert paper.number in opened(Client(), f"/verify/{paper.code}/")
    assert "真实有效" not in opened(Client(), "/verify/ABCDEFGHJKLM/")


def test_a_document_is_shown_with_its_own_style_and_no_other(case: Case, people: People):
    with acting_as(system()):
        paper = case.papers.latest("pk")
    answer = people.signed_in(Role.TOWNSHIP_CLERK).get(f"/papers/{paper.pk}/html/")
    assert re.search(r"style-src 'self' 'sha256-[^']+'", answer["Content-Security-Policy"])
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
