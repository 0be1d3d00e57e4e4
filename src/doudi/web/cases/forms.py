"""The form of a step, made from what the procedure asks for, and the other forms of one case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.procedure.case import Plain
from doudi.procedure.model.stages import Input, Step
from doudi.web.cases.fields import Dress, MoneyField, code_choices, field_of
from doudi.web.cases.services.calculating import Chosen
from doudi.web.site.forms import Form


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
        Dress.dress(self)

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


class ConcludeForm(StepForm):
    """The form of an opinion: with a reason it departs from the machine's proposal."""

    overruling = forms.CharField(
        label=_("不采用机器建议的理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("意见与测算一致的，不填。"),
    )  # fmt: skip


class ChosenForm(Form):
    """What an officer puts where the machine has no proposal."""

    programme = forms.ChoiceField(label=_("救助项目"))
    members_counted = forms.IntegerField(label=_("保障人数"), min_value=0, max_value=10_000)
    amount = MoneyField(label=_("金额（元）"))
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = code_choices("programme")

    def chosen(self) -> Chosen:
        """What was chosen."""
        told = self.cleaned_data
        return Chosen(told["programme"], told["members_counted"], told["amount"], told["reason"])


class FreezeForm(Form):
    """The button that freezes a calculation."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)


class KinForm(Form):
    """Declaring that one is a near relative of a household."""

    relation = forms.CharField(label=_("与家庭成员的关系"), max_length=50)


def _shown(step: Step, known: dict[str, Plain]) -> dict[str, Any]:
    """Codes, numbers, sums and days that are known already, so that nobody types them again; texts are written anew."""
    return {
        each.name: known[each.name]
        for each, _required in step.inputs
        if each.name in known and each.kind in ("code", "count", "money", "day")
    }


def _as_plain(each: Input, value: Any) -> Plain:
    if each.kind == "day":
        return str(value.isoformat())
    if each.kind == "list":
        return tuple(value)
    plain: Plain = value
    return plain
