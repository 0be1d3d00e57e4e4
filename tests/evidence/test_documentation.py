"""The page tells all rules, commands and files there are."""

from __future__ import annotations

from pathlib import Path

from doudi.evidence import Built
from doudi.evidence.schema import RULES

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"


def test_the_page_tells_every_rule() -> None:
    text = PAGE.read_text("utf-8")
    for name, (zh, en) in RULES.items():
        assert f"| `{name}` | {zh} | {en} |" in text


def test_the_page_tells_every_file_of_a_build(built: Built) -> None:
    text = PAGE.read_text("utf-8")
    for path in built.folder.iterdir():
        assert f"`{path.name}" in text, path.name
