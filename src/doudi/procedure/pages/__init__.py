"""The pages of the procedure for officers and lawyers, written from its data (``docs/procedure``)."""

from __future__ import annotations

from collections.abc import Mapping

from doudi.procedure.cases import read_cases
from doudi.procedure.pages.clocks import calendar_page, clocks_page
from doudi.procedure.pages.index import conditions_page, index_page
from doudi.procedure.pages.kinds import kind_page
from doudi.procedure.pages.papers import documents_page
from doudi.procedure.pages.words import MARK
from doudi.procedure.procedure import Procedure, procedure

__all__ = ["MARK", "procedure_pages"]


def procedure_pages(rules: Procedure | None = None) -> Mapping[str, str]:
    """Every page by its file name; the same procedure gives the same pages."""
    rules, cases = rules or procedure(), read_cases()
    pages = {
        "README.md": index_page(rules),
        "clocks.md": clocks_page(rules, cases),
        "calendar.md": calendar_page(rules),
        "conditions.md": conditions_page(rules),
        "documents.md": documents_page(rules),
    }
    pages.update({f"{name}.md": kind_page(rules, machine, cases) for name, machine in rules.machines.items()})
    return {name: f"{MARK}\n\n{text.rstrip()}\n" for name, text in pages.items()}
