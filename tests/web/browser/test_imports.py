"""An import in a real browser: one brings it and sees how far it is, another decides, agrees, and sees it merged."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.imports.models import Batch
from doudi.web.jobs.running import run
from doudi.web.registry.models import Household
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.imports.workbooks import home, somebody, workbook
from tests.web.people import HERE


def work() -> None:
    """Do the newest job of the import, as a worker would."""
    with acting_as(system()), transaction.atomic():
        job = Batch.objects.latest("pk").job_id
    run(job)


def test_one_brings_a_file_and_another_merges_it(visitor: Visitor, tmp_path: Path):
    page, wrong = visitor.page, {}
    people = [
        somebody("A1", "王一", 601), somebody("A1", "李二", 602, "配偶"), somebody("A2", "赵六", 603),
        somebody("A2", "<b>钱</b>", 604, "表舅"), somebody("A3", "孙七", 605),
    ]  # fmt: skip
    with acting_as(system()), transaction.atomic():
        from datetime import date

        from tests.web.registry.making import member_of

        known = member_of(visitor.people.regions[f"{HERE}101201"], "old", "孙七").person
        type(known).objects.filter(pk=known.pk).update(born=date(1980, 2, 3))
    file = tmp_path / "名册.xlsx"
    file.write_bytes(workbook([home("A1"), home("A2"), home("A3")], people).getvalue())
    visitor.enter(Role.TOWNSHIP_CLERK)
    page.goto("/imports/")
    page.set_input_files("#id_file", file)
    press(page, "main button[type=submit]")
    page.wait_for_selector("#progress")
    wrong["checking"] = look(visitor, "import-checking", "zh-hans", DESKTOP)
    work()
    page.wait_for_selector("text=待复核")
    assert page.inner_text(".tabs-plain").split() == ["有错误", "1", "疑似重复", "1", "新增", "1"]
    with page.expect_download() as download:
        page.click("text=下载退回的行")
    assert download.value.suggested_filename.endswith("-returned.xlsx")
    visitor.context.clear_cookies()
    visitor.enter(Role.COUNTY_HEAD)
    page.goto("/")
    press(page, "a.tile:has-text('待复核的导入')")
    press(page, "table a")
    press(page, ".tabs-plain a:has-text('疑似重复')")
    for size in (DESKTOP, PHONE):
        visitor.resize(size)
        wrong["decide", size] = look(visitor, "import-decide", "zh-hans", size)
    press(page, "button:has-text('归入本户')")
    page.wait_for_selector("[aria-pressed=true]")
    page.fill("#id_opinion", "已核对")
    press(page, "text=同意并入")
    page.wait_for_selector("#progress")
    work()
    page.wait_for_selector(".head .state-done")
    wrong["merged"] = look(visitor, "import-merged", "zh-hans", PHONE)
    assert {what: fault for what, fault in wrong.items() if fault} == {}
    with acting_as(system()), transaction.atomic():
        sizes = dict(Household.objects.filter(county=HERE, ended_on=None).values_list("number", "size"))
    assert sizes == {"A1": 2, "A3": 1}
