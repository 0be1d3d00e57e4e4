"""What is to be changed: some values, or a share of people that is to be covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.rules.errors import Problem
from doudi.simulation.asking import COVERED
from doudi.simulation.tables import SETS
from doudi.web.accounts.models import Region
from doudi.web.registry.templatetags.registry import language
from doudi.web.registry.tiering import tier_word
from doudi.web.simulation.errors import AskError
from doudi.web.simulation.selectors.law import Parameter
from doudi.web.simulation.services.asking import Asked, check
from doudi.web.site.forms import DateInput, Form

AHEAD = timedelta(days=366)
"""How far ahead a day of the law may lie."""
VALUE = "value-"
"""How the names of the fields of new values begin; the path of the parameter follows."""


class SimulationForm(Form):
    """A day, new values of the ``chosen`` parameters, and a share of people for which ``vary`` is varied. Its checks are those of
    ``doudi simulate``."""

    county = forms.ChoiceField(label=_("区县"), required=False)
    title = forms.CharField(label=_("名称（可不填）"), required=False, max_length=80)
    day = forms.DateField(
        label=_("法规日期"), widget=DateInput(), help_text=_("按这一天的法规计算；家庭的情况是现在登记的。")
    )
    wanted = forms.CharField(
        label=_("要覆盖全部人口的百分之几"), required=False, max_length=12, help_text=_("如 10%。")
    )
    covered = forms.ChoiceField(label=_("覆盖指进入哪一类"), required=False)
    line = forms.CharField(
        label=_("贫困线（元每人每月，可不填）"), required=False, max_length=12,
        help_text=_("不填时按现在的低保标准。"), widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def __init__(
        self, counties: Sequence[Region], chosen: Iterable[Parameter], vary: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counties, self.chosen, self.vary = counties, list(chosen), vary
        self.fields["county"].choices = [(one.code[:6], one.name) for one in counties]
        self.fields["county"].widget.attrs["translate"] = "no"
        if len(counties) < 2:
            del self.fields["county"]
        self.fields["covered"].choices = [(code, covered_word(code)) for code in COVERED]
        for one in self.chosen:
            self.fields[VALUE + one.path] = _field_of(one)
        self.dress_fields()

    def values(self) -> list[tuple[Parameter, Any]]:
        """Each chosen parameter with the field of its new value."""
        return [(one, self[VALUE + one.path]) for one in self.chosen]

    def clean_day(self) -> date:
        """A day that is not too far ahead."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate() + AHEAD:
            raise forms.ValidationError(told("只能看一年以内的日期。"))
        return day

    def clean(self) -> dict[str, Any]:
        """Every fault at the field where it stands."""
        cleaned: dict[str, Any] = super().clean()
        try:
            check(self.asked())
        except AskError as error:
            for problem in error.problems:
                self._tell(problem)
        return cleaned

    def asked(self) -> Asked:
        """What was typed; where the day is at fault, for today."""
        cleaned = self.cleaned_data
        names = (one.path for one in self.chosen)
        settings = {path: value for path in names if (value := str(cleaned.get(VALUE + path) or "").strip())}
        return Asked(
            cleaned.get("county") or self.counties[0].code[:6], cleaned.get("day") or timezone.localdate(), settings,
            cleaned.get("wanted") or None, self.vary or None, cleaned.get("covered") or COVERED[0], cleaned.get("line") or None,
            cleaned.get("title") or "",
        )  # fmt: skip

    def _tell(self, problem: Problem) -> None:
        """Add a fault at its field, with what is allowed."""
        field = next(
            (name for name in (problem.column, f"{VALUE}{problem.column}") if name in self.fields), None
        )
        what, remedy = (
            (problem.zh, problem.remedy_zh) if language() == "zh" else (problem.en, problem.remedy_en)
        )
        mark = "。" if language() == "zh" else ". "
        self.add_error(field, f"{what}{mark}{remedy}" if remedy else what)


def covered_word(code: str) -> str:
    """What a tier or several of them are called."""
    return SETS[code][language() != "zh"] if code in SETS else tier_word(code, language())


def _field_of(one: Parameter) -> forms.Field:
    """A field for the new value, which says what holds today, what is permitted, and by which article."""
    about = told("现在：%(today)s。") % {"today": one.today}
    if one.limits:
        about += told("可填 %(limits)s。") % {"limits": one.limits}
    label, about = f"{one.name} ({one.unit})" if one.unit else one.name, about + one.article
    if one.options:
        choices = [("", told("不改")), *one.options]
        return forms.ChoiceField(label=label, required=False, choices=choices, help_text=about)
    entry = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=20, widget=entry, help_text=about)
