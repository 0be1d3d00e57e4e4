"""Income of the last twelve months: each member, each of the five kinds, by day, month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.questions import Question, income_groups, questions
from doudi.web.applications.sections.base import Part, bound, help_text, known_value, label
from doudi.web.cases.forms import MoneyField
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import Form

NOTHING, SOME, UNKNOWN = "nothing", "some", "unknown"
PERIODS = (("year", _("一年")), ("quarter", _("一季度")), ("month", _("一个月")), ("day", _("一天")))
TIMES = {"year": 1, "quarter": 4, "month": 12}
MOST_TIMES = {"year": 1, "quarter": 4, "month": 12, "day": 366}


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of income: its fields."""

    amount: Any
    per: Any
    times: Any


class IncomeForm(Form):
    """The income of one member. ``has`` says whether there is any; what is left empty then is nothing."""

    has = forms.ChoiceField(
        label=_("最近 12 个月有没有收入"), widget=forms.RadioSelect,
        choices=((SOME, _("有")), (NOTHING, _("没有")), (UNKNOWN, _("不清楚"))),
    )  # fmt: skip

    def __init__(self, dossier: Any, member: Any, *args: Any, **kwargs: Any) -> None:
        about = dossier.file.subject_of(member)
        self.asked = questions()["income"]
        known = {each.name: known_value(about, each) for each in self.asked}
        initial = {name: value for name, value in known.items() if value not in (None, "0")}
        if initial:
            initial["has"] = SOME
        super().__init__(*args, initial=initial, **kwargs)
        for each in self.asked:
            self._add(each, help_text(each, about))
        self.dress_fields()

    def _add(self, question: Question, hint: str) -> None:
        title = label(question.fact)
        self.fields[question.name] = MoneyField(label=title, required=False, help_text=hint)
        self.fields[f"{question.name}_per"] = forms.ChoiceField(
            label=told("%(what)s：多久") % {"what": title}, choices=PERIODS, required=False
        )
        self.fields[f"{question.name}_times"] = forms.IntegerField(
            label=told("%(what)s：几次") % {"what": title}, required=False, min_value=1, max_value=366
        )

    def groups(self) -> Iterator[tuple[str, list[Line]]]:
        """The lines under each kind of income."""
        for group, words in income_groups().items():
            yield (
                words[0 if language() == "zh" else 1],
                [self._line(each.name) for each in self.asked if each.group == group],
            )

    def _line(self, name: str) -> Line:
        return Line(self[name], self[f"{name}_per"], self[f"{name}_times"])

    def clean(self) -> dict[str, Any]:
        """Some income must be written down, none not; how often must fit how long."""
        data: dict[str, Any] = super().clean() or {}
        written = [each.name for each in self.asked if data.get(each.name)]
        if data.get("has") == SOME and not written and not self.errors:
            self.add_error("has", told("选了“有”，请在下面写出来。"))
        if data.get("has") in (NOTHING, UNKNOWN) and written:
            self.add_error("has", told("下面写了收入，这里请选“有”。"))
        for name in written:
            per, times = data.get(f"{name}_per") or "year", data.get(f"{name}_times")
            if per == "day" and times is None:
                self.add_error(f"{name}_times", told("按天算的，写明一年大约做了几天。"))
            elif times is not None and times > MOST_TIMES[per]:
                self.add_error(f"{name}_times", told("最近 12 个月里没有这么多次。"))
        return data

    def yearly(self) -> dict[str, int | None]:
        """The income of twelve months in fen; None where it is not known."""
        data = self.cleaned_data
        if data["has"] == UNKNOWN:
            return {each.name: None for each in self.asked}
        return {each.name: _yearly(data, each.name) for each in self.asked}


def _yearly(data: Mapping[str, Any], name: str) -> int:
    amount: int = data.get(name) or 0
    per = data.get(f"{name}_per") or "year"
    times: int = data.get(f"{name}_times") or TIMES.get(per, 0)
    return amount * times


class Income:
    """Section 收入."""

    name = "income"
    title = _("收入")
    template = "applications/income.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One for each member."""
        return tuple(
            Part(str(each.person.pk), dossier.name_of(each), words=False) for each in dossier.members
        )

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> IncomeForm:
        """The form of a member."""
        return IncomeForm(dossier, dossier.member(key), bound(data))
