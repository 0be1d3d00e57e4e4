"""The log is for machines, and nothing in it points at a person."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import resolve

from doudi.web.accounts.roles import Role
from doudi.web.logs import JsonFormatter, Requests, logging_settings, scrubbed
from tests.web.people import People


def line_of(**about: Any) -> dict[str, Any]:
    record = logging.makeLogRecord(
        {"levelname": "INFO", "levelno": logging.INFO, "name": "doudi", "msg": "x"} | about
    )
    found: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return found


@pytest.mark.parametrize(
    "number",
    [
        "99990119800101123X", "999901198001011239", "９９９９０１１９８００１０１１２３９", "999901800101123",
        "13800001234", "138 0000 1234", "138-0000-1234", "6222 0200 0000 0000 000",
    ],
)  # fmt: skip
def test_numbers_of_people_do_not_enter_the_log(number: str):
    assert scrubbed(f"row {number} refused") == "row … refused"
    assert number not in json.dumps(line_of(msg="row %s refused", args=(number,)), ensure_ascii=False)


@pytest.mark.parametrize("text", ["2026-08-01", "50000 rows in 1234 ms", "port 5432", "Doudi 0.1.0"])
def test_other_numbers_stay(text: str):
    assert scrubbed(text) == text


def test_what_was_asked_for_in_an_address_does_not_enter_the_log():
    assert scrubbed("GET /people/?name=王&id=5 HTTP/1.1") == "GET /people/?… HTTP/1.1"


def test_of_an_error_only_its_kind_and_place_are_told(rows: None):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE secret (name text UNIQUE)")
        try:
            with transaction.atomic():
                cursor.execute("INSERT INTO secret VALUES ('王小明'), ('王小明')")
        except DatabaseError:
            line = line_of(msg="failed", exc_info=sys.exc_info())
    assert "王小明" not in json.dumps(line, ensure_ascii=False)
    assert line["error"]["kind"] == "IntegrityError"
    assert line["error"]["cause"] == "UniqueViolation"
    assert any("test_logs.py" in place for place in line["error"]["at"])


def test_a_request_is_told_by_the_name_of_its_page(people: People, caplog: pytest.LogCaptureFixture):
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    account = people.user(Role.TOWNSHIP_CLERK)
    caplog.clear()
    with caplog.at_level(logging.INFO, "doudi"):
        client.get(f"/admin/users/{account.pk}/", {"text": "王小明"})
    (record,) = [record for record in caplog.records if record.name == "doudi.web.requests"]
    line = json.loads(JsonFormatter().format(record))
    assert (line["route"], line["method"], line["status"]) == ("accounts:user", "GET", 200)
    assert line["account"] == str(people.user(Role.SECURITY_ADMINISTRATOR).pk)
    assert not {"王小明", account.username, account.name} & set(
        json.dumps(line, ensure_ascii=False).split('"')
    )


@pytest.mark.parametrize("message", ["Internal Server Error", "Service Unavailable"])
def test_an_error_that_django_tells_of_a_request_names_the_page_and_not_its_address(message: str):
    request = RequestFactory().get("/admin/users/7/", {"text": "王小明"})
    request.resolver_match = resolve("/admin/users/7/")
    line = line_of(
        name="django.request", msg="%s: %s", args=(message, request.path), status_code=500, request=request
    )
    assert line["message"] == message
    assert (line["route"], line["method"], line["status"]) == ("accounts:user", "GET", 500)
    assert not [text for text in map(str, line.values()) if "/7/" in text or "王小明" in text]


def test_djangos_warnings_about_requests_are_left_out_and_its_errors_kept():
    def kept(name: str, level: int) -> bool:
        return Requests().filter(logging.makeLogRecord({"name": name, "levelno": level}))

    assert not kept("django.request", logging.WARNING)
    assert kept("django.request", logging.ERROR)
    assert kept("doudi.web", logging.WARNING)
    assert logging_settings("INFO")["root"]["handlers"] == ["console"]
