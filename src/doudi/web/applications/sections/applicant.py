"""Who applies: a member of the household, or somebody on its behalf with a record of the authorisation (代办)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.sections.base import Part, bound
from doudi.web.registry.sensitive import masked_number
from doudi.web.site.forms import Form

PHONE = r"^\+?[0-9][0-9 -]{4,19}\Z"
SPEAKERS = (
    ("assistant", _("村级协理员")),
    ("relative", _("不同住的亲属")),
    ("guardian", _("监护人")),
    ("neighbour", _("邻居、朋友")),
    ("organisation", _("社会组织、社工")),
    ("other", _("其他")),
)


class ApplicantForm(Form):
    """Whom to ask, how to reach the household, where to pay."""

    who = forms.ChoiceField(label=_("申请人"), widget=forms.RadioSelect)
    phone = forms.RegexField(PHONE, label=_("联系电话"), required=False, max_length=20)
    address = forms.CharField(label=_("现在住在哪里"), max_length=200)
    account = forms.RegexField(
        r"^[0-9]{8,30}\Z", label=_("收款的银行账号"), required=False, max_length=30,
        help_text=_("可以先不填，批准后再补。"),
    )  # fmt: skip
    kin_of_staff = forms.ChoiceField(
        label=_("家里有人是民政经办人员或者村（居）委会成员的近亲属"), widget=forms.RadioSelect,
        choices=(("true", _("是")), ("false", _("否"))),
        help_text=_("有也不影响申请，只是经办人员要回避、要备案。"),
    )  # fmt: skip

    def __init__(self, dossier: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adults = dossier.adults or dossier.members
        self.fields["who"].choices = [
            (str(each.person.pk), format_html('<span translate="no">{}</span>', dossier.name_of(each)))
            for each in adults
        ]
        registered = dossier.plain_phone
        if registered:
            self.fields["phone"].help_text = told("登记的电话是 %(phone)s；没有变就不用填。") % {
                "phone": masked_number(registered)
            }
        else:
            self.fields["phone"].required = True


class BehalfForm(ApplicantForm):
    """The same, and who speaks for the household."""

    speaker = forms.ChoiceField(label=_("代办人是谁"), choices=(("", _("请选择")), *SPEAKERS))
    speaker_name = forms.CharField(label=_("代办人姓名"), max_length=50)
    speaker_phone = forms.RegexField(PHONE, label=_("代办人电话"), max_length=20)
    why = forms.CharField(
        label=_("为什么代办"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：本人行动不便。委托书请拍照，在“材料”里上传。"),
    )  # fmt: skip


class Applicant:
    """Section 申请人."""

    name = "applicant"
    title = _("申请人")
    template = "applications/part.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One part."""
        return (Part("", self.title),)

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> Form:
        """The form; where nothing was typed yet, filled with what the registry has."""
        kind = ApplicantForm if dossier.draft.source == "self" else BehalfForm
        mine = next(
            (each.person.pk for each in dossier.members if each.person.login_id == dossier.user.pk), None
        )
        first = mine or (dossier.household.head_id or "")
        return kind(dossier, bound(data), initial={"who": str(first), "address": dossier.household.address})
