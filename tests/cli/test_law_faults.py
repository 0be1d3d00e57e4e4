"""``doudi law check`` on a law with faults in files of every sort: each is told once, and none hides another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import doudi

EDITS = {
    "documents.yaml": ("  kind: law\n", "  kidn: law\n"),
    "dibao/conditions.yaml": ("  unit: flag\n", "  unit: flg\n"),
    "regions/370000-shandong.yaml": ("parameters:\n", "parameters:\n  dibao.standrd: []\n"),
    "dibao/standard.py": ("(area: Code, p: Law)", "(area: Code, p: Law, wages: Money)"),
    "dibao/dibao.py": (
        "book = Book(",
        "ahead = Book\n\n\ndef halved(countable_income):\n    return countable_income / 2 + 0.5\n\n\nbook = ahead(",
    ),
}


def checked(folder: Path, edits: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """File and code of every fault of the shipped law with these edits, in the order in which they are told."""
    source = Path(doudi.__file__).parent
    shutil.copytree(source, folder / "doudi", ignore=shutil.ignore_patterns("__pycache__", "web", "static"))
    for name, (old, new) in edits.items():
        path = folder / "doudi/law" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "doudi.cli", "law", "check", "--json"],
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return [(Path(each["file"]).name, each["code"]) for each in json.loads(done.stdout)["problems"]]


def test_faults_of_documents_definitions_regions_and_rules_are_told_together(tmp_path: Path):
    assert checked(tmp_path, EDITS) == [
        ("documents.yaml", "yaml.unknown_key"),
        ("documents.yaml", "yaml.missing_key"),
        ("conditions.yaml", "unit.unknown"),
        ("370000-shandong.yaml", "parameter.unknown"),
        ("standard.py", "rule.name"),
        ("dibao.py", "house.division"),
        ("dibao.py", "house.fraction"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("def broken(:\n", "rule.unreadable"), ("undefined_thing\n", "rule.unreadable")],
)
def test_a_file_of_rules_that_python_cannot_read_is_told_with_its_line(tmp_path: Path, text: str, code: str):
    edits = {
        "dibao/standard.py": ("book = Book(", f"{text}book = Book("),
        "regions/370000-shandong.yaml": EDITS["regions/370000-shandong.yaml"],
    }
    assert checked(tmp_path, edits) == [
        ("370000-shandong.yaml", "parameter.unknown"),
        ("standard.py", code),
    ]
