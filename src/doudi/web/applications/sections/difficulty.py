"""The hardship: what happened, and what of it the law looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.questions import questions
from doudi.web.applications.sections.base import UNKNOWN, Part, bound, field_of, known_value
from doudi.web.site.forms import Form


class DifficultyForm(Form):
    """The hardship in own words, and the questions on it."""

    cause = forms.CharField(
        label=_("家里遇到什么困难"), min_length=4, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用自己的话写，写几句就行。"),
    )  # fmt: skip

    def __init__(self, dossier: Any, *args: Any, **kwargs: Any) -> None:
        about = dossier.file.known.household
        self.asked = [each for each in questions()["difficulty"] if each.asked(dossier.draft.kind)]
        initial = {each.name: known_value(about, each) for each in self.asked}
        super().__init__(*args, initial=initial, **kwargs)
        for each in self.asked:
            self.fields[each.name] = field_of(each, about)
        self.dress_fields()

    def clean(self) -> dict[str, Any]:
        """An emergency has a day."""
        data: dict[str, Any] = super().clean() or {}
        event = data.get("urgent_event")
        if event not in (None, "", "none", UNKNOWN) and not data.get("urgent_event_on"):
            self.add_error("urgent_event_on", told("写明是哪一天。"))
        return data


class Difficulty:
    """Section 困难情况."""

    name = "difficulty"
    title = _("困难情况")
    template = "applications/part.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One part."""
        return (Part("", self.title),)

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> DifficultyForm:
        """The form."""
        return DifficultyForm(dossier, bound(data))
