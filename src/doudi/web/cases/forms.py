"""Forms of case work: the filter of lists, and the form of a step, made from what the procedure asks for."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.procedure.case import Plain
from doudi.procedure.model.stages import Input, Step
from doudi.web.accounts.models import Region, User
from doudi.web.accounts.roles import Role
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form

ACCOUNTS = frozenset({"investigators", "members", "present", "signed_by", "earlier_accounts", "kin_account"})
"""Inputs that name accounts of the staff."""
REMEDIES = (("reconsideration", _("行政复议")), ("litigation", _("行政诉讼")))
STATES = (
    ("mine", _("等我办理")),
    ("late", _("超期")),
    ("open", _("在办")),
    ("closed", _("办结")),
    ("all", _("全部")),
)
_LONG = 2000


class CaseFilter(Form):
    """What a list shows."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("区划"), required=False, empty_label=_("全部")
    )
    number = forms.CharField(label=_("办件编号"), required=False, max_length=40)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        machines = procedure.procedure().machines
        named = [(name, _titled(machine)) for name, machine in machines.items()]
        self.fields["kind"].choices = [("", _("全部")), *named]
        kind = machines.get(self.data.get("kind", "")) if self.data else None
        stages = [(name, _titled(stage)) for name, stage in kind.stages.items()] if kind else []
        self.fields["stage"].choices = [("", _("全部")), *stages]
        self.fields["region"].queryset = Region.objects.within(user.scope.prefix).order_by("code")

    def clean_region(self) -> str:
        """The code of the division."""
        found = self.cleaned_data["region"]
        return found.code if found else ""


class StepForm(Form):
    """What a step asks for. ``seen`` and ``token`` make sure that it is taken once, and on the case as it was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, step: Step, case: Any, *args: Any, known: dict[str, Plain] | None = None, **kwargs: Any
    ) -> None:
        initial = {"seen": case.steps, "token": uuid.uuid4(), **_shown(step, known or {})}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.step = step
        for each, required in step.inputs:
            self.fields[each.name] = field_of(each, required, case)
        _Dress.dress(self)

    def inputs(self) -> dict[str, Plain]:
        """What was filled in, as the procedure takes it; what was left empty is left out."""
        found: dict[str, Plain] = {}
        for each, required in self.step.inputs:
            value = self.cleaned_data.get(each.name)
            if each.kind == "flag" and (value or required):
                found[each.name] = bool(value)
            elif value not in (None, "", (), []):
                found[each.name] = _as_plain(each, value)
        return found


class _Dress(Form):
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
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=_LONG, **kwargs)

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


def field_of(each: Input, required: bool, case: Any) -> forms.Field:
    """The field of one input."""
    told: dict[str, Any] = {"label": _titled(each), "required": required}
    if each.name in ACCOUNTS:
        return _accounts(each, told, case)
    if each.name == "remedies":
        return forms.MultipleChoiceField(choices=REMEDIES, widget=forms.CheckboxSelectMultiple, **told)
    if each.kind == "code":
        choices = [(code, titles[0 if language() == "zh" else 1]) for code, titles in each.codes.items()]
        return forms.ChoiceField(choices=[("", _("请选择")), *choices], **told)
    if each.kind == "flag":
        return forms.BooleanField(label=told["label"], required=False)
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


def _accounts(each: Input, told: dict[str, Any], case: Any) -> forms.Field:
    """Staff of the county, by name."""
    staff = User.objects.filter(region__code__startswith=case.county, is_active=True).exclude(
        role=Role.RESIDENT
    )
    choices = [
        (str(user.pk), f"{user.name} · {user.get_role_display()}")
        for user in staff.order_by("region_id", "pk")
    ]
    if each.kind == "list":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    return forms.ChoiceField(choices=[("", _("请选择")), *choices], **told)


def _shown(step: Step, known: dict[str, Plain]) -> dict[str, Any]:
    """What is known already, so that nobody types it again."""
    return {each.name: known[each.name] for each, _required in step.inputs if each.name in known}


def _as_plain(each: Input, value: Any) -> Plain:
    if each.kind == "day":
        return str(value.isoformat())
    if each.kind == "list":
        return tuple(value)
    plain: Plain = value
    return plain


def _titled(titled: Any) -> str:
    return str(titled.zh if language() == "zh" else titled.en)
