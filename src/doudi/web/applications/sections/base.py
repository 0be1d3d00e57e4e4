"""What a section is, and the fields that several have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.web.applications.questions import Question
from doudi.web.cases.forms import MoneyField
from doudi.web.registry.known import Subject, source_name
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput

UNKNOWN = "unknown"
YES_NO = (("true", _("是")), ("false", _("否")), (UNKNOWN, _("不清楚")))
_NO_CHOICE = ("", _("请选择"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section. ``key``: the number of the member it is about, a word, or empty. ``title`` is a name unless ``words``:
    then nobody may translate it. ``optional``: complete without an answer."""

    key: str
    title: Any
    words: bool = True
    optional: bool = False


class Section(Protocol):
    """A section of the task list."""

    name: str
    title: Any
    template: str

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """Its parts."""
        ...

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> Any:
        """The form of a part: bound to what was typed, else filled with what is known already."""
        ...


def bound(data: Mapping[str, Any] | None) -> MultiValueDict | None:
    """What was typed, as forms take it."""
    if data is None or isinstance(data, MultiValueDict):
        return data
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    )


def label(fact: Fact) -> str:
    """What a fact is called."""
    return fact.zh if language() == "zh" else fact.en


def field_of(question: Question, about: Subject | None) -> forms.Field:
    """The field of a question, with an example and what is known of the answer, from whom and since when."""
    fact = question.fact
    asked: dict[str, Any] = {"label": label(fact), "help_text": help_text(question, about)}
    if fact.kind == "flag":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **asked)
    if fact.kind == "code":
        codes = (
            [(code, fact.codes.label(code, language())) for code in fact.codes.codes] if fact.codes else []
        )
        return forms.ChoiceField(choices=[_NO_CHOICE, *codes, (UNKNOWN, _("不清楚"))], **asked)
    makers: dict[str, Any] = {
        "money": lambda: MoneyField(required=False, **asked),
        "count": lambda: forms.IntegerField(min_value=0, max_value=1200, required=False, **asked),
        "date": lambda: forms.DateField(widget=DateInput(), required=False, **asked),
    }
    found: forms.Field = makers[fact.kind]()
    return found


def codes(entity: str, column: str, left_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The codes of a column with their words."""
    found = Vocabulary.load().entities[entity].facts[column].codes
    return (
        [(code, found.label(code, language())) for code in found.codes if code not in left_out]
        if found
        else []
    )


def help_text(question: Question, about: Subject | None) -> str:
    """The example, and what is known."""
    hint = question.zh if language() == "zh" else question.en
    return format_html("{}{}", hint, known_text(about, question.name))


def known_text(about: Subject | None, column: str) -> str:
    """What is known of a fact, from whom and since when; empty where nothing is."""
    used = next((each for each in about.by_fact.get(column, ()) if each.used), None) if about else None
    if used is None:
        return ""
    when = used.period or (used.received or "")[:10]
    words = told("已知：%(value)s（%(source)s %(when)s），不对请改") % {
        "value": used.shown(language()), "source": source_name(used.source, language()), "when": when,
    }  # fmt: skip
    return format_html('<span class="known">{}</span>', words)


def known_value(about: Subject | None, question: Question) -> str | None:
    """The known value of a fact as its field takes it; None where it is not known."""
    value = about.value(question.name) if about else None
    if question.fact.kind in ("money", "count") and value is not None:
        return value.removesuffix(".00")
    return None if value == "none" and question.fact.kind == "date" else value


def canonical(fact: Fact, value: Any) -> str | None:
    """An answer as the canonical text of the vocabulary; None for what is not known."""
    if value in (None, "", UNKNOWN):
        return None
    if fact.kind == "money":
        return f"{value // 100}.{value % 100:02}"
    return value.isoformat() if fact.kind == "date" else str(value)
