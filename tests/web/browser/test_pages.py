"""Every page, in both languages, on a desktop and on a phone: reachable to all, translated, within the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.db import transaction
from django.urls import reverse

from doudi.web.accounts.access import Access, table
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.people import HERE, People
from tests.web.targets import Targets

# What a reader or a screen reader is told, without what is data or code.
TEXTS = """
() => {
  const data = (element) => element.closest("[translate=no], .code, script, style, title");
  const texts = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.textContent.trim() && !data(node.parentElement)) texts.push(node.textContent.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [alt], [title]")) {
    for (const name of ["aria-label", "placeholder", "alt", "title"]) {
      const value = element.getAttribute(name);
      if (value && !data(element)) texts.push(value);
    }
  }
  return texts;
}
"""
FOREIGN = {"en": re.compile(r"[\u3400-\u9fff]"), "zh-hans": re.compile(r"[A-Za-z]{3,}")}


VISITORS = (Role.AUDITOR, Role.SECURITY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


AT_ONCE = 20
"""Pages that one test looks at, so that several workers share those of a role."""
FRAMED = 2
"""Pages of a test whose colours are looked at on a phone too: what is shown there alone stands around all of them."""


@cache
def pages() -> dict[tuple[str, int], list[Access]]:
    """The pages that a role looks at, some at a time: each page by one role that may open it."""
    by_role: dict[str, list[Access]] = {}
    for access in table().values():
        if not access.anyone:
            by_role.setdefault(min(access.roles & {*VISITORS} or access.roles), []).append(access)
    return {
        (role, part): [*some]
        for role, all_of_it in by_role.items()
        for part, some in enumerate(batched(all_of_it, AT_ONCE))
    }


def batched(those: list[Access], size: int) -> Iterator[list[Access]]:
    """The same in parts of at most a size."""
    return (those[start : start + size] for start in range(0, len(those), size))


def untranslated(visitor: Visitor, language: str) -> list[str]:
    return [text for text in visitor.page.evaluate(TEXTS) if FOREIGN[language].search(text)]


def look(
    visitor: Visitor, name: str, language: str, size: tuple[int, int], contrast: bool = True
) -> dict[str, object]:
    """What is wrong with the page that is open."""
    width = visitor.width()
    visitor.keep_picture(f"{name}-{language}-{size[0]}")
    found = {
        "axe": visitor.violations(contrast),
        "untranslated": untranslated(visitor, language),
        "wider than the screen": width if width > size[0] else None,
    }
    return {what: fault for what, fault in found.items() if fault}


def is_page(visitor: Visitor, address: str) -> bool:
    """Whether something can be looked at there: no file, and not what only takes what is sent to it."""
    answer = visitor.page.request.get(address)
    if answer.status == 405 or "text/html" not in answer.headers["content-type"]:
        return False
    assert answer.status == 200, address
    return True


@pytest.mark.parametrize(("role", "part"), sorted(pages()))
def test_every_page_is_reachable_to_all_and_translated(visitor: Visitor, crowd: People, role: str, part: int):
    targets, wrong, seen = Targets(crowd), {}, 0
    visitor.enter(role)
    for access in pages()[role, part]:
        with acting_as(system()), transaction.atomic():
            address = reverse(access.view, kwargs=targets.of(access, HERE, role))
        if not is_page(visitor, address):
            continue
        for language, size in (("zh-hans", DESKTOP), ("en", PHONE)):
            visitor.speak(language)
            visitor.resize(size)
            visitor.page.goto(address)
            seen += 1
            faults = look(visitor, access.view, language, size, size == DESKTOP or seen <= 2 * FRAMED)
            if faults:
                wrong[access.view, language] = faults
    assert wrong == {}
    assert seen


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_the_door_and_what_goes_wrong_there(
    visitor: Visitor, crowd: People, language: str, size: tuple[int, int]
):
    visitor.speak(language)
    visitor.resize(size)
    wrong = {}
    visitor.page.goto("/login/")
    wrong["log in"] = look(visitor, "log-in", language, size)
    visitor.page.fill("#id_username", "nobody.here")
    visitor.page.fill("#id_password", "x")
    press(visitor.page, "button[type=submit].btn-primary")
    visitor.page.wait_for_selector("[role=alert]")
    wrong["refused"] = look(visitor, "log-in-refused", language, size)
    visitor.page.goto("/no/such/page/")
    wrong["404"] = look(visitor, "404", language, size)
    visitor.enter(Role.RESIDENT)
    visitor.page.goto("/audit/")
    wrong["403"] = look(visitor, "403", language, size)
    assert {name: faults for name, faults in wrong.items() if faults} == {}
