"""The members, one by one; who is not registered yet; and who outside the household owes support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.questions import questions
from doudi.web.applications.sections.base import UNKNOWN, Part, bound, codes, field_of, known_value
from doudi.web.applications.sections.rows import RowForm, Rows
from doudi.web.cases.forms import MoneyField
from doudi.web.registry.identity import IdentityError, identity_of
from doudi.web.site.forms import DateInput, Form

UNLISTED, SUPPORTERS = "unlisted", "supporters"


class MemberForm(Form):
    """What nobody but the household knows of a member."""

    def __init__(self, dossier: Any, member: Any, *args: Any, **kwargs: Any) -> None:
        about = dossier.file.subject_of(member)
        self.asked = [
            each
            for each in questions()["members"]
            if each.asked(dossier.draft.kind, dossier.age(member), member.relation)
        ]
        initial = {each.name: known_value(about, each) for each in self.asked}
        super().__init__(*args, initial=initial, **kwargs)
        for each in self.asked:
            self.fields[each.name] = field_of(each, about)
        self.dress_fields()

    def clean_absence_months(self) -> int | None:
        """For somebody who is away it must be said for how long."""
        months: int | None = self.cleaned_data.get("absence_months")
        if months is None and self.cleaned_data.get("absence") not in (None, "none", UNKNOWN):
            raise ValidationError(told("填写已有几个月不在家。"))
        return months


class UnlistedForm(RowForm):
    """Somebody who lives here and is not registered."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    relation = forms.ChoiceField(label=_("与户主关系"))
    id_number = forms.CharField(
        label=_("身份证号"), max_length=20, required=False, help_text=_("刚出生还没有的，填出生日期。")
    )
    born = forms.DateField(label=_("出生日期"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = relations()

    def clean_id_number(self) -> str:
        """The number in one form; its check digit and date must be right."""
        text = self.cleaned_data["id_number"]
        try:
            return identity_of(text).number if text else ""
        except IdentityError as error:
            raise ValidationError(error.text) from error

    def clean(self) -> dict[str, Any]:
        """Without a number the birth must be told."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("id_number") and not data.get("born") and "id_number" not in self.errors:
            self.add_error("born", told("填写身份证号或者出生日期。"))
        return data


class SupporterForm(RowForm):
    """Somebody outside the household who owes support; looked at only with his consent."""

    whose = forms.ChoiceField(label=_("赡养、抚养、扶养谁"))
    relation = forms.ChoiceField(label=_("是他（她）的什么人"))
    born = forms.DateField(label=_("出生日期"), widget=DateInput(), required=False)
    family_size = forms.IntegerField(label=_("自己家有几口人"), min_value=1, max_value=30, required=False)
    own_income = MoneyField(label=_("本人一年收入（元）"), required=False)
    agreed_fee = MoneyField(label=_("约定每年给多少（元）"), required=False)
    consents = forms.ChoiceField(
        label=_("是否同意核对"),
        choices=(("", _("请选择")), ("true", _("同意")), ("false", _("不同意")), (UNKNOWN, _("还没问"))),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", _("请选择")), *people]
        self.fields["whose"].widget.attrs["translate"] = "no"
        self.fields["relation"].choices = [("", _("请选择")), *codes("supporter", "relation")]


def relations() -> list[tuple[str, Any]]:
    """The relations to the head, without the head."""
    return [("", _("请选择")), *codes("person", "relation", ("head",))]


class Members:
    """Section 家庭成员."""

    name = "members"
    title = _("家庭成员")
    template = "applications/part.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One for each member, one for who is missing, one for supporters."""
        people = [Part(str(each.person.pk), dossier.name_of(each), words=False) for each in dossier.members]
        return (
            *people,
            Part(UNLISTED, _("没有列出的家庭成员"), optional=True),
            Part(SUPPORTERS, _("不同住的赡养、抚养、扶养义务人")),
        )

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> Any:
        """The form of a member, or the rows."""
        if key == UNLISTED:
            return Rows(UnlistedForm, bound(data), nothing=_("没有遗漏，都列出来了"))
        if key == SUPPORTERS:
            return Rows(
                SupporterForm, bound(data), nothing=_("没有不同住的义务人"), people=dossier.people_choices
            )
        return MemberForm(dossier, dossier.member(key), bound(data))
