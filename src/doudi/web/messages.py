"""The English catalogues: Chinese texts gathered from the rooms' code and templates, compiled with GNU gettext.

The compiled files are kept with the sources, so that nobody who runs the application needs gettext.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands.makemessages import Command as MakeMessages

ROOMS = Path(__file__).parent
LANGUAGE = "en"
# Without dates and names, so that two branches that gather the same texts have the same file.
HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class _MakeMessages(MakeMessages):
    """Gathers texts and guesses no translation."""

    msgmerge_options = [*MakeMessages.msgmerge_options, "--no-fuzzy-matching"]  # noqa: RUF012


def rooms() -> list[Path]:
    """The applications with texts of their own."""
    return sorted(folder.parent for folder in ROOMS.glob("*/locale"))


def gather() -> None:
    """Bring every catalogue up to date with the texts of its room, and compile it."""
    for room in rooms():
        with _inside(room):
            call_command(
                _MakeMessages(),
                locale=[LANGUAGE],
                no_location=True,
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
            )
        catalogue = room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        entries = catalogue.read_text("utf-8").partition("\n\n")[2]
        catalogue.write_text(f"{HEADER}\n{entries}", "utf-8")
    compile_all()


def compile_all() -> None:
    """Compile every catalogue."""
    for room in rooms():
        with _inside(room):
            call_command("compilemessages", locale=[LANGUAGE], verbosity=0)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
