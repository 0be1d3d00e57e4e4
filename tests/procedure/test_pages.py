"""The pages of the procedure are those of today, and lead nowhere in vain."""

from __future__ import annotations

import re
from pathlib import Path

from doudi.procedure.cases import read_cases
from doudi.procedure.pages import MARK, procedure_pages
from doudi.procedure.procedure import procedure

DOCS = Path(__file__).parents[2] / "docs" / "procedure"


def test_the_pages_are_those_of_today():
    pages = procedure_pages()
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}
    assert sorted(written) == sorted(pages), "run: doudi procedure docs"
    assert [name for name, text in pages.items() if written[name] != text] == [], "run: doudi procedure docs"


def test_pages_say_that_they_are_written_and_every_case_is_on_one():
    pages = procedure_pages()
    assert all(text.startswith(MARK) for text in pages.values())
    everything = "\n".join(pages.values())
    assert [case.zh for case in read_cases() if case.zh not in everything] == []


def test_links_lead_to_pages_and_anchors_that_exist():
    pages = procedure_pages()
    anchors = {name: set(re.findall(r'<a id="([^"]+)">', text)) for name, text in pages.items()}
    broken = []
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, anchor = target.partition("#")
            if file not in pages or (anchor and anchor not in anchors[file]):
                broken.append(f"{name} → {target}")
    assert broken == []


def test_every_clock_document_and_step_is_on_a_page():
    pages = procedure_pages()
    rules = procedure()
    assert all(f'<a id="{name}">' in pages["clocks.md"] for name in rules.clocks)
    assert all(f"`{name}`" in pages["documents.md"] for name in (*rules.documents, *rules.papers))
    for machine in rules.machines.values():
        assert all(f"`{name}`" in pages[f"{machine.name}.md"] for name in machine.steps)
