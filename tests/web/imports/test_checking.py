"""A file is checked row by row, within itself, and against the registry; what is wrong goes back in the same shape."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from doudi.feeds.contract_model import FeedError
from doudi.web.database.scope import acting_as, system
from doudi.web.imports import files
from doudi.web.imports.models import BatchState, Chunk, FileKind, Home, HomeState, Member
from doudi.web.imports.template import template
from doudi.web.jobs.models import State
from doudi.web.registry.models import Person
from doudi.web.registry.sensitive import blind
from tests.web.imports.conftest import Office, faults_of, homes_of, stored
from tests.web.imports.workbooks import VILLAGE, home, sheets_of, somebody, workbook
from tests.web.people import HERE
from tests.web.registry.conftest import EVIL, LONG, RARE
from tests.web.registry.county import id_number
from tests.web.registry.making import member_of


def one(office: Office, row: list[str], *people: list[str]) -> Home:
    """The only household of a file, checked."""
    batch = office.checked(workbook([row], people))
    (found,) = homes_of(batch).values()
    return found


def test_a_household_that_nobody_knows_is_new(office: Office):
    found = one(office, home("N1"), somebody("N1", "王一", 101), somebody("N1", "李二", 102, "配偶"))
    assert (found.state, found.village_code) == (HomeState.NEW, f"{HERE}101201")
    assert [member.born for member in found.members.all()] == [date(1980, 2, 3)] * 2


GOOD = id_number(date(1980, 2, 3), 103)
WRONG = {
    "check digit": ({"id_number": GOOD[:-1] + ("1" if GOOD[-1] == "0" else "0")}, "身份证号校验位不对"),
    "shape": ({"id_number": "12345"}, "身份证号不是 15 位或 18 位"),
    "day": ({"id_number": id_number(date(1980, 2, 3), 104)[:10] + "0230" + "1045"}, "身份证号"),
    "nothing to know him by": ({"id_number": ""}, "没有身份证号的，须填出生日期和性别"),
    "a date that is none": ({"id_number": "", "born": "1980-02-30", "sex": "男"}, "出生日期不是有效日期"),
    "born in another year": ({"born": "1981-02-03"}, "出生日期与身份证号不一致"),
    "another sex": ({"sex": "女" if int(GOOD[16]) % 2 else "男", "id_number": GOOD}, "性别与身份证号不一致"),
    "account": ({"account": "12"}, "银行账号不是 8 至 30 位数字"),
    "phone": ({"phone": "明天再打"}, "电话不是电话号码"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_person_is_told(office: Office, what: str):
    more, said = WRONG[what]
    found = one(office, home("W1"), somebody("W1", "王一", 103, **more))
    assert found.state == HomeState.ERROR
    assert any(fault.startswith(said) for fault in faults_of(found)), faults_of(found)


def test_relations_that_are_not_in_the_list_and_villages_that_are_not_there_are_told(office: Office):
    found = one(office, home("W2", "没有的村"), somebody("W2", "王一", 105, "表舅"))
    told = "；".join(faults_of(found))
    assert "与户主关系不在代码表中" in told
    assert "村（社区）不在本县区划表中" in told


def test_a_village_outside_ones_township_is_refused(office: Office):
    batch = office.checked(
        workbook([home("W3", f"村{HERE}")], [somebody("W3", "王一", 106)]), office.township
    )
    assert homes_of(batch)["W3"].state == HomeState.NEW
    batch = office.checked(workbook([home("W3", "村999902")], [somebody("W3", "王一", 106)]), office.township)
    assert "村（社区）不在本县区划表中" in faults_of(homes_of(batch)["W3"])[0]


def test_a_file_at_odds_with_itself_is_told_on_both_rows(office: Office):
    rows = [home("D1"), home("D1"), home("D2"), home("D3"), home("D4")]
    people = [
        somebody("D1", "王一", 110),
        somebody("D2", "李二", 111),
        somebody("D3", "李二", 111),
        somebody("D9", "赵六", 112),
    ]
    batch = office.checked(workbook(rows, people))
    with acting_as(system()), transaction.atomic():
        told = {
            (each.key, fault) for model in (Home, Member) for each in model.objects.filter(batch=batch) for fault in each.faults
        }  # fmt: skip
    assert {
        ("D1", "家庭编号在本文件中重复"), ("D2", "身份证号在本文件中重复"), ("D3", "身份证号在本文件中重复"),
        ("D4", "人员表中没有这一户的成员"), ("D9", "家庭表中没有这个家庭编号"),
    } <= told  # fmt: skip
    assert batch.counts["states"] == {"error": 5}
    assert batch.counts["homeless"] == 1


def test_two_heads_or_none_are_told(office: Office):
    people = [somebody("H1", "王一", 120), somebody("H1", "李二", 121), somebody("H2", "赵六", 122, "配偶")]
    batch = office.checked(workbook([home("H1"), home("H2")], people))
    assert [faults_of(each) for each in homes_of(batch).values()] == [["每户应有一名户主，且只有一名"]] * 2


@pytest.fixture(scope="module")
def registered(office: Office) -> Any:
    """Somebody who is registered with his id number, and somebody without one."""
    with acting_as(system()), transaction.atomic():
        known = member_of(office.villager_region, "R1", "王小明").person
        known.put("id_number", id_number(date(1980, 2, 3), 130))
        known.id_index, known.id_tail, known.born = (
            blind(id_number(date(1980, 2, 3), 130), "id_number"),
            "1300",
            date(1980, 2, 3),
        )
        known.save()
        unknown = member_of(office.villager_region, "R2", "李大明").person
        Person.objects.filter(pk=unknown.pk).update(born=date(1980, 2, 3), sex="male")
    return known


def test_somebody_who_is_registered_elsewhere_by_his_id_number_is_to_be_decided(
    office: Office, registered: Person
):
    head = one(office, home("X1"), somebody("X1", "王小明", 130))
    assert head.state == HomeState.DECIDE
    assert head.members.all()[0].person_id == registered.pk


def test_somebody_of_the_same_name_and_day_of_birth_is_to_be_decided(office: Office, registered: Person):
    found = one(office, home("X2"), somebody("X2", "李大明", 131))
    assert found.state == HomeState.DECIDE
    assert found.members.all()[0].possible_id is not None


def test_another_name_under_a_registered_id_number_is_an_error(office: Office, registered: Person):
    found = one(office, home("X3"), somebody("X3", "张三", 130))
    assert faults_of(found) == ["姓名或者出生日期与登记中同一身份证号的人不同"]


def test_a_registered_household_is_the_same_or_changed(office: Office, registered: Person):
    same = one(office, home("R1", address="", area=""), somebody("R1", "王小明", 130))
    assert (same.state, same.faults) == (HomeState.SAME, [])
    changed = one(office, home("R1", address="新址 9 号", area=""), somebody("R1", "王小明", 130))
    assert changed.state == HomeState.CHANGED
    grown = one(
        office,
        home("R1", address="", area=""),
        somebody("R1", "王小明", 130),
        somebody("R1", "王小小", 132, "子女"),
    )
    assert grown.state == HomeState.CHANGED


def test_of_somebody_outside_the_township_only_that_is_told(office: Office, registered: Person):
    with acting_as(system()), transaction.atomic():
        other = office.villager_region
        from doudi.web.accounts.models import Region

        village = Region(f"{HERE}102201", "外村", valid_from=date(2020, 1, 1), source="test")
        for code, name in ((f"{HERE}102000", "外镇"), (village.code, village.name)):
            if not Region.objects.filter(code=code).exists():
                Region(code, name, valid_from=date(2020, 1, 1), source="test").save()
        there = member_of(Region.objects.get(code=village.code), "R9", "孙七").person
        Person.objects.filter(pk=there.pk).update(
            born=date(1980, 2, 3), id_index=blind(id_number(date(1980, 2, 3), 140), "id_number")
        )
    assert other
    batch = office.checked(workbook([home("Y1")], [somebody("Y1", "孙七", 140)]), office.township)
    found = homes_of(batch)["Y1"]
    assert faults_of(found) == ["此人已在本县其他乡镇登记，请先办理迁移"]
    assert found.members.all()[0].person_id is None


def test_difficult_names_are_taken_as_they_are(office: Office):
    names = [LONG, RARE, "麦麦提·吐尔逊"]
    batch = office.checked(workbook(
        [home(f"L{place}") for place in range(3)],
        [somebody(f"L{place}", name, 150 + place) for place, name in enumerate(names)],
    ))  # fmt: skip
    assert [faults_of(each) for each in homes_of(batch).values()] == [[], [], []]
    with acting_as(system()), transaction.atomic():
        members = Member.objects.filter(batch=batch).order_by("place")
        assert [each.content()["name"] for each in members] == names


def test_what_goes_back_has_the_shape_of_the_template_and_can_be_brought_again(office: Office):
    people = [
        somebody("B1", "王一", 160),
        somebody("B2", EVIL[:50], 161),
        somebody("B2", "=1+1", 162, "不知道"),
    ]
    batch = office.checked(workbook([home("B1"), home("B2", EVIL)], people))
    with acting_as(system()), transaction.atomic():
        content = b"".join(files.opened(batch, FileKind.RETURNED))
    sheets = sheets_of(content)
    heads = sheets_of(template())
    for name in ("家庭", "人员"):
        head = [cell for cell in sheets[name][0] if cell]
        assert head == [*(cell for cell in heads[name][0] if cell), "错误", "原行号"]
    (row,) = sheets["家庭"][1:]
    assert (row[0], row[2]) == ("B2", EVIL)
    assert "村（社区）" in row[5]
    assert row[6] == 3
    assert [line[1] for line in sheets["人员"][1:]] == [EVIL[:50], "=1+1"]
    again = office.checked(io.BytesIO(content))
    assert again.counts["states"] == {"error": 1}


def test_a_table_with_both_in_csv_is_read_too(office: Office):
    text = "家庭编号,村（社区）,姓名,身份证号,与户主关系\n" + "".join(
        f"C1,{VILLAGE},{name},{id_number(date(1980, 2, 3), place)},{relation}\n"
        for name, place, relation in (("王一", 170, "户主"), ("李二", 171, "配偶"))
    )
    for encoding in ("utf-8-sig", "gb18030"):
        batch = office.checked(io.BytesIO(text.encode(encoding)), name="名册.csv")
        assert batch.counts["states"] == {"new": 1}
        assert batch.counts["members"] == 2


def test_the_template_itself_is_read_without_complaint_about_its_shape(office: Office):
    batch = office.checked(io.BytesIO(template()))
    assert batch.state == BatchState.CHECKED
    assert (batch.counts["homes"], batch.counts["members"]) == (1, 2)


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 2**20))
    return buffer.getvalue()


REFUSED = {
    "nothing": (b"", "empty"), "a PDF": (b"%PDF-1.7 ...", "pdf"), "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "xls"),
    "a bomb": (bomb(), "bomb"), "a web page": (b"<html><table></table></html>", "web_page"), "broken": (b"PK\x03\x04 broken", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_other_files_are_refused_at_the_door(office: Office, what: str):
    content, code = REFUSED[what]
    with pytest.raises(FeedError) as told:
        office.bring(io.BytesIO(content))
    assert told.value.problems[0].code == f"feed.{code}"


def test_a_workbook_of_something_else_is_refused_with_what_is_missing(office: Office):
    batch = office.bring(workbook([], []))
    with acting_as(system()), transaction.atomic():
        Chunk.objects.filter(batch=batch).delete()
        text = "品名,数量\n苹果,3\n"
        files.keep(batch, FileKind.UPLOADED, [text.encode()])
    from doudi.web.jobs.running import run

    run(batch.job_id)
    found = stored(batch)
    assert (found.state, found.job.state) == (BatchState.REFUSED, State.FAILED)
    assert "没有找到“家庭”表" in found.fault
    assert "no table of households" in found.fault_en


def test_nothing_personal_lies_open_in_the_stored_file_and_rows(office: Office):
    name, number = "司马不群", id_number(date(1980, 2, 3), 180)
    batch = office.checked(
        workbook([home("Z1", address="秘密路 5 号")], [somebody("Z1", name, 180, phone="13912345678")])
    )
    with acting_as(system()), transaction.atomic():
        sealed = [
            bytes(each.sealed)
            for model in (Chunk, Home, Member)
            for each in model.objects.filter(batch=batch)
        ]
    for word in (name, number, "13912345678", "秘密路"):
        assert not any(word.encode() in each for each in sealed)
