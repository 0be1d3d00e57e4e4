"""House rules of the documentation: generated pages are those of today, and every command is described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from doudi.assessment.cases import read_cases
from doudi.assessment.law_pages import MARK, law_pages
from doudi.cli.command import cli
from doudi.cli.facts import page
from doudi.cli.lazy import LazyGroup

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def commands(group: click.Group = cli, path: str = "doudi") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands())


def test_the_catalogue_of_the_law_is_that_of_today():
    written = {path.relative_to(DOCS / "law").as_posix(): path for path in (DOCS / "law").rglob("*.md")}
    pages = law_pages()
    assert sorted(written) == sorted(pages), "run: doudi law docs"
    old = [name for name, text in pages.items() if written[name].read_text("utf-8") != text]
    assert old == [], "run: doudi law docs"


def test_the_catalogue_leads_nowhere_in_vain():
    pages = law_pages()
    anchors = {name: set(_anchors(text)) for name, text in pages.items()}
    broken = []
    for name, text in pages.items():
        for target in _links(text):
            file, _, anchor = target.partition("#")
            path = (Path("law") / name).parent / file if file else Path("law") / name
            found = Path(*_without_steps(path))
            inside = found.relative_to("law").as_posix() if found.parts[0] == "law" else None
            exists = inside in pages if inside else (DOCS / found).exists()
            if not exists or (anchor and inside and anchor not in anchors[inside]):
                broken.append(f"{name} → {target}")
    assert broken == []


def test_every_case_is_on_a_page():
    text = "\n".join(law_pages().values())
    assert [case.id for case in read_cases() if case.zh not in text] == []


def test_pages_say_that_they_are_written():
    assert all(text.startswith(MARK) for text in law_pages().values())


def test_the_page_of_facts_is_that_of_today():
    assert (DOCS / "facts.md").read_text("utf-8") == page(), "run: doudi facts docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str):
    assert f"`{name}" in (DOCS / "commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_json(name: str):
    command = COMMANDS[name]
    assert f"  {name}" in (command.help or ""), "the help shows an example"
    assert "示例 Example" in (command.help or "")
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--json", "--lang"} <= options


def test_lists_of_commands_name_what_there_is():
    def groups(group: click.Group) -> Iterator[LazyGroup]:
        if isinstance(group, LazyGroup):
            yield group
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                yield from groups(command)

    for group in groups(cli):
        for name in group.lazy:
            command = group.get_command(click.Context(group), name)
            assert command is not None
            assert command.name == name


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_page_is_in_the_index(path: Path):
    assert path.name == "README.md" or f"({path.name})" in (DOCS / "README.md").read_text("utf-8")


def _links(text: str) -> list[str]:
    import re

    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target for target in found if not target.startswith(("http://", "https://"))]


def _anchors(text: str) -> list[str]:
    import re

    return re.findall(r'<a id="([^"]+)"></a>', text)


def _without_steps(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return parts
