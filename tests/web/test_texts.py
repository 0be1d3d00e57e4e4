"""The pages speak English as fully as Chinese."""

from __future__ import annotations

import gettext
import os
import re
import shutil
from pathlib import Path

import pytest

from doudi.web import messages

CATALOGUES = [room / "locale" / "en" / "LC_MESSAGES" / "django.po" for room in messages.rooms()]
ENTRY = re.compile(r"^msgid (.+?)^msgstr(?:\[0\])? (.+?)(?=\n\n|\Z)", re.M | re.S)
CHINESE = re.compile(r"[\u3400-\u9fff]")


def unquoted(text: str) -> str:
    """The text of a catalogue, whose lines are quoted."""
    return (
        "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text.partition("msgid_plural")[0]))
        .replace("\\n", "\n")
        .replace('\\"', '"')
    )


def entries(catalogue: Path) -> dict[str, str]:
    """Texts and their translations, without the header."""
    found = {
        unquoted(source): unquoted(text.partition("msgstr[1]")[0])
        for source, text in ENTRY.findall(catalogue.read_text("utf-8"))
    }
    found.pop("", None)
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_every_text_is_translated(catalogue: Path):
    found = entries(catalogue)
    assert found
    assert [source for source, text in found.items() if not text or CHINESE.search(text)] == []
    assert [source for source in found if not CHINESE.search(source)] == [], (
        "the texts in the code are Chinese"
    )
    assert "fuzzy" not in catalogue.read_text("utf-8")
    for source, text in found.items():
        assert sorted(re.findall(r"%\(\w+\)[sd]", source)) == sorted(re.findall(r"%\(\w+\)[sd]", text)), (
            source
        )


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Path):
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {source: translated(compiled, source) for source in entries(catalogue)} == entries(catalogue)


def translated(compiled: gettext.GNUTranslations, source: str) -> str:
    """The translation of a text, of one that has a plural its singular."""
    found = compiled.gettext(source)
    return compiled.ngettext(source, source, 1) if found == source else found


def test_the_catalogues_hold_all_texts_of_code_and_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("GNU gettext is needed: apt-get install gettext")
        pytest.skip("NO GETTEXT: THE TEXTS WERE NOT GATHERED (apt-get install gettext)")
    copy = tmp_path / "web"
    shutil.copytree(messages.ROOMS, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    before = {path.parents[3].name: path.read_text("utf-8") for path in CATALOGUES}
    monkeypatch.setattr(messages, "ROOMS", copy)
    messages.gather()
    after = {
        room.name: (room / "locale/en/LC_MESSAGES/django.po").read_text("utf-8") for room in messages.rooms()
    }
    assert after == before
