"""Composing a document: head, what the steps of the case say, signatures, and the code by which it can be verified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.documents import Block, Document, Fields, Paragraph, Signature, Signatures
from doudi.procedure.model.papers import Document as Form
from doudi.procedure.standing import Standing
from doudi.web.accounts.models import Region
from doudi.web.cases.models import Case, Step
from doudi.web.cases.services.cases import as_procedure
from doudi.web.cases.words import input_word, value_word

MODULES: tuple[str, ...] = ("doudi.web.cases.papers.chain",)
"""The modules whose functions compose documents."""


@dataclass(frozen=True)
class Draft:
    """A document that is being composed: its case as it stands, the step that asks for it, its form and number."""

    case: Case
    step: Step | None
    form: Form
    number: str
    code: str
    known: procedure.Case
    standing: Standing

    @property
    def facts(self) -> dict[str, Any]:
        """The latest of all that was filled in."""
        return self.standing.facts


Composer = Callable[[Draft], tuple[Block, ...]]
_composers: dict[str, Composer] = {}


def composes(kind: str) -> Callable[[Composer], Composer]:
    """Register the function that writes what stands in one kind of document."""

    def add(composer: Composer) -> Composer:
        _composers[kind] = composer
        return composer

    return add


def compose(case: Case, step: Step | None, form: Form, number: str, code: str) -> Document:
    """The document, complete."""
    _load()
    known = as_procedure(case)
    draft = Draft(case, step, form, number, code, known, procedure.standing(procedure.procedure(), known))
    body = _composers.get(form.name, plain)(draft)
    roles = procedure.procedure().roles
    signs = Signatures(tuple(Signature(roles[name].zh) for name in form.signs))
    at = timezone.localtime(step.at if step else timezone.now())
    return Document(
        "zh", form.zh, issuer(case), number, at.date(), (*body, signs),
        subtitle=f"办件编号 {case.number}", footer=f"验证码 {code} · 依据 {form.reference.sentence('zh')}",
    )  # fmt: skip


def issuer(case: Case) -> str:
    """Who issues the documents of a case: the civil-affairs bureau of its county."""
    county = Region.objects.filter(code=case.county.ljust(12, "0")).first()
    return f"{county.name if county else case.county}民政局"


def plain(draft: Draft) -> tuple[Block, ...]:
    """The plain form: whose case, and what was filled in for the step."""
    household = draft.case.household
    head = household.head if household else None
    whose = [("申请人", head.name if head else ""), ("家庭编号", household.number)] if household else []
    pairs = [*whose, ("事项", draft.standing.machine.zh)]
    if draft.step is None:
        return (Fields(tuple(pairs)),)
    event = draft.known.events[draft.step.number - 1]
    rules = procedure.procedure()
    short: list[tuple[str, str]] = []
    long: list[tuple[str, str]] = []
    for name, value in event.inputs.items():
        line = (input_word(name, "zh"), value_word(name, value, "zh"))
        (long if rules.inputs[name].kind == "text" else short).append(line)
    texts = tuple(Paragraph(f"{label}：{text}") for label, text in long)
    return (Fields((*pairs, *short)), *texts)


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
