"""Changes of households: one asks, another decides; what was stays known; whoever comes second is told."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.models import Change, Household, Person
from doudi.web.registry.selectors.files import File
from doudi.web.registry.services import changes, households
from tests.web.people import HERE, People, opened
from tests.web.registry.conftest import household, person
from tests.web.registry.making import member_of

ON = date(2026, 9, 10)
BEFORE = date(2026, 9, 9)


def members(number: str, day: date | None = None) -> list[tuple[str, str]]:
    """Who belongs to a household, and as what."""
    return [(each.person.number, each.relation) for each in File(household(number), day).members]


def test_a_household_is_split_and_was_whole_before(everything: None):
    new = households.split(household("h000001"), [person("p000003")], person("p000003"), ON)
    assert members("h000001") == [("p000001", "head"), ("p000002", "spouse")]
    assert members(new.number) == [("p000003", "head")]
    assert [number for number, _ in members("h000001", BEFORE)] == ["p000001", "p000002", "p000003"]
    assert members(new.number, BEFORE) == []
    assert (new.size, new.head_id, household("h000001").size) == (1, person("p000003").pk, 2)
    assert File(new).known.people["p000003"].value("born") == "2015-06-07"


def test_nobody_splits_off_the_head_or_everybody(everything: None):
    farm = household("h000001")
    everybody = [person(number) for number in ("p000001", "p000002", "p000003")]
    for people in (everybody, everybody[:1], []):
        with pytest.raises(ChangeError):
            households.split(farm, people, person("p000003"), ON)


def test_households_merge_and_the_one_that_ends_keeps_its_history(everything: None):
    households.merge(household("h000001"), household("h000002"), ON)
    assert ("p000004", "other") in members("h000001")
    ended = household("h000002")
    assert (ended.ended_on, ended.size, ended.head) == (ON, 0, None)
    assert members("h000002", BEFORE) == [("p000004", "head")]
    with pytest.raises(ChangeError):
        households.merge(household("h000001"), ended, ON)


def test_a_household_moves_with_everything_that_belongs_to_it(everything: None):
    Region(code=f"{HERE}101202", name="新村", valid_from=date(2020, 1, 1), source="test").save()
    farm = household("h000001")
    households.move(farm, Region.objects.get(code=f"{HERE}101202"), "新村3号", ON)
    rows = [farm.memberships, farm.sheets, farm.tags, Person.objects.filter(household=farm)]
    assert {code for each in rows for code in each.values_list("region_id", flat=True)} == {f"{HERE}101202"}
    with pytest.raises(ChangeError):
        households.move(farm, Region.objects.get(code=f"{HERE}101000"), "", ON)


def test_when_the_head_dies_somebody_succeeds(everything: None):
    farm = household("h000001")
    with pytest.raises(ChangeError), transaction.atomic():
        households.die(farm, person("p000001"), ON)
    households.die(household("h000001"), person("p000001"), ON, person("p000002"))
    assert members("h000001") == [("p000002", "head"), ("p000003", "other")]
    assert members("h000001", BEFORE)[0] == ("p000001", "head")
    assert (person("p000001").state, person("p000001").ended_on) == ("died", ON)


def test_when_the_last_member_dies_the_household_ends(everything: None):
    households.die(household("h000002"), person("p000004"), ON)
    assert (household("h000002").ended_on, household("h000002").size) == (ON, 0)


def test_phone_and_account_lie_sealed(everything: None):
    households.contact(person("p000001"), "13900000000", "6222000000007654321", ON)
    found = person("p000001")
    assert (found.plain("phone"), found.plain("account")) == ("13900000000", "6222000000007654321")
    assert b"13900000000" not in bytes(found.phone_sealed)


def asked(by: Any, kind: str = "head", **wanted: Any) -> Change:
    wanted = wanted or {"person": person("p000002").pk}
    return changes.ask(household("h000001"), kind, ON, "户主外出务工", wanted, by)


@pytest.fixture
def clerks(everything: None, people: People, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """Two clerks, on a day after the changes."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 1))
    return people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_CLERK)


def test_nobody_approves_his_own_change(clerks: tuple[Any, Any]):
    change = asked(clerks[0])
    with pytest.raises(ChangeError, match="自己"):
        changes.approve(change, clerks[0], "同意")
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="approved", decided_by=clerks[0])
    changes.approve(change, clerks[1], "同意")
    assert members("h000001")[0] == ("p000002", "head")


def test_what_is_refused_is_not_done_and_decided_once(clerks: tuple[Any, Any]):
    change = asked(clerks[0])
    changes.refuse(change, clerks[1], "材料不全")
    assert members("h000001")[0] == ("p000001", "head")
    with pytest.raises(ChangeError, match="办结"):
        changes.approve(change, clerks[1], "同意")


def test_a_household_that_changed_meanwhile_is_not_changed_on_an_old_view(clerks: tuple[Any, Any]):
    version = household("h000001").version
    change = asked(clerks[0])
    with pytest.raises(ChangeError, match="待审批"):
        asked(clerks[1])
    households.split(household("h000001"), [person("p000003")], person("p000003"), ON)
    with pytest.raises(ChangeError, match="又有变更"):
        changes.approve(change, clerks[1], "同意")
    changes.refuse(change, clerks[1], "已变更")
    with pytest.raises(ChangeError, match="刚被别人变更"):
        changes.ask(
            household("h000001"), "head", ON, "户主外出务工", {"person": 1}, clerks[0], version=version
        )


