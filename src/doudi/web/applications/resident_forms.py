"""Forms of residents' pages, and of the call for help."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.forms import ACCEPT
from doudi.web.applications.models import Office
from doudi.web.applications.models.lead import Need
from doudi.web.applications.models.report import Changed
from doudi.web.applications.sections.applicant import PHONE
from doudi.web.applications.selectors.homes import townships
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form, ModelForm


class ReportForm(Form):
    """A change."""

    what = forms.ChoiceField(label=_("什么变了"), choices=Changed.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("哪一天"), widget=DateInput())
    text = forms.CharField(
        label=_("说明"), min_length=2, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：儿子 8 月起在县城打工，每月 3000 元。"),
    )  # fmt: skip

    def clean_on(self) -> date:
        """What has not happened yet cannot be reported."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(told("日期还没有到。"))
        return day


class ClaimForm(Form):
    """What is wrong."""

    claims = forms.CharField(
        label=_("哪里不对，应该是怎样"),
        min_length=4,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BringForm(Form):
    """Papers that were missing."""

    kind = forms.ChoiceField(label=_("是什么材料"))
    file = forms.FileField(
        label=_("照片或者扫描件"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("一个文件最多 10 MB。"),
    )  # fmt: skip

    def __init__(self, papers: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (each.name, each.zh if language() == "zh" else each.en) for each in papers
        ]


class CallForm(Form):
    """Who needs help, where, with what."""

    need = forms.ChoiceField(label=_("遇到什么急难"), choices=Need.choices, widget=forms.RadioSelect)
    who = forms.CharField(label=_("谁需要帮助（姓名）"), max_length=50)
    region = forms.ChoiceField(label=_("在哪个乡镇（街道）"))
    where = forms.CharField(label=_("具体在哪里（村、组、门牌）"), max_length=120)
    text = forms.CharField(
        label=_("说一说情况"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.RegexField(PHONE, label=_("联系电话"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in townships():
            groups.setdefault(each.parent.name if each.parent else "", []).append((each.code, each.name))
        self.fields["region"].choices = [("", "—"), *groups.items()]
        self.fields["region"].widget.attrs["translate"] = "no"


class CloseForm(Form):
    """Why a call needs nothing more."""

    reason = forms.CharField(
        label=_("理由"), min_length=4, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class HouseholdNumberForm(Form):
    """The household that a call is about."""

    household = forms.CharField(
        label=_("家庭编号"), max_length=40, help_text=_("先用查找找到这一户，再填编号。")
    )


class OfficeForm(ModelForm):
    """An office."""

    phone = forms.RegexField(r"^[0-9+() -]{3,30}\Z", label=_("电话"), max_length=30)

    class Meta:
        model = Office
        fields = ("name", "phone", "address", "hours")
