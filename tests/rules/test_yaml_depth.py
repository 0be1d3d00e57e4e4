"""Files that nest without end are refused with the line, before they can exhaust the stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.rules.errors import Problems
from doudi.rules.yaml_places import DEEPEST, read_page


def nested(sort: str, levels: int) -> str:
    """So many lists or mappings in each other."""
    if sort == "brackets":
        return "[" * levels + "]" * levels
    if sort == "braces":
        return "{a: " * levels + "1" + "}" * levels
    if sort == "dashes":
        return "- " * levels + "x"
    return "".join(f"{' ' * level}a:\n" for level in range(levels))


@pytest.mark.parametrize("sort", ["brackets", "braces", "dashes", "indentation"])
def test_a_page_nests_only_so_deep(tmp_path: Path, sort: str):
    for levels, codes in ((DEEPEST, []), (DEEPEST + 1, ["yaml.too_deep"]), (3_000, ["yaml.too_deep"])):
        path = tmp_path / f"{levels}.yaml"
        path.write_text("# head\n" + nested(sort, levels), encoding="utf-8")
        problems = Problems()
        _, root = read_page(path, problems)
        assert [problem.code for problem in problems] == codes
        assert (root is None) == bool(codes)
        assert all(problem.line is not None and problem.line > 1 for problem in problems)


@pytest.mark.parametrize("sort", ["brackets", "dashes"])
def test_a_page_without_end_does_not_end_the_process(tmp_path: Path, sort: str):
    path = tmp_path / "deep.yaml"
    path.write_text(nested(sort, 200_000)[:200_000], encoding="utf-8")
    problems = Problems()
    assert read_page(path, problems)[1] is None
    assert [problem.code for problem in problems] == ["yaml.too_deep"]


def test_what_stands_side_by_side_is_not_deep(tmp_path: Path):
    path = tmp_path / "wide.yaml"
    path.write_text("- {a: [1]}\n" * 500, encoding="utf-8")
    problems = Problems()
    assert read_page(path, problems)[1] is not None
    assert not problems.found
