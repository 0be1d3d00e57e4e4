"""Coming in: guessed, locked, replayed, left idle, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from doudi.web.accounts.models import Lockout, SecondFactor, SignIn, User
from doudi.web.accounts.policies import POLICIES
from doudi.web.accounts.roles import Role
from doudi.web.accounts.services.devices import device_of
from doudi.web.accounts.services.lockouts import MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW, key_of
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from tests.web.people import PASSWORD, THERE, People, code_now

NEUTRAL = "账号或口令不对"


def enter(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/login/", {"username": username, "password": password, **more})


def entries(action: str) -> list[tuple[str, str]]:
    """Actor and outcome of what was recorded, the oldest first."""
    with acting_as(system("auditor")):
        found = Entry.objects.filter(action=action).order_by("id")
        return list(found.values_list("actor_name", "outcome"))


def test_staff_come_in_by_password_and_code(people: People, client: Client):
    user = people.user(Role.COUNTY_CLERK)
    assert client.get("/").url == "/login/?next=/"
    assert enter(client, user.username, next="/me/sessions/").url == "/me/sessions/"
    assert client.get("/me/sessions/").url == "/login/code/"
    answer = client.post("/login/code/?next=/me/sessions/", {"code": code_now()})
    assert answer.url == "/me/sessions/"
    assert client.get("/me/sessions/").status_code == 200
    assert entries("account.log_in") == [(user.username, "done")]
    assert entries("account.second_factor") == [(user.username, "done")]


def test_a_resident_comes_in_by_password(people: People, client: Client):
    assert enter(client, people.user(Role.RESIDENT).username).url == "/"
    assert client.get("/").status_code == 200


def test_the_session_gets_a_new_key_at_each_step(people: People, client: Client):
    client.get("/login/")
    user = people.user(Role.COUNTY_CLERK)
    enter(client, user.username)
    after_password = client.cookies["doudi_session"].value
    client.post("/login/code/", {"code": code_now()})
    after_code = client.cookies["doudi_session"].value
    assert after_password != after_code
    stolen = Client()
    stolen.cookies["doudi_session"] = after_password
    assert stolen.get("/").status_code == 302


@pytest.mark.parametrize("wrong", ["wrong name", "wrong password", "closed", "locked", "no password"])
def test_what_was_wrong_is_not_told(people: People, client: Client, wrong: str):
    user = people.user(Role.COUNTY_CLERK)
    name, password = user.username, PASSWORD
    if wrong == "wrong name":
        name = "nobody.here"
    elif wrong == "wrong password":
        password = "not this one"
    elif wrong == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif wrong == "no password":
        User.objects.filter(pk=user.pk).update(password=make_password(None))
    elif wrong == "locked":
        for _ in range(MOST_BY_NAME):
            enter(client, name, "not this one")
    answer = enter(client, name, password)
    assert answer.status_code == 200
    assert NEUTRAL in answer.content.decode()
    assert "doudi_session" not in client.cookies
    assert entries("account.log_in")[-1] == ("", "failed")


def test_a_name_is_locked_for_a_while_and_then_free(people: People, client: Client):
    user = people.user(Role.RESIDENT)
    for _ in range(MOST_BY_NAME):
        enter(client, user.username, "not this one")
    assert enter(client, user.username).status_code == 200
    # The database counts from the beginning of the transaction, which a slow machine began long ago.
    Lockout.objects.update(last_failure_at=timezone.now() - 2 * WINDOW)
    assert enter(client, user.username).status_code == 302
    enter(Client(), user.username, "not this one")
    assert list(Lockout.objects.values_list("failures", flat=True)) == [1, 1]


def test_names_and_addresses_are_not_written_down_where_failures_are_counted(client: Client):
    enter(client, "nobody.here")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(key, ' ') FROM accounts_lockout")
        assert not {"nobody", "127.0.0.1"} & set(cursor.fetchone()[0].split())
        cursor.execute("SELECT count(*) FROM audit_entry WHERE audit_entry::text LIKE '%nobody.here%'")
        assert cursor.fetchone() == (0,)


def test_an_address_that_tries_too_often_is_asked_to_wait(client: Client):
    enter(client, "one.name")
    address = Lockout.objects.get(key=key_of("address", "127.0.0.1"))
    assert address.failures == 1
    Lockout.objects.filter(pk=address.pk).update(failures=MOST_BY_ADDRESS - 1)
    assert enter(client, "other.name").status_code == 200
    answer = enter(client, "another.name")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "请稍后再试" in answer.content.decode()
    elsewhere = client.post("/login/", {"username": "a.name", "password": "x"}, REMOTE_ADDR="10.0.0.7")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_led_elsewhere(people: People, client: Client, elsewhere: str):
    assert enter(client, people.user(Role.RESIDENT).username, next=elsewhere).url == "/"


def test_a_form_without_its_token_is_refused(people: People):
    client = Client(enforce_csrf_checks=True)
    answer = enter(client, people.user(Role.RESIDENT).username)
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "", "1234567", "١٢٣٤٥٦"])
def test_a_wrong_code_opens_nothing(people: People, client: Client, code: str):
    enter(client, people.user(Role.COUNTY_CLERK).username)
    assert client.post("/login/code/", {"code": code}).status_code == 200
    assert client.get("/").url == "/login/code/"


def test_a_code_counts_once(people: People, client: Client):
    user = people.user(Role.COUNTY_CLERK)
    code = code_now()
    enter(client, user.username)
    assert client.post("/login/code/", {"code": code}).status_code == 302
    thief = Client()
    enter(thief, user.username)
    assert thief.post("/login/code/", {"code": code}).status_code == 200
    assert thief.get("/").url == "/login/code/"


def test_codes_cannot_be_guessed(people: People, client: Client):
    user = people.user(Role.COUNTY_CLERK)
    enter(client, user.username)
    for _ in range(MOST_BY_NAME):
        client.post("/login/code/", {"code": "000000"})
    assert client.post("/login/code/", {"code": code_now()}).status_code == 200
    again = Client()
    enter(again, user.username)
    assert again.post("/login/code/", {"code": code_now()}).status_code == 200
    assert entries("account.second_factor")[-1][1] == "failed"


def test_a_second_factor_is_set_up_once_and_its_secret_is_sealed(people: People, client: Client):
    import pyotp

    user = people.user(Role.COUNTY_CLERK)
    SecondFactor.objects.filter(user=user).delete()
    enter(client, user.username)
    assert client.get("/").url == "/login/code/setup/"
    page = client.get("/login/code/setup/")
    secret = page.context["secret"].replace(" ", "")
    assert client.get("/login/code/setup/").context["secret"].replace(" ", "") == secret
    assert "<svg" in page.content.decode()
    assert secret.encode() not in bytes(SecondFactor.objects.get(user=user).sealed_secret)
    assert client.post("/login/code/setup/", {"code": "000000"}).status_code == 200
    assert client.post("/login/code/setup/", {"code": pyotp.TOTP(secret).now()}).url == "/"
    assert client.get("/").status_code == 200
    other = Client()
    enter(other, user.username)
    assert other.get("/login/code/setup/").url == "/login/code/"
    assert other.get("/").url == "/login/code/"


@override_settings(SECOND_FACTOR=False)
def test_a_demonstration_may_do_without_codes(people: People, client: Client):
    enter(client, people.user(Role.COUNTY_CLERK).username)
    assert client.get("/").status_code == 200


def shift(**fields: Any) -> None:
    SignIn.objects.update(**fields)


@pytest.mark.parametrize(
    ("fields", "ending"),
    [
        ({"seen_at": timedelta(minutes=21)}, "idle"),
        ({"started_at": timedelta(hours=10, minutes=1)}, "too_long"),
    ],
)
def test_a_sign_in_ends_when_idle_or_too_long(people: People, fields: dict[str, timedelta], ending: str):
    client = people.come_in(Role.COUNTY_CLERK)
    shift(**{name: timezone.now() - ago + timedelta(minutes=2) for name, ago in fields.items()})
    assert client.get("/").status_code == 200
    shift(**{name: timezone.now() - ago for name, ago in fields.items()})
    assert client.get("/").url == "/login/?next=/"
    assert SignIn.objects.get().ending == ending
    assert client.get("/").status_code == 302
    assert entries("sign_in.end") == [("county_clerk.999901", "done")]


def test_a_sign_in_is_seen_and_revoked(people: People):
    here, there = people.come_in(Role.COUNTY_CLERK), people.come_in(Role.COUNTY_CLERK)
    page = there.get("/me/sessions/")
    assert len(page.context["open"]) == 2
    other = SignIn.objects.exclude(pk=page.wsgi_request.sign_in.pk).get()
    assert there.post(f"/me/sessions/{other.pk}/end/").status_code == 302
    assert here.get("/").status_code == 302
    assert there.get("/").status_code == 200
    assert there.get("/me/sessions/").context["ended"][0].ending == "revoked"


def test_nobody_ends_the_sign_in_of_another(people: People):
    here, there = people.come_in(Role.COUNTY_CLERK), people.come_in(Role.COUNTY_CLERK, THERE)
    mine = here.get("/").wsgi_request.sign_in
    assert there.post(f"/me/sessions/{mine.pk}/end/").status_code == 404
    assert here.get("/").status_code == 200


def test_all_other_sign_ins_end_at_once(people: People):
    clients = [people.come_in(Role.COUNTY_CLERK) for _ in range(3)]
    assert clients[0].post("/me/sessions/end-others/").status_code == 302
    assert [client.get("/").status_code for client in clients] == [200, 302, 302]


def test_logging_out_ends_the_sign_in(people: People):
    client = people.come_in(Role.COUNTY_CLERK)
    cookie = client.cookies["doudi_session"].value
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    again = Client()
    again.cookies["doudi_session"] = cookie
    assert again.get("/").status_code == 302
    assert SignIn.objects.get().ending == "logged_out"


def test_a_closed_account_is_out_at_its_next_step(people: People):
    client = people.come_in(Role.COUNTY_CLERK)
    User.objects.filter(pk=people.user(Role.COUNTY_CLERK).pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_password_given_by_somebody_else_is_changed_first(people: People, client: Client):
    user = people.user(Role.RESIDENT)
    User.objects.filter(pk=user.pk).update(password_changed_at=None)
    enter(client, user.username)
    assert client.get("/").url == "/me/password/"
    assert "别人给的" in client.get("/me/password/").content.decode()
    new = "another long sentence"
    data = {"present": PASSWORD, "new": new, "again": new}
    assert client.post("/me/password/", data).url == "/"
    assert client.get("/").status_code == 200
    assert enter(Client(), user.username, new).status_code == 302


def test_a_new_password_ends_the_sign_ins_elsewhere(people: People):
    here, there = people.come_in(Role.RESIDENT), people.come_in(Role.RESIDENT)
    data = {"present": PASSWORD, "new": "another long sentence", "again": "another long sentence"}
    assert here.post("/me/password/", data).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize(
    ("present", "new", "again", "field"),
    [
        ("wrong", "another long sentence", "another long sentence", "present"),
        (PASSWORD, "short", "short", "new"),
        (PASSWORD, PASSWORD, PASSWORD, "new"),
        (PASSWORD, "another long sentence", "yet another sentence", "again"),
        (PASSWORD, "1q2w3e4r5t6y", "1q2w3e4r5t6y", "new"),
        (PASSWORD, "resident.999901", "resident.999901", "new"),
        (PASSWORD, "x" * 129, "x" * 129, "new"),
    ],
)
def test_a_poor_password_is_refused(people: People, present: str, new: str, again: str, field: str):
    client = people.come_in(Role.RESIDENT)
    answer = client.post("/me/password/", {"present": present, "new": new, "again": again})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_the_policy_of_dengbao_asks_for_kinds_of_signs_and_for_change(people: People):
    validators = [{"NAME": "doudi.web.accounts.passwords.MixedPassword"}]
    client = people.come_in(Role.RESIDENT)
    with override_settings(PASSWORD_POLICY=POLICIES["dengbao"], AUTH_PASSWORD_VALIDATORS=validators):
        for poor in ("alllowercase", "lower12345", "Aa1!"):
            answer = client.post("/me/password/", {"present": PASSWORD, "new": poor, "again": poor})
            assert answer.context["form"].errors["new"]
        old = timezone.now() - timedelta(days=91)
        User.objects.filter(pk=people.user(Role.RESIDENT).pk).update(password_changed_at=old)
        assert client.get("/").url == "/me/password/"
        assert "口令已满 90 天" in client.get("/me/password/").content.decode()
        data = {"present": PASSWORD, "new": "Mixed-12345", "again": "Mixed-12345"}
        assert client.post("/me/password/", data).url == "/"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/93.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0 Chrome/100", "微信 · Android"),
        ("Mozilla/5.0 (X11; Linux) Gecko Firefox/115", "Firefox · Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_as_people_know_it(agent: str, device: str):
    assert device_of(agent) == device
