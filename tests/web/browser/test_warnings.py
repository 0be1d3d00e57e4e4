"""Visits without network, from two devices, and past a killed server."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from doudi.web.warnings.models import Visit, Warning
from doudi.web.warnings.services.nights import take_in
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.people import People
from tests.web.served import children_of, gunicorn, lock_waits
from tests.web.warnings.making import home, lay_down, row, warning_of


@pytest.fixture
def task(crowd: People, tmp_path: Path) -> Iterator[Warning]:
    """A new household with one urgent warning, in the hands of the village."""
    number = f"h{uuid.uuid4().hex[:8]}"
    with acting_as(system()), transaction.atomic():
        crowd.user(Role.VILLAGE_ASSISTANT)
        home(crowd, number, name="王小明")
    enter_night(tmp_path, [row(number)])
    with acting_as(system()), transaction.atomic():
        yield_this = warning_of(number)
    yield yield_this
    with acting_as(system()), transaction.atomic():
        Case.objects.filter(kind="warning", closed_at__isnull=True).update(stage="closed")


def enter_night(folder: Path, rows: list[dict[str, Any]]) -> None:
    with acting_as(system()), transaction.atomic():
        take_in(lay_down(folder, rows))


def village(chromium: Any, address: str, crowd: People) -> Visitor:
    """The village's assistant with a phone of his own, whose page is ready to work without network."""
    found = Visitor(chromium, address, crowd, PHONE)
    found.enter(Role.VILLAGE_ASSISTANT)
    found.page.goto("/v/today/")
    ready(found)
    return found


def ready(visitor: Visitor) -> None:
    visitor.page.wait_for_selector("html[data-phone=ready]", state="attached")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def fill(page: Any, warning: Warning, result: str, findings: str) -> None:
    """Answer the form of a visit and send it."""
    stem = f"w{warning.pk}"
    page.select_option(f"[name={stem}-result]", result)
    page.check(f"[name={stem}-evidence][value=home]")
    page.fill(f"[name={stem}-findings]", findings)
    press(page, ".send button")


def visits(warning: Warning) -> list[Visit]:
    with acting_as(system()), transaction.atomic():
        return list(Visit.objects.filter(household_id=warning.household_id).order_by("pk"))


def stage(warning: Warning) -> str:
    with acting_as(system()), transaction.atomic():
        return str(Case.objects.get(pk=warning.case_id).stage)


def until(wanted: Any) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.2)


def test_a_visit_filled_without_network_is_sent_once_when_there_is_one(
    chromium: Any, address: str, crowd: People, task: Warning
):
    phone = village(chromium, address, crowd)
    page = phone.page
    assert look(phone, "warnings-today", "zh-hans", PHONE) == {}
    phone.context.set_offline(True)
    page.goto("/v/today/")
    page.wait_for_selector("#kept .task")
    assert "王**" in page.inner_text("#kept")
    phone.keep_picture("warnings-offline-list")
    press(page, "#kept .task button")
    assert look(phone, "warnings-offline-form", "zh-hans", PHONE) == {}
    press(page, ".send button")
    page.wait_for_selector("[data-problems]")
    fill(page, task, "in_order", "家里都好")
    page.wait_for_selector("#kept-none:not([hidden])")
    assert page.inner_text("[data-waiting]") == "1"
    assert visits(task) == []
    phone.keep_picture("warnings-offline-kept")
    phone.context.set_offline(False)
    page.goto("/v/today/")
    until(lambda: len(visits(task)) == 1)
    page.wait_for_selector("#queue", state="hidden")
    assert stage(task) == "answered"
    assert visits(task)[0].conflicts_with_id is None
    assert [fault for fault in phone.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
    phone.context.close()


def test_two_devices_on_one_household_are_both_kept_and_both_told(
    chromium: Any, address: str, crowd: People, task: Warning
):
    first, second = village(chromium, address, crowd), village(chromium, address, crowd)
    for each in (first, second):
        each.page.goto(f"/v/visit/{task.household_id}/")
        ready(each)
    fill(first.page, task, "in_order", "第一台")
    first.page.wait_for_url("**/v/today/")
    fill(second.page, task, "urgent", "第二台")
    second.page.wait_for_url("**/v/visits/*/")
    text = second.page.inner_text("main")
    assert "第一台" in text
    assert "第二台" in text
    assert look(second, "warnings-conflict", "zh-hans", PHONE) == {}
    first.page.goto("/v/today/")
    assert "对比两份记录" in first.page.inner_text("main")
    assert [one.conflicts_with_id is not None for one in visits(task)] == [False, True]
    assert first.faults == second.faults == []
    for each in (first, second):
        each.context.close()


def test_a_server_killed_in_mid_sync_loses_nothing_and_doubles_nothing(
    chromium: Any, own_database: str, crowd: People, task: Warning
):
    with gunicorn(connection.settings_dict) as (address, process):
        phone = Visitor(chromium, address, crowd, PHONE)
        # The server hashes passwords in earnest, so that one comes in with a session of the tests.
        session = crowd.signed_in(Role.VILLAGE_ASSISTANT).cookies[settings.SESSION_COOKIE_NAME].value
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        phone.page.goto("/v/today/")
        ready(phone)
        phone.page.goto(f"/v/visit/{task.household_id}/")
        ready(phone)
        with acting_as(system()), transaction.atomic():
            # The household is held, so that the visit is in the middle of being taken in when the worker dies.
            Household.objects.select_for_update(of=("self",)).get(pk=task.household_id)
            fill(phone.page, task, "in_order", "没有丢")
            until(lock_waits)
            killed = children_of(process)
            os.kill(killed[0], signal.SIGKILL)
            until(lambda: children_of(process) not in ([], killed))
        phone.page.wait_for_url("**/v/today/")
        until(lambda: phone.page.locator("#queue").count() == 1)
        phone.page.reload()
        until(lambda: len(visits(task)) == 1)
        phone.page.reload()
        ready(phone)
        assert len(visits(task)) == 1
        assert stage(task) == "answered"
        phone.context.close()


def test_the_figures_in_both_languages_and_sizes(visitor: Visitor, task: Warning):
    visitor.enter(Role.COUNTY_HEAD)
    wrong = {}
    for language, size in (("zh-hans", DESKTOP), ("en", PHONE)):
        visitor.speak(language)
        visitor.resize(size)
        for name, path in (("figures", "/c/"), ("alerts", "/t/alerts/"), ("alert", f"/t/alerts/{task.pk}/"), ("watched", "/watched/")):  # fmt: skip
            visitor.page.goto(path)
            faults = look(visitor, f"warnings-{name}", language, size)
            if faults:
                wrong[name, language] = faults
    assert wrong == {}
