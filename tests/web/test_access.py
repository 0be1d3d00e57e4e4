"""The table of permissions is whole, and nobody comes past it."""

from __future__ import annotations

import types
from collections.abc import Iterator

import pytest
import yaml
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import clear_url_caches, path, resolve, reverse

from doudi.web.accounts.access import TABLE, named_views, read, table
from doudi.web.accounts.checks import every_page_has_a_permission
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import ADMINISTRATORS, Role
from doudi.web.errors import SettingsError
from doudi.web.urls import handler403, urlpatterns
from tests.web.people import HERE, THERE, People
from tests.web.targets import parameters


def test_every_page_has_a_permission_and_every_permission_a_page():
    assert every_page_has_a_permission(None) == []
    assert {name for name, _ in named_views()} == set(table())


def test_no_page_stands_in_the_way_of_another():
    plain = [name for name, parts in parameters().items() if not parts]
    assert {name: resolve(reverse(name)).view_name for name in plain} == {name: name for name in plain}


def test_django_itself_finds_nothing_to_complain_of():
    assert run_checks() == []


def test_a_part_of_a_page_sends_the_whole_page_to_log_in(client: Client):
    answer = client.get("/admin/users/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/login/"


def test_lists_and_counts_hold_only_what_lies_in_the_region(people: People):
    there = people.user(Role.COUNTY_HEAD, THERE)
    here = people.user(Role.COUNTY_HEAD, HERE)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    page = client.get("/admin/users/").content.decode()
    assert here.username in page
    assert there.username not in page
    assert client.get("/admin/users/", {"text": there.username}).context["page"].paginator.count == 0
    tiles = client.get("/").context["tiles"]
    assert tiles[0].number == User.objects.filter(is_active=True, region__code__startswith=HERE).count()
    offered = client.get(f"/admin/users/{here.pk}/role/").context["regions"]
    assert offered
    assert all(region.code.startswith(HERE) for region in offered)


@pytest.mark.parametrize("code", ["999902000000", "999900000000", "000000000000", "999901999000", "1"])
def test_nobody_gives_a_role_outside_his_region(people: People, code: str):
    account = people.user(Role.COUNTY_CLERK)
    client = people.signed_in(Role.SECURITY_ADMINISTRATOR)
    answer = client.post(f"/admin/users/{account.pk}/role/", {"role": "county_head", "region": code})
    assert answer.status_code == 200
    assert answer.context["form"].errors["region"]
    account.refresh_from_db()
    assert account.role == Role.COUNTY_CLERK


def test_the_duties_of_the_three_administrators_are_apart():
    apart = {
        role: {
            view for view, access in table().items() if access.roles <= ADMINISTRATORS and access.allows(role)
        }
        for role in ADMINISTRATORS
    }
    changing = {"user_add", "user_edit", "user_role", "user_open", "user_close", "user_password"}
    made = {view for view in apart[Role.SYSTEM_ADMINISTRATOR] if view.split(":")[1] in changing}
    ruled = {view for view in apart[Role.SECURITY_ADMINISTRATOR] if view.split(":")[1] in changing}
    assert made == {"accounts:user_add", "accounts:user_edit"}
    assert ruled == {
        "accounts:user_role",
        "accounts:user_open",
        "accounts:user_close",
        "accounts:user_password",
    }
    assert not {view for view in apart[Role.AUDITOR] if view.split(":")[1] in changing}
    assert {view for view in apart[Role.AUDITOR] if view.startswith("audit:")}
    assert not {
        view for role in ADMINISTRATORS - {Role.AUDITOR} for view in apart[role] if view.startswith("audit:")
    }


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Two pages that somebody added without a permission, one of them without a name."""

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    urls = types.ModuleType("tests.web.forgotten_urls")
    urls.urlpatterns = [path("forgotten/", page, name="forgotten"), path("nameless/", page), *urlpatterns]  # type: ignore[attr-defined]
    urls.handler403 = handler403  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=urls):
        yield
    clear_url_caches()


def test_a_page_without_a_permission_answers_nobody(people: People, forgotten: None):
    for client in (
        Client(),
        *(people.signed_in(role) for role in (Role.COUNTY_HEAD, Role.SYSTEM_ADMINISTRATOR)),
    ):
        for address in ("/forgotten/", "/nameless/"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert b"secret" not in answer.content


def test_the_check_at_start_names_pages_without_a_permission(forgotten: None):
    names = sorted(str(each.msg) for each in every_page_has_a_permission(None))
    assert names == ["The page forgotten has no permission.", "The page nameless/ has no permission."]


def test_all_faults_of_the_table_are_told_at_once():
    data = yaml.safe_load(TABLE.read_text("utf-8"))
    data["views"]["site:home"] = {"who": ["county_clark"], "scope": "town", "whom": "x"}
    data["groups"]["case_workers"].append("boss")
    with pytest.raises(SettingsError) as failed:
        read(data, "access.yaml")
    assert sorted(problem.value for problem in failed.value.problems) == [
        "boss",
        "county_clark",
        "town",
        "whom",
    ]
    assert any("county_clerk" in problem.remedy_en for problem in failed.value.problems)
