"""Accounts and divisions: made, ruled and watched by three different people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from doudi.web.accounts.models import Region, SecondFactor, User
from doudi.web.accounts.region_file import read_regions
from doudi.web.accounts.roles import Role
from doudi.web.accounts.services.first import add_open_account, reset_password
from doudi.web.accounts.services.regions import store
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.errors import WebError
from doudi.web.site.desk import MOST
from tests.web.people import PASSWORD, People, code_now


def deeds(target: object) -> list[str]:
    """What was recorded about something, the oldest first."""
    with acting_as(system("auditor")):
        found = Entry.objects.filter(target=str(target.pk), target_kind=target._meta.label_lower)  # type: ignore[attr-defined]
        return list(found.order_by("id").values_list("action", flat=True))


NEW = {
    "username": "new.clerk", "name": "麦麦提·吐尔逊", "organisation": "县民政局", "role": "county_clerk",
    "region": "999901000000",
}  # fmt: skip


def test_an_account_takes_two_administrators_and_its_owner(people: People):
    system_side = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    security_side = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    answer = system_side.post("/admin/users/add/", NEW)
    account = User.objects.get(username="new.clerk")
    assert answer.url == f"/admin/users/{account.pk}/"
    assert (account.is_active, account.has_usable_password()) == (False, False)
    for deed in ("open", "password", "role"):
        assert system_side.post(f"/admin/users/{account.pk}/{deed}/").status_code == 403
    waiting = security_side.get("/").context["tiles"][1]
    assert (waiting.number, waiting.shown, replace(waiting, number=MOST + 1).shown) == (1, "1", f"{MOST}+")
    security_side.post(f"/admin/users/{account.pk}/open/")
    page = security_side.post(f"/admin/users/{account.pk}/password/")
    password = page.context["password"]
    assert page["Cache-Control"] == "no-store"
    client = Client()
    assert client.post("/login/", {"username": "new.clerk", "password": password}).status_code == 302
    assert client.get("/").url == "/login/code/setup/"
    assert client.get("/me/password/").url == "/login/code/setup/"
    made = ["account.add", "account.view", "account.open", "account.password_given", "account.log_in"]
    assert [deed for deed in deeds(account) if deed != "account.view"] == [
        m for m in made if m != "account.view"
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "Capital"), ("username", "a"), ("username", "with space"), ("username", "x" * 41),
        ("username", "county_clerk.999901"), ("name", ""), ("name", "名" * 51), ("role", "emperor"),
        ("region", "999902000000"), ("region", ""), ("region", "'; DROP TABLE accounts_user; --"),
    ],
)  # fmt: skip
def test_wrong_particulars_of_an_account_are_told_at_their_field(people: People, field: str, value: str):
    people.user(Role.COUNTY_CLERK)
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    answer = client.post("/admin/users/add/", NEW | {field: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(username="new.clerk").exists()


def test_what_is_typed_is_shown_as_text(people: People):
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    client.post(
        "/admin/users/add/", NEW | {"name": "<script>alert(1)</script>", "organisation": '"><img src=x>'}
    )
    page = client.get("/admin/users/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_particulars_are_changed_and_recorded(people: People):
    account = people.user(Role.TOWNSHIP_CLERK)
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    client.post(
        f"/admin/users/{account.pk}/edit/", {"name": "𠮷田 䶮", "organisation": "x", "role": "county_head"}
    )
    account.refresh_from_db()
    assert (account.name, account.role) == ("𠮷田 䶮", Role.TOWNSHIP_CLERK)
    assert deeds(account)[-1] == "account.edit"


def test_a_new_role_ends_the_sign_ins_of_the_old(people: People):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    account = people.user(Role.TOWNSHIP_CLERK)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    client.post(f"/admin/users/{account.pk}/role/", {"role": "county_clerk", "region": "999901000000"})
    account.refresh_from_db()
    assert (account.role, account.region_id) == (Role.COUNTY_CLERK, "999901000000")
    assert clerk.get("/").status_code == 302


def test_an_account_is_closed_with_a_reason_and_opened_again(people: People):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    account = people.user(Role.TOWNSHIP_CLERK)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    address = f"/admin/users/{account.pk}/close/"
    assert client.post(address, {"reason": ""}).context["form"].errors["reason"]
    client.post(address, {"reason": "调离"})
    assert clerk.get("/").status_code == 302
    assert Client().post("/login/", {"username": account.username, "password": PASSWORD}).status_code == 200
    assert "已停用" in client.get("/admin/users/", {"state": "closed"}).content.decode()
    client.post(f"/admin/users/{account.pk}/open/")
    assert Client().post("/login/", {"username": account.username, "password": PASSWORD}).status_code == 302


def test_a_second_factor_is_taken_away_with_a_reason(people: People):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    account = people.user(Role.TOWNSHIP_CLERK)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    client.post(f"/admin/users/{account.pk}/second-factor/", {"reason": "换手机"})
    assert not SecondFactor.objects.filter(user=account).exists()
    assert clerk.get("/").status_code == 302
    again = Client()
    again.post("/login/", {"username": account.username, "password": PASSWORD})
    assert again.post("/login/code/", {"code": code_now()}).url == "/login/code/setup/"
    assert again.get("/").url == "/login/code/setup/"


def test_sign_ins_are_ended_from_outside(people: People):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    client.post(f"/admin/users/{people.user(Role.TOWNSHIP_CLERK).pk}/end-sessions/")
    assert clerk.get("/").status_code == 302


@pytest.mark.parametrize("deed", ["role", "open", "close", "password", "second-factor"])
def test_nobody_administers_his_own_account(people: People, deed: str):
    me = people.user(Role.SECURITY_ADMINISTRATOR)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    data = {"reason": "x", "role": "county_head", "region": "999901000000"}
    assert client.post(f"/admin/users/{me.pk}/{deed}/", data).status_code == 403
    me.refresh_from_db()
    assert (me.role, me.is_active) == (Role.SECURITY_ADMINISTRATOR, True)
    assert deeds(me).count("account.role") == 0


def test_the_list_of_accounts_asks_the_same_number_of_questions_however_long_it_is(people: People):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    client.get("/admin/users/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/admin/users/")
    for number in range(15):
        User(username=f"many{number}", name="x", role="county_clerk", region=people.regions["999901"]).save()
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/users/")
    assert len(many) == len(few)


def region(**changed: str) -> dict[str, str]:
    return {
        "code": "999901301000",
        "name": "新设镇",
        "valid_from": "2026-01-01",
        "source": "民政部公告",
    } | changed


def test_a_division_is_added_renamed_and_ended(people: People):
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    people.regions  # noqa: B018
    client.post("/admin/regions/add/", region())
    made = Region.objects.get(code="999901301000")
    assert (made.level, made.parent_id) == ("township", "999901000000")
    address = "/admin/regions/999901301000/"
    change = region(name="改名镇") | {"valid_to": "2030-01-01", "successor": "999901101000"}
    assert client.post(address, change).context["form"].errors["renamed_on"]
    assert client.post(address, change | {"renamed_on": "2027-06-01"}).status_code == 302
    made.refresh_from_db()
    assert [made.name_on(date(2027, 5, 31)), made.name_on(date(2027, 6, 1))] == ["新设镇", "改名镇"]
    assert [made.valid_on(date(2025, 12, 31)), made.valid_on(date(2029, 12, 31)), made.valid_on(date(2030, 1, 1))] == [
        False, True, False,
    ]  # fmt: skip
    assert made.successor_id == "999901101000"
    assert "新设镇" in client.get(address).content.decode()
    assert deeds(made) == ["region.add", "region.edit"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "999902301000"}, "code"), ({"code": "12345"}, "code"), ({"code": "99990130100x"}, "code"),
        ({"code": "999901305001"}, "code"), ({"code": "999901101000"}, "code"), ({"name": ""}, "name"),
        ({"valid_to": "2025-01-01"}, "valid_to"), ({"valid_from": "2026-02-30"}, "valid_from"),
    ],
)  # fmt: skip
def test_a_wrong_division_is_told_at_its_field(people: People, change: dict[str, str], field: str):
    people.regions  # noqa: B018
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    assert list(client.post("/admin/regions/add/", region(**change)).context["form"].errors) == [field]


def test_divisions_are_found_by_code_name_and_what_is_above(people: People):
    people.regions  # noqa: B018
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)

    def codes(**asked: str) -> list[str]:
        return [each.code for each in client.get("/admin/regions/", asked).context["page"].object_list]

    assert codes() == ["999901000000", "999901101000", "999901101201"]
    assert codes(text="999901101") == ["999901101000", "999901101201"]
    assert codes(text="村999901") == ["999901101201"]
    assert codes(within="999901101000") == ["999901101201"]
    assert codes(within="999902000000") == []
    assert codes(within="x") == []


LINES = "code,name,valid_from,valid_to,source\n"


def test_divisions_are_read_from_a_file(rows: None, tmp_path: Path):
    path = tmp_path / "regions.csv"
    path.write_text(
        LINES + "999901001000,街道,2020-01-01,,公告\n999901000000,县,2020-01-01,,公告\n"
        "990000000000,省,2020-01-01,,公告\n999900000000,市,2020-01-01,2030-01-01,公告\n",
        "utf-8-sig",
    )
    with acting_as(system()):
        assert store(read_regions(path)) == 4
        assert store(read_regions(path)) == 0
        assert Region.objects.get(code="999901001000").parent.parent.name == "市"


def test_all_faults_of_a_file_of_divisions_are_told_with_their_rows(rows: None, tmp_path: Path):
    path = tmp_path / "regions.csv"
    path.write_text(
        LINES + "1,县,2020-01-01,,x\n999901000000,,2020-13-01,,x\n990000000000,省,2020-01-01,2019-01-01,x\n",
        "utf-8",
    )
    with pytest.raises(WebError) as failed:
        read_regions(path)
    places = [(problem.row, problem.column) for problem in failed.value.problems]
    assert places == [(2, "code"), (3, "name"), (3, "valid_from"), (4, "valid_to")]
    path.write_text("name\n", "utf-8")
    with pytest.raises(WebError) as failed:
        read_regions(path)
    assert [problem.column for problem in failed.value.problems] == ["code", "valid_from", "source"]
    path.write_text(LINES + "999901000000,县,2020-01-01,,x\n", "utf-8")
    with pytest.raises(WebError, match="999900000000"):
        read_regions(path)


def test_the_first_account_is_made_at_the_console(people: People):
    people.regions  # noqa: B018
    password = add_open_account("first", "security_administrator", "999901000000", "某人")
    assert Client().post("/login/", {"username": "first", "password": password}).status_code == 302
    assert reset_password("first") != password
    with pytest.raises(WebError) as failed, transaction.atomic():
        add_open_account("First", "security_administrator", "999999000000", "")
    assert {problem.column for problem in failed.value.problems} == {"username", "region", "name"}
    with pytest.raises(WebError):
        reset_password("nobody")
