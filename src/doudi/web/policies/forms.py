"""What a reader of the policy library asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.programmes.people import people
from doudi.web.accounts.forms import office_choices
from doudi.web.policies.selectors import MATTERS, Place
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form

AHEAD = timedelta(days=366)
"""How far ahead a day may lie."""


class PlaceForm(Form):
    """Which county, on which day."""

    quiet = True
    place = forms.ChoiceField(label=_("区县"), required=False)
    on = forms.DateField(label=_("日期"), required=False, widget=DateInput())

    def __init__(self, places: list[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(each.code, each.name) for each in places]
        self.fields["place"].widget.attrs["translate"] = "no"

    def clean_on(self) -> Any:
        """A day that is not too far ahead."""
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate() + AHEAD:
            raise forms.ValidationError(_("只能看一年以内的日期。"))
        return day


class MatterForm(Form):
    """For whom, of which department, about which matter."""

    quiet = True
    whom = forms.ChoiceField(label=_("给谁的"), required=False)
    group = forms.ChoiceField(label=_("事项"), required=False)
    office = forms.ChoiceField(label=_("部门或者组织"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = 0 if language() == "zh" else 1
        everything = ("", _("全部"))
        kinds = [(kind.id, kind.zh if place == 0 else kind.en) for kind in people().values()]
        self.fields["whom"].choices = [everything, *kinds]
        self.fields["group"].choices = [
            everything,
            *((code, names[place]) for code, names in MATTERS.items()),
        ]
        self.fields["office"].choices = [everything, *office_choices()]

    def wanted(self) -> dict[str, str]:
        """What was chosen, as ``selectors.chosen`` takes it."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {name: asked.get(name, "") for name in ("whom", "group", "office")}


class LibraryForm(PlaceForm, MatterForm):
    """Both."""
