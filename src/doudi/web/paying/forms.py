"""The forms of rolls."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from doudi.web.site.forms import DateInput, Form


class MonthForm(Form):
    """For which month."""

    month = forms.CharField(label=_("月份"), widget=forms.TextInput(attrs={"type": "month"}))

    def clean_month(self) -> date:
        """Its first day."""
        try:
            return date.fromisoformat(f"{self.cleaned_data['month']}-01")
        except ValueError:
            raise ValidationError(_("写成 2026-10 的样子。")) from None


class DecideForm(Form):
    """Whether a line is paid."""

    pays = forms.ChoiceField(label=_("本月"), choices=[("yes", _("发放")), ("no", _("暂不发放"))])
    why = forms.CharField(label=_("理由"), max_length=500)


class PaidForm(Form):
    """When and under which number the bank paid."""

    on = forms.DateField(label=_("发放日期"), widget=DateInput())
    reference = forms.CharField(label=_("银行批次号"), max_length=60)
