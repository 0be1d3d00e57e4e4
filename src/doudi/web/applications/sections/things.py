"""Expenses and property, item by item; those that are known already are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.sections.base import Part, bound, codes
from doudi.web.applications.sections.rows import RowForm, Rows
from doudi.web.cases.forms import MoneyField
from doudi.web.site.forms import DateInput

WHOLE = ""


class OwnedForm(RowForm):
    """A row about something of one member, or of the whole household."""

    entity = ""
    left_out: tuple[str, ...] = ()
    kind = forms.ChoiceField(label=_("种类"))
    whose = forms.ChoiceField(label=_("谁的"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("请选择")), *codes(self.entity, "kind", self.left_out)]
        self.fields["whose"].choices = [(WHOLE, _("全家")), *people]


class ExpenseForm(OwnedForm):
    """One expense of the last twelve months."""

    entity = "expense"
    left_out = ("living",)
    amount = MoneyField(label=_("最近 12 个月自己付了多少（元）"))
    paid_on = forms.DateField(
        label=_("付款日期"), widget=DateInput(), required=False, help_text=_("分多次付的不用填。")
    )


class AssetForm(OwnedForm):
    """One thing that the household owns."""

    entity = "asset"
    value = MoneyField(label=_("现在值多少（元）"), required=False, help_text=_("不清楚可以不填。"))
    area = forms.DecimalField(
        label=_("面积（平方米）"), min_value=0, max_digits=8, decimal_places=2, required=False,
        help_text=_("房屋、商铺、林地填。"),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("用途"), required=False, initial="none")
    number = forms.CharField(
        label=_("车牌号或者账号"), max_length=40, required=False, help_text=_("填了便于核对。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = codes("asset", "purpose")


class Things:
    """A section of rows."""

    template = "applications/rows.html"

    def __init__(
        self, name: str, title: Any, entity: str, form: type[OwnedForm], nothing: Any, about: Any
    ) -> None:
        self.name, self.title, self.entity, self.kind = name, title, entity, form
        self.nothing, self.about = nothing, about

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One part."""
        return (Part("", self.title),)

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> Rows:
        """The rows."""
        known = None if data is not None else self._known(dossier)
        return Rows(self.kind, bound(data), nothing=self.nothing, known=known, people=dossier.people_choices)

    def _known(self, dossier: Any) -> list[dict[str, Any]]:
        """What is known already, as rows."""
        by_number = {each.person.number: str(each.person.pk) for each in dossier.members}
        names = ("kind", "value", "amount", "area", "purpose", "number", "paid_on")
        return [
            {
                **{
                    name: item.columns[name] for name in names if item.columns.get(name) not in (None, "0.00")
                },
                "whose": by_number.get(str(item.columns.get("person_id") or ""), WHOLE),
            }
            for item in dossier.file.known.items_of(self.entity)
            if item.used
        ]


EXPENSES = Things(
    "expenses", _("支出"), "expense", ExpenseForm, _("没有看病、上学等大额支出"),
    _("只写自己掏的钱：医保报销的、学校登记的学费由系统核验，不用写。"),
)  # fmt: skip
PROPERTY = Things(
    "property", _("财产"), "asset", AssetForm, _("没有存款、车辆、房屋等财产"),
    _("存款、车辆、房屋、商铺、企业、保险、借出的钱，都写。查到的已经列出，不对请改。"),
)  # fmt: skip
