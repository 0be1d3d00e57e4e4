"""The pages in the system's Chromium, served from a database of the module.

Without Chromium these tests are skipped with a loud line; where ``CI=true`` they fail. ``DOUDI_SCREENSHOTS`` names a
folder in which a picture of every page is kept.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import transaction

from doudi.web.accounts.models import Lockout, SecondFactor
from doudi.web.database.scope import acting_as, system
from tests.web.people import HERE, PASSWORD, People, code_now

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The shell has no windows to draw, so a page costs it less than half."""
SERIOUS = """
(contrast) => {
  const lesser = axe._audit.rules.filter(({id, impact}) =>
    ["minor", "moderate"].includes(impact) || (id === "color-contrast" && !contrast));
  const rules = Object.fromEntries(lesser.map(({id}) => [id, {enabled: false}]));
  const serious = ({impact}) => ["serious", "critical"].includes(impact);
  return axe.run(document, {resultTypes: ["violations"], preload: false, rules}).then(({violations}) => violations
    .filter(serious).flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`)));
}
"""
"""What is serious or worse. A rule that names its impact gives it to all it finds; no rule left reads style sheets again."""
DESKTOP, PHONE = (1366, 768), (360, 740)
PATIENCE = 120_000
"""Milliseconds after which a page is given up on a slow machine."""


def press(page: Any, selector: str) -> None:
    """Click, and wait until the page that then is open is there: a click alone ends before its first element."""
    page.click(selector)
    page.wait_for_load_state()


class Quiet(WSGIRequestHandler):
    """Writes nothing for each request."""

    def log_message(self, *about: Any) -> None:
        pass


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    found = os.environ.get("DOUDI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is needed: apt-get install chromium-headless-shell")
        pytest.skip("NO CHROMIUM: THE PAGES WERE NOT LOOKED AT (apt-get install chromium-headless-shell)")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, in which Django would refuse to read the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def address(own_database: str) -> Iterator[str]:
    """Where the application answers."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, allow_reuse_address=True)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def crowd(own_database: str) -> People:
    """The people of two counties, stored for the module."""
    with acting_as(system()), transaction.atomic():
        people = People()
        people.regions  # noqa: B018
    return people


class Visitor:
    """Somebody with a browser of his own."""

    def __init__(self, chromium: Any, address: str, people: People, size: tuple[int, int] = DESKTOP) -> None:
        self.people, self.address = people, address
        self.context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=address,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 4" not in text:
            self.faults.append(text)

    def enter(self, role: str, county: str = HERE) -> None:
        """Be signed in from the next page on, without the pages of the door (``come_in`` goes through them)."""
        with acting_as(system()), transaction.atomic():
            Lockout.objects.all().delete()
            signed_in = self.people.signed_in(role, county)
        cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def come_in(self, role: str, county: str = HERE) -> None:
        """Come in through the pages, by password and code."""
        with acting_as(system()), transaction.atomic():
            user = self.people.user(role, county)
            SecondFactor.objects.filter(user=user).update(last_step=0)
            Lockout.objects.all().delete()
        self.page.goto("/login/")
        self.page.fill("#id_username", user.username)
        self.page.fill("#id_password", PASSWORD)
        press(self.page, "button[type=submit].btn-primary")
        if user.is_staff:
            self.page.fill("#id_code", code_now())
            press(self.page, "button[type=submit].btn-primary")
        self.page.wait_for_selector(".frame")

    def speak(self, language: str) -> None:
        """Take the pages in another language from now on."""
        self.context.add_cookies([{"name": "doudi_language", "value": language, "url": self.address}])

    def resize(self, size: tuple[int, int]) -> None:
        """Take another screen."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def width(self) -> int:
        """How wide the page that is open is, in pixels of its style."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def violations(self, contrast: bool = True) -> list[str]:
        """What axe finds on the page that is serious or worse: the rule and where.

        The contrast of colours takes two thirds of the time, so a page that is looked at twice is measured once.
        """
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        return list(self.page.evaluate(SERIOUS, contrast))

    def keep_picture(self, name: str) -> None:
        """Keep a picture of the page where ``DOUDI_SCREENSHOTS`` says."""
        folder = os.environ.get("DOUDI_SCREENSHOTS")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name.replace(':', '-')}.png", full_page=True)


@pytest.fixture
def visitor(chromium: Any, address: str, crowd: People) -> Iterator[Visitor]:
    """Somebody with a browser, nowhere yet; whatever the browser complains of fails the test."""
    somebody = Visitor(chromium, address, crowd)
    yield somebody
    somebody.context.close()
    assert somebody.faults == []
