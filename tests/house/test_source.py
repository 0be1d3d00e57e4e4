"""House rules of the source: short files, docstrings."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
LONGEST = 450
FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_are_short_and_say_what_they_are(path: Path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST
    assert not text or ast.get_docstring(ast.parse(text)), "a module begins with a sentence about it"
