"""What all pages share: headers, errors, health, static files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.test import Client, override_settings
from django.urls import clear_url_caches, include, path
from django.utils.html import escape

from doudi.web.accounts.roles import Role
from doudi.web.site import health
from doudi.web.site.desk import Tile, laid_out
from tests.web.people import People

WEB = Path(__file__).parents[2] / "src" / "doudi" / "web"
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))


@pytest.mark.parametrize("address", ["/login/", "/", "/admin/users/", "/no/such/page/", "/health/"])
def test_every_answer_forbids_storing_framing_and_foreign_scripts(people: People, address: str):
    answer = people.signed_in(Role.SECURITY_ADMINISTRATOR).get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-Number"])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.relative_to(WEB).as_posix())
def test_no_template_holds_a_script_or_a_style(template: Path):
    text = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert "|safe" not in text.replace("field.help_text|safe", "")
    get_template(template.relative_to(next(p for p in template.parents if p.name == "templates")).as_posix())


def test_a_page_that_is_not_there_says_so_and_leads_back(people: People):
    answer = people.signed_in(Role.RESIDENT).get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有找到" in page
    assert "回工作台" in page
    assert answer["X-Request-Number"] in page
    assert "去登录" in Client().get("/no/such/page/").content.decode()


def test_a_page_that_breaks_tells_its_number_and_nothing_else(people: People):
    from types import ModuleType

    from doudi.web import urls as ours

    def broken(request: Any) -> None:
        raise RuntimeError("王小明 999901198001011239")

    urls = ModuleType("broken_urls")
    breaking = path("", include(([path("health/", broken, name="health")], "site")))
    urls.urlpatterns = [breaking, *ours.urlpatterns]  # type: ignore[attr-defined]
    urls.handler500 = ours.handler500  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=urls):
        answer = Client(raise_request_exception=False).get("/health/")
    clear_url_caches()
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出错了" in page
    assert answer["X-Request-Number"] in page
    assert "王小明" not in page


def test_health_is_good(client: Client):
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "disk": "ok"}


def test_health_tells_what_is_wrong(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["disk"], answer.json()["database"]) == (503, "failed", "ok")


def test_health_of_an_old_schema_is_bad(own_database: str):
    from django.db import connections

    from doudi.web.errors import DatabaseError
    from doudi.web.migration import migrate, must_be_current, pending

    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    assert Client().get("/health/").json()["migrations"] == "failed"
    assert pending() == ["audit.0002_append_only"]
    with pytest.raises(DatabaseError, match="0002_append_only"):
        must_be_current()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0002_append_only', now())"
        )
    assert migrate() == []
    must_be_current()


def test_health_without_a_database_is_bad(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "_database", lambda: False)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "failed"


def test_migrations_hold_all_that_the_models_say(rows: None):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_static_files_are_collected_under_names_that_change_with_them(tmp_path: Path):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
        from django.templatetags.static import static

        for name in ("site/theme.css", "site/site.js", "site/icons.svg", "vendor/htmx/htmx.min.js"):
            hashed = static(name)
            assert re.search(r"\.[0-9a-f]{12}\.", hashed)
            assert (tmp_path / hashed.removeprefix("/static/")).exists()
    assert list(tmp_path.glob("site/theme.*.css.gz"))
    shutil.rmtree(tmp_path)


def test_the_charts_of_the_report_are_served_and_nothing_else_of_that_room():
    assert finders.find("vendor/echarts/echarts.common.min.js").endswith(
        "assessment/report/echarts.common.min.js"
    )
    assert finders.find("vendor/echarts/content.py") is None
    assert finders.find("vendor/echarts/../content.py") is None


@pytest.mark.parametrize("name", ["bootstrap/LICENSE-bootstrap", "htmx/LICENSE-htmx", "README.md"])
def test_files_of_others_come_with_their_licence(name: str):
    assert finders.find(f"vendor/{name}")


def test_every_picture_that_a_page_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (WEB / "site/static/site/icons.svg").read_text("utf-8")))
    named = {
        name for template in TEMPLATES for name in re.findall(r'icon "([a-z]+)"', template.read_text("utf-8"))
    }
    from doudi.web.site.navigation import PAGES

    named |= {icon for _, _, icon, _ in PAGES}
    assert named <= drawn


def test_the_menu_holds_what_the_role_may_open(people: People):
    def titles(role: str) -> list[str]:
        return [str(item.title) for item in people.signed_in(role).get("/").context["menu"]]

    assert titles(Role.RESIDENT) == [
        "工作台", "申请救助", "我的办件", "幸福清单", "报告变化", "申诉", "我的信息", "政策库", "谁看过",
    ]  # fmt: skip
    assert titles(Role.AUDITOR) == ["工作台", "政策库", "角色与权限", "区划", "审计"]
    assert titles(Role.SYSTEM_ADMINISTRATOR) == ["工作台", "政策库", "账号", "区划", "后台任务"]


def test_the_desk_shows_what_is_late_first_and_what_there_is_nothing_of_in_a_line(people: People):
    late = Tile("late", 2, "cases:cases", "warning", "?state=late")
    waiting, nothing = Tile("waiting", 715, "cases:cases", "inbox"), Tile("none", 0, "cases:cases", "warning")
    assert laid_out([waiting, nothing, late]) == ([late, waiting], [nothing])
    answer = people.signed_in(Role.TOWNSHIP_CLERK).get("/")
    idle = answer.context["idle"]
    assert idle
    assert all(tile.number == 0 for tile in idle)
    for tile in idle:
        assert f'<a href="{escape(tile.url)}">{tile.title}</a>' in answer.content.decode()


def test_a_resident_finds_on_the_desk_what_can_be_done(people: People):
    page = people.signed_in(Role.RESIDENT).get("/").content.decode()
    for address in ("/apply/", "/my/", "/my/benefits/", "/policies/"):
        assert f'<a class="tile" href="{address}">' in page
