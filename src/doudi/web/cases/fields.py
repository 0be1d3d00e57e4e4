"""The fields of a step, made from what the procedure asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.procedure.model.stages import Input
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Kinship, StandingReading
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.words import REMEDIES, elastic_paths
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form

ACCOUNTS = frozenset({"investigators", "members", "present", "signed_by", "earlier_accounts", "kin_account"})
"""Inputs that name accounts of the staff."""
ELASTIC = frozenset({"settles", "turns_on"})
"""Inputs that name elastic parameters."""
NUMBERS = frozenset({"minutes", "pay_record", "reading_record", "decision_number", "indicator"})
"""Texts that are a number of something."""
_LONG = 2000
_TOWNSHIP = 9


class Picks(forms.CheckboxSelectMultiple):
    """Boxes in columns, of which several can be ticked."""

    template_name = "cases/picks.html"


class Dress(Form):
    """Gives fields that were added later the look of the site."""

    @staticmethod
    def dress(form: Form) -> None:
        """Set the classes of all fields."""
        for field in form.fields.values():
            kind = {"select": "form-select", "checkbox": "form-check-input"}.get(
                getattr(field.widget, "input_type", ""), "form-control"
            )
            if (not field.widget.is_hidden and "class" not in field.widget.attrs) or field.widget.attrs.get(
                "class"
            ) == "":
                field.widget.attrs["class"] = kind


class MoneyField(forms.DecimalField):
    """A sum in yuan on the screen, in fen inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=12, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> int | None:
        """The sum in fen."""
        found = super().clean(value)
        return None if found is None else int(found * 100)

    def prepare_value(self, value: Any) -> Any:
        """Yuan from fen; what was typed stays as typed."""
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value


class LinesField(forms.CharField):
    """A list: one entry in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), max_length=_LONG, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The entries."""
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """One entry in each line."""
        return "\n".join(value) if isinstance(value, (tuple, list)) else value


class StepsField(LinesField):
    """Steps of an exit: in each line a month and a sum in yuan."""

    def clean(self, value: Any) -> Any:
        """Pairs of month and fen."""
        found = []
        for line in super().clean(value):
            month, _space, amount = line.partition(" ")
            try:
                found.append((month, int(MoneyField().clean(amount.strip()) or 0)))
            except ValidationError as error:
                raise ValidationError(_("每行写一个月份和金额，如 2026-08 320.00。")) from error
        return tuple(found)

    def prepare_value(self, value: Any) -> Any:
        """A month and a sum in yuan in each line; what was typed stays as typed."""
        if not isinstance(value, (tuple, list)):
            return value
        return "\n".join(f"{month} {MoneyField().prepare_value(amount)}" for month, amount in value)


def field_of(each: Input, required: bool, case: Any) -> forms.Field:
    """The field of one input."""
    told: dict[str, Any] = {"label": _titled(each), "required": required}
    if each.name in ACCOUNTS:
        return _accounts(each, told, case)
    chosen = _CHOSEN.get(each.name)
    if chosen is not None and (each.name != "reading_record" or case.kind != "reading"):
        return chosen(told, case)
    if each.kind == "code":
        return forms.ChoiceField(choices=code_choices(each.name), **told)
    if each.kind == "flag":
        return forms.BooleanField(label=told["label"], required=False)
    if each.kind == "text" and each.name in NUMBERS:
        return forms.CharField(max_length=60, **told)
    if each.kind == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=_LONG, **told)
    makers: dict[str, Any] = {
        "count": lambda: forms.IntegerField(min_value=0, max_value=10_000, **told),
        "money": lambda: MoneyField(**told),
        "day": lambda: forms.DateField(widget=DateInput(), **told),
        "list": lambda: LinesField(help_text=_("每行一项。"), **told),
        "steps": lambda: StepsField(help_text=_("每行写一个月份和金额，如 2026-08 320.00。"), **told),
    }
    found: forms.Field = makers[each.kind]()
    return found


def code_choices(name: str) -> list[tuple[str, Any]]:
    """The codes of an input as choices, with an empty one in front."""
    codes = procedure.procedure().inputs[name].codes
    named = [(code, titles[0 if language() == "zh" else 1]) for code, titles in codes.items()]
    return [("", _("请选择")), *named]


def _accounts(each: Input, told: dict[str, Any], case: Any) -> forms.Field:
    """Staff of the township and the county, by name; near relatives of the household are left out."""
    near = Q(region__code__startswith=case.region_id[:_TOWNSHIP]) | Q(region_id=case.county.ljust(12, "0"))
    staff = User.objects.filter(near, is_active=True).exclude(role=Role.RESIDENT)
    if case.household_id is not None:
        kin = Kinship.objects.filter(household=case.household_id, until__isnull=True)
        staff = staff.exclude(pk__in=kin.values("user_id"))
    choices = [
        (str(user.pk), f"{user.name} · {user.get_role_display()}")
        for user in staff.order_by("region_id", "pk")
    ]
    return _named(_many(choices, told) if each.kind == "list" else _one(choices, told))


def _papers(told: dict[str, Any], case: Any) -> forms.Field:
    """Papers of the catalogue that the household may be asked for today; those that a department shows are not among them."""
    day = local_now().date()
    papers = procedure.procedure().papers
    return _many([(name, _titled(paper)) for name, paper in papers.items() if paper.may_be_asked(day)], told)


def _elastic(told: dict[str, Any], case: Any) -> forms.Field:
    """The elastic parameters of the place."""
    return _many(elastic_paths(case.county, local_now().date(), language()), told)


def _readings(told: dict[str, Any], case: Any) -> forms.Field:
    """The standing readings of the county."""
    rows = StandingReading.objects.filter(county=case.county).order_by("-recorded_on", "-pk")
    return _named(_one([(row.number, f"{row.number} · {row.chosen[:60]}") for row in rows], told))


def _remedies(told: dict[str, Any], case: Any) -> forms.Field:
    return _many(REMEDIES.items(), told)


_CHOSEN: dict[str, Any] = {
    "papers": _papers, "remedies": _remedies, "settles": _elastic, "turns_on": _elastic, "reading_record": _readings,
}  # fmt: skip
"""Inputs that are chosen from what there is."""


def _many(choices: Any, told: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=choices, widget=Picks(), **told)


def _one(choices: Any, told: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("请选择")), *choices], **told)


def _named(field: forms.Field) -> forms.Field:
    """A field whose choices are data, which nobody translates."""
    field.widget.attrs["translate"] = "no"
    return field


def _titled(titled: Any) -> str:
    return str(titled.zh if language() == "zh" else titled.en)