def test_a_change_cannot_lie_ahead(clerks: tuple[Any, Any]):
    with pytest.raises(ChangeError, match="还没有到"):
        changes.ask(household("h000001"), "head", date(2099, 1, 1), "户主外出务工", {}, clerks[0])


def test_two_colleagues_carry_a_change_through_the_pages(county: None, people: People):
    with acting_as(system()):
        farm, successor = household("h000001"), person("p000002").pk
    asking, deciding = people.signed_in(Role.TOWNSHIP_CLERK), people.signed_in(Role.COUNTY_CLERK)
    where = f"/households/{farm.pk}/change/"
    form = {
        "kind": "head",
        "on": "2026-09-10",
        "person": successor,
        "reason": "户主外出务工",
        "version": farm.version,
    }
    assert asking.post(where, {**form, "person": ""}).context["form"].errors["person"]
    assert asking.post(where, form).status_code == 302
    second = deciding.post(where, form)
    assert "待审批" in str(second.context["form"].non_field_errors())
    with acting_as(system()):
        number = Change.objects.get().pk
    assert "李*" in opened(deciding, f"/households/changes/{number}/")
    own = asking.post(f"/households/changes/{number}/", {"decision": "同意", "approve": "1"})
    assert "自己" in str(own.context["form"].non_field_errors())
    assert (
        deciding.post(f"/households/changes/{number}/", {"decision": "同意", "approve": "1"}).status_code
        == 302
    )
    assert "李* " in deciding.get(f"/households/{farm.pk}/").content.decode().replace("</span>", " ")
    with acting_as(system("auditor")):
        done = list(
            Entry.objects.filter(action__startswith="household.change")
            .order_by("id")
            .values_list("action", flat=True)
        )
    assert done == ["household.change_asked", "household.change_decided"]


def test_a_township_cannot_decide_what_lies_elsewhere(county: None, people: People):
    with acting_as(system()):
        number = asked(people.user(Role.COUNTY_CLERK)).pk
    other = people.signed_in(Role.TOWNSHIP_CLERK, "999902")
    assert (
        other.post(f"/households/changes/{number}/", {"decision": "同意", "approve": "1"}).status_code == 404
    )


def test_whoever_asked_for_a_change_withdraws_it_and_nobody_else_does(county: None, people: People):
    with acting_as(system()):
        change = asked(people.user(Role.TOWNSHIP_CLERK))
    where = f"/households/changes/{change.pk}/withdraw/"
    other = people.signed_in(Role.COUNTY_CLERK)
    assert "只能撤回" in opened(other, where)
    refused = other.post(where, {"reason": "不需要了"})
    assert "自己申请" in str(refused.context["form"].non_field_errors())
    own = people.signed_in(Role.TOWNSHIP_CLERK)
    assert where in opened(own, f"/households/changes/{change.pk}/")
    assert own.post(where, {"reason": ""}).status_code == 200
    assert own.post(where, {"reason": "家庭改变主意"}).status_code == 302
    with acting_as(system()):
        change.refresh_from_db()
        assert (change.state, change.decision) == ("withdrawn", "家庭改变主意")
        assert household("h000001").version == change.version
    assert "办结" in str(own.post(where, {"reason": "再来一次"}).context["form"].non_field_errors())
    with acting_as(system("auditor")):
        (entry,) = Entry.objects.filter(action="household.change_withdrawn")
    assert (entry.reason, entry.target) == ("家庭改变主意", str(change.household_id))


@pytest.fixture
def committed(own_database: str) -> tuple[int, list[int]]:
    """A household with a change that waits, and ten colleagues who may decide it, committed."""
    from doudi.web.accounts.models import User

    with acting_as(system()), transaction.atomic():
        region = People().regions[f"{HERE}101201"]
        home = member_of(region).household
        second = member_of(region, "h1", "李红", "spouse").person
        users = [
            User.objects.create(
                username=f"clerk{place}", name="测试员", role=Role.COUNTY_CLERK, region=People().regions[HERE]
            )
            for place in range(11)
        ]
        change = Change.objects.create(
            region=region, household=home, kind="head", on=ON, reason="test", wanted={"person": second.pk},
            version=home.version, asked_by=users[10],
        )  # fmt: skip
    return change.pk, [user.pk for user in users[:10]]


def test_ten_colleagues_at_once_decide_a_change_once(committed: tuple[int, list[int]]):
    from doudi.web.accounts.models import User

    number, users = committed
    outcomes: list[str] = []

    def decide(user: int) -> None:
        try:
            with acting_as(system()), transaction.atomic():
                changes.approve(Change.objects.get(pk=number), User.objects.get(pk=user), "同意")
            outcomes.append("done")
        except ChangeError:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", *["told"] * 9]
    with acting_as(system()), transaction.atomic():
        home = Household.objects.get()
        assert home.version == 1
        assert home.memberships.count() == 4
