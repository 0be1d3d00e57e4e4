"""Forms of the merged survey."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import Region
from doudi.web.site.forms import DateInput, Form
from doudi.web.warnings.selectors.surveys import STATES
from doudi.web.warnings.services.surveying import usual_period


class PeriodForm(Form):
    """When a survey is made."""

    since = forms.DateField(label=_("调查开始"), widget=DateInput())
    until = forms.DateField(label=_("调查结束"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        since, until = usual_period()
        super().__init__(*args, initial={"since": since, "until": until}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """In order."""
        cleaned: dict[str, Any] = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("不能早于开始日期。"))
        return cleaned


class SurveyFilter(Form):
    """Which households of the survey are shown."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *STATES.items()], required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("村（社区）"), required=False, empty_label=_("全部")
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = Region.objects.within(user.scope.prefix).filter(level="village").order_by("code")
        self.fields["region"].queryset = villages
        self.fields["region"].widget.attrs["translate"] = "no"
        if len(villages) < 2:
            del self.fields["region"]

    def clean_region(self) -> str:
        """The code of the village."""
        found = self.cleaned_data["region"]
        return found.code if found else ""
