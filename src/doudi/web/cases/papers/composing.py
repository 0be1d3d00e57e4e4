"""Composing a document: greeting, the fields of its form, signatures, and the code by which it can be verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi import procedure
from doudi.documents import Block, Document, Paragraph, Proof, Signature, Signatures
from doudi.programmes.catalogue import catalogue
from doudi.web.cases.papers.draft import TO_OBJECTOR, Draft
from doudi.web.cases.papers.words import day_text
from doudi.web.cases.papers.writing import laid_out, written
from doudi.web.scoped import OFFICES

MODULES: tuple[str, ...] = (
    *(
        f"doudi.web.cases.papers.{name}"
        for name in (
            "common", "household", "inquiry", "calculation", "deciding", "remedies", "announcing", "reviewing", "helping",
            "appealing", "one_door", "chain",
        )
    ),
    "doudi.web.means.papers",
)  # fmt: skip
"""The modules whose functions write fields or compose whole documents."""
PUBLIC = ("public_notice", "decision_published", "ending_notice")
"""Documents that hang where everybody reads them."""
HEADS = {"township_head", "county_head"}
_LETTERS = Path(__file__).parent / "letters.yaml"
Composer = Callable[[Draft], tuple[Block, ...]]
_composers: dict[str, Composer] = {}


def composes(kind: str) -> Callable[[Composer], Composer]:
    """Register a function that writes one kind of document as a whole, in place of its fields one by one."""

    def add(composer: Composer) -> Composer:
        _composers[kind] = composer
        return composer

    return add


def compose(draft: Draft) -> Document:
    """The document, complete but for its number and its code, which are drawn when it is issued; see :func:`numbered`."""
    form = draft.form
    return Document(
        "zh", form.zh, issuer(draft), "", draft.day, (*_content(draft), _signatures(draft)),
        subtitle="" if form.name in PUBLIC else f"办件编号 {draft.case.number}", footer=f"依据 {form.reference.sentence('zh')}",
    )  # fmt: skip


def numbered(document: Document, number: str, code: str) -> Document:
    """A composed document with its number, and at its foot how it is verified. The picture is drawn when it is shown."""
    address = f"{settings.PUBLIC_ADDRESS}/verify/{code}/"
    proof = Proof("验证码", code, "扫码，或者在网页输入验证码，可以核实本文书的真伪。", address)
    return replace(document, number=number, blocks=(*document.blocks, proof))


def _content(draft: Draft) -> Iterator[Block]:
    load()
    letter = letters().get(draft.form.name, {})
    if letter.get("to"):
        yield Paragraph(f"{_addressee(draft, letter['to'])}：", "strong")
    if letter.get("opening"):
        yield Paragraph(_filled(draft, letter["opening"]))
    if draft.form.name in _composers:
        yield from _composers[draft.form.name](draft)
    else:
        yield from laid_out(written(draft))
    if letter.get("closing"):
        yield Paragraph(_filled(draft, letter["closing"]))


def _addressee(draft: Draft, to: str) -> str:
    if draft.to == TO_OBJECTOR:
        return "提出异议的居民"
    return (draft.applicant or "申请人") if to == "applicant" else to


def _filled(draft: Draft, text: str) -> str:
    """A sentence with what it leaves open: the day of the first step, that of this one, the aid, the number of the case."""
    first = draft.known.events[0].at if draft.known.events else draft.at
    return text.strip().format(
        begun=day_text(first), day=day_text(draft.day), aid=aid_word(draft), number=draft.case.number
    )


def aid_word(draft: Draft) -> str:
    """What is applied for, as people say it."""
    return letters()["aid"].get(draft.case.kind, draft.standing.machine.zh)


@cache
def letters() -> dict[str, dict[str, str]]:
    """To whom documents are addressed, with what they begin and end."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_LETTERS.read_text("utf-8"))
    return found


def issuer(draft: Draft) -> str:
    """Who issues a document: the office that answers a referral, the civil-affairs bureau of the county where somebody of the county
    signs, else the township."""
    first = signing(draft)[0]
    if first in OFFICES:
        return catalogue().organisations[draft.case.referral.office].zh
    if first.startswith("county") or first == "reviewer":
        return f"{draft.county.name}民政局"
    name = draft.township.name
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def signing(draft: Draft) -> list[str]:
    """The roles that sign; one head in place of the other where the law lets that one decide."""
    acted = draft.step.role if draft.step else ""
    signs = [acted if {name, acted} == HEADS else name for name in draft.form.signs]
    return list(dict.fromkeys(signs))


def _signatures(draft: Draft) -> Signatures:
    """The places to sign, with the name of whoever took the step; a letter that goes out bears the seal."""
    roles, acted = procedure.procedure().roles, draft.step.role if draft.step else ""
    by: Any = draft.step.by if draft.step else None
    places = [
        Signature(roles[name].zh, by.name if by and name == acted and name != "resident" else "")
        for name in signing(draft)
    ]
    seal = [Signature("（公章）")] if letters().get(draft.form.name, {}).get("to") else []
    return Signatures((*places, *seal, Signature("日期", day_text(draft.day))))


def is_whole(kind: str) -> bool:
    """Whether a kind of document is composed as a whole, not by its fields."""
    load()
    return kind in _composers


@cache
def load() -> None:
    """Load the modules that write documents."""
    for module in MODULES:
        import_module(module)
