"""Residents' accounts connected to persons by the county, with a reason, and taken off again."""

from __future__ import annotations

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from tests.web.people import THERE, People, opened
from tests.web.registry.conftest import household, person

REASON = "本人持身份证到窗口办理"


def where(number: str = "p000001", home: str = "h000001") -> str:
    """The page of a member."""
    with acting_as(system()):
        return f"/households/{household(home).pk}/account/{person(number).pk}/"


def errors(answer: object) -> str:
    """What a form says."""
    return str(answer.context["form"].errors)  # type: ignore[attr-defined]


def test_a_connected_resident_sees_his_household_until_the_account_is_taken_off(county: None, people: People):
    resident, clerk = people.user(Role.RESIDENT), people.signed_in(Role.COUNTY_CLERK)
    page = where()
    assert "居民账号" in opened(clerk, page.partition("account")[0] + "members/")
    assert clerk.post(page, {"username": resident.username, "reason": REASON}).status_code == 302
    own = people.signed_in(Role.RESIDENT)
    assert len(own.get("/me/looks/").context["looks"]) == 2, "the look at the members, and the deed itself"
    assert resident.username in opened(clerk, page)
    assert clerk.post(page, {"reason": "账号借给他人使用"}).status_code == 302
    assert own.get("/me/looks/").context["looks"] == []
    with acting_as(system("auditor")):
        told = list(Entry.objects.filter(action__startswith="household.account").order_by("id"))
    assert [(entry.action, entry.reason) for entry in told] == [
        ("household.account_linked", REASON), ("household.account_unlinked", "账号借给他人使用"),
    ]  # fmt: skip
    assert resident.username not in " ".join(entry.details for entry in told)


def test_only_an_open_account_of_a_resident_that_nobody_has_is_connected(county: None, people: People):
    resident, clerk = people.user(Role.RESIDENT), people.signed_in(Role.COUNTY_CLERK)
    other = people.user(Role.TOWNSHIP_CLERK)
    for username in ("nobody", other.username, "", "' OR 1=1 --"):
        assert errors(clerk.post(where(), {"username": username, "reason": REASON}))
    assert "reason" in errors(clerk.post(where(), {"username": resident.username, "reason": ""}))
    assert clerk.post(where(), {"username": resident.username, "reason": REASON}).status_code == 302
    second = where("p000004", "h000002")
    assert "另一个人" in errors(clerk.post(second, {"username": resident.username, "reason": REASON}))


def test_an_account_of_another_county_is_not_given_away(county: None, people: People):
    resident = people.user(Role.RESIDENT)
    with acting_as(system()):
        far = person("p000001", THERE)
        far.login = resident
        far.save(update_fields=["login"])
    clerk = people.signed_in(Role.COUNTY_CLERK)
    assert "另一个人" in errors(clerk.post(where(), {"username": resident.username, "reason": REASON}))


def test_somebody_who_does_not_belong_to_the_household_is_not_found(county: None, people: People):
    clerk = people.signed_in(Role.COUNTY_CLERK)
    with acting_as(system()):
        wrong = f"/households/{household('h000001').pk}/account/{person('p000004').pk}/"
    assert clerk.get(wrong).status_code == 404
