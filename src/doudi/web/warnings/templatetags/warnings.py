"""Words of warnings and visits for templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from doudi.assessment.outreach_asks import Ask
from doudi.monitoring.trying import Precision
from doudi.procedure import procedure
from doudi.web.cases.models import Case
from doudi.web.cases.words import role_word
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.templatetags.doudi import icon
from doudi.web.warnings import words
from doudi.web.warnings.answering import EVIDENCE, QUESTIONS, REPLIES, results
from doudi.web.warnings.models import Visit, Warning
from doudi.web.warnings.services.accepting import text_of

register = template.Library()
register.filter("remark_text", text_of)


@register.filter
def indicator_name(name: str) -> str:
    """What an indicator is called."""
    return words.indicator_word(name, language())


@register.filter
def class_name(name: str) -> str:
    """What the class of an indicator is called."""
    return words.class_word(name, language())


@register.filter
def level(code: str) -> SafeString:
    """A level: colour, picture and word together."""
    return format_html(
        '<span class="state {}">{}{}</span>', words.STATES[code], icon(words.ICONS[code]), words.level_word(code, language())
    )  # fmt: skip


@register.filter
def told(warning: Warning) -> str:
    """What the warning says, with its sides."""
    return words.sentence(warning.indicator, warning.sides(), language())


@register.filter
def sides(warning: Warning) -> str:
    """Value and limit, or a dash."""
    found = warning.sides()
    if found.get("value") is None and found.get("limit") is None:
        return "—"
    kind = str(found.get("kind") or "count")
    return " / ".join(words.side(found.get(name), kind, language()) for name in ("value", "limit"))


@register.filter
def result_name(code: str) -> str:
    """What a result is called; a dash for none."""
    titles = dict(results()).get(code)
    return titles[0 if language() == "zh" else 1] if titles else "—"


@register.filter
def evidence_names(codes: list[str]) -> str:
    """On what an answer rests."""
    mark = "、" if language() == "zh" else ", "
    return mark.join(str(EVIDENCE[code][1]) for code in codes)


@register.filter
def replies(visit: Visit) -> list[tuple[Any, Any]]:
    """The questions that were asked about the household, and what was seen."""
    form, said = visit.content()["form"], dict(REPLIES)
    return [(title, said[form[name]]) for name, title in QUESTIONS if form.get(name)]


@register.filter
def note(visit: Visit) -> str:
    """The text of a visit."""
    return str(visit.content()["form"].get("note") or "")


@register.filter
def visit_answers(visit: Visit) -> list[dict[str, Any]]:
    """Its answers, each with its warning's indicator."""
    content = visit.content()["answers"]
    known = dict(
        Warning.objects.filter(pk__in=[one["warning"] for one in content]).values_list("pk", "indicator")
    )
    return [{**one, "indicator": known.get(one["warning"], "")} for one in content]


@register.filter
def in_words(pairs: list[Any]) -> list[str]:
    """Things that have a text in either language."""
    return [one.text(language()) for one in pairs]


@register.filter
def questions(asks: Sequence[Ask]) -> list[str]:
    """What to find out; what a department answers says so itself."""
    return [ask.zh if language() == "zh" else ask.en for ask in asks]


@register.filter
def things_to_bring(asks: Sequence[Ask]) -> list[str]:
    """What the household may have at hand."""
    return [ask.bring_zh if language() == "zh" else ask.bring_en for ask in asks]


@register.filter
def cited_all(references: list[Any]) -> str:
    """References as sentences."""
    return ("；" if language() == "zh" else "; ").join(one.sentence(language()) for one in references)


@register.filter
def overseer(case: Case) -> str:
    """To whom a case that is late is told: the role that the procedure names for its limit."""
    found = procedure().clocks.get(case.due_clock)
    return role_word(found.overdue_to, language()) if found else ""


@register.filter
def percent(one: Precision) -> str:
    """A share in per cent with the numbers behind it."""
    return "—" if one.share is None else f"{one.share:.0%} ({one.useful}/{one.answered})"


@register.filter
def interval(one: Precision) -> SafeString:
    """Between which shares it lies, as a bar and in figures."""
    if one.interval is None:
        return format_html("—")
    low, high = one.interval
    return format_html(
        '<svg class="range" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true"><rect class="bar-track" y="4" width="100"'
        ' height="4"></rect><rect class="band" x="{}" y="2" width="{}" height="8"></rect></svg> <span class="faint number">{}–{}</span>',
        f"{low * 100:.1f}", f"{max(1.0, (high - low) * 100):.1f}", f"{low:.0%}", f"{high:.0%}",
    )  # fmt: skip
