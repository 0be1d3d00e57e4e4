"""The pages of imports: what a clerk and a reviewer see and may do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.web.accounts.access import access_to
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.imports.files import MOST
from doudi.web.imports.models import Batch, BatchState, Home
from tests.web.imports.targets import part
from tests.web.imports.workbooks import home, sheets_of, somebody, workbook
from tests.web.people import HERE, THERE, People, opened


@pytest.fixture
def batch(people: People) -> int:
    """An import of the township."""
    access = access_to("imports:batch")
    assert access is not None
    number: int = part("number", access, HERE, Role.COUNTY_CLERK, people)
    return number


def upload(client: Client, content: bytes, name: str = "名册.xlsx") -> Any:
    return client.post("/imports/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_uploaded_and_its_check_waits_in_the_queue(people: People):
    client = people.signed_in(Role.TOWNSHIP_CLERK)
    file: io.BytesIO = workbook([home("P1")], [somebody("P1", "王一", 500)])
    answer = upload(client, file.getvalue())
    with acting_as(system()):
        found = Batch.objects.latest("pk")
        assert answer.url == f"/imports/{found.pk}/"
        assert (found.state, found.job.state, found.job.by) == (
            BatchState.CHECKING,
            "waiting",
            people.user(Role.TOWNSHIP_CLERK),
        )
    assert "正在后台处理" in opened(client, answer.url)
    assert opened(client, f"/jobs/{found.job_id}/").count("检查导入文件") >= 2


@pytest.mark.parametrize(("content", "said"), [
    (b"%PDF-1.7", "这是 PDF，不是表格"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧式 .xls"), (b" ", "文件是空的"),
])  # fmt: skip
def test_a_file_that_is_none_is_refused_with_what_to_do(people: People, content: bytes, said: str):
    answer = upload(people.signed_in(Role.TOWNSHIP_CLERK), content)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    with acting_as(system()):
        assert not Batch.objects.exists()


def test_a_request_larger_than_the_largest_file_is_not_read(people: People):
    client = people.signed_in(Role.TOWNSHIP_CLERK)
    answer = client.generic(
        "POST", "/imports/", b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(MOST + 2**21)
    )
    assert answer.status_code in (400, 413)


def test_the_template_has_lists_to_choose_from(people: People):
    answer = people.signed_in(Role.TOWNSHIP_CLERK).get("/imports/template/")
    sheets = sheets_of(answer.content)
    assert list(sheets) == ["家庭", "人员", "填写说明"]
    from openpyxl import load_workbook

    lists = load_workbook(io.BytesIO(answer.content))["人员"].data_validations.dataValidation
    assert any("户主" in each.formula1 for each in lists)


def test_names_are_masked_and_the_look_is_recorded(people: People, batch: int):
    page = opened(people.signed_in(Role.COUNTY_CLERK), f"/imports/{batch}/", state="decide")
    assert "王**" in page
    assert "王小明" not in page
    assert "登记中有同名同生日的人" in page
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="import.view", target=str(batch)).exists()


def test_whoever_brought_it_sees_no_button_to_agree_and_cannot(people: People, batch: int):
    own = people.signed_in(Role.TOWNSHIP_CLERK)
    assert "同意并入" not in opened(own, f"/imports/{batch}/")
    answer = own.post(f"/imports/{batch}/agree/", {"opinion": "同意"}, follow=True)
    assert "不能复核自己导入的文件" in answer.content.decode()


def test_a_colleague_decides_and_agrees(people: People, batch: int):
    head = people.signed_in(Role.COUNTY_HEAD)
    assert "同意并入" in opened(head, f"/imports/{batch}/")
    with acting_as(system()):
        doubtful = Home.objects.get(batch_id=batch, state="decide").pk
    answer = head.post(f"/imports/{batch}/decide/", {"home": doubtful, "decision": "join"}, follow=True)
    assert 'aria-pressed="true"' in answer.content.decode()
    refused = head.post(f"/imports/{batch}/agree/", {"opinion": ""}, follow=True)
    assert "请写明意见" in refused.content.decode()
    answer = head.post(f"/imports/{batch}/agree/", {"opinion": "已核对"}, follow=True)
    assert "并入中" in answer.content.decode()
    with acting_as(system()):
        found = Batch.objects.get(pk=batch)
        assert (found.state, found.reviewed_by, found.job.kind) == (
            "merging",
            people.user(Role.COUNTY_HEAD),
            "imports.merge",
        )


def test_what_is_not_offered_is_refused(people: People, batch: int):
    client = people.signed_in(Role.COUNTY_HEAD)
    for path, data, said in (
        ("decide", {"decision": "join"}, "只能一并决定不导入"), ("decide", {"decision": "maybe"}, "没有这种决定"),
        ("reverse", {"opinion": "弄错了"}, "不能这样办理"),
    ):  # fmt: skip
        assert said in client.post(f"/imports/{batch}/{path}/", data, follow=True).content.decode()
    assert client.get(f"/imports/{batch}/?state=nothing").status_code == 404


def test_another_county_does_not_find_it(people: People, batch: int):
    assert people.signed_in(Role.COUNTY_HEAD, THERE).get(f"/imports/{batch}/").status_code == 404


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(people: People, batch: int):
    client = people.signed_in(Role.COUNTY_CLERK)
    counts = []
    for more in (1000, 2000):
        found = []
        for address in ("/imports/", f"/imports/{batch}/?state=new", f"/imports/{batch}/?state=decide"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        counts.append(found)
        with acting_as(system()):
            first = Batch.objects.get(pk=batch)
            for place in range(more, more + 20):
                Home.objects.create(
                    batch=first,
                    region_id=first.region_id,
                    place=place,
                    key=f"Q{place}",
                    state="new",
                    sealed=b"",
                )
                Home.objects.create(
                    batch=first,
                    region_id=first.region_id,
                    place=place + 100,
                    key=f"R{place}",
                    state="decide",
                    sealed=b"",
                )
                Batch.objects.create(
                    region_id=first.region_id, county=HERE, name=f"{place}.xlsx", size=1, by=first.by
                )
    assert counts[0] == counts[1]
