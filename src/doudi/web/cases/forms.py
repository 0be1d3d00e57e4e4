"""Forms of case work: the filter of lists, and the form of a step, made from what the procedure asks for."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.procedure.case import Plain
from doudi.procedure.model.stages import Input, Step
from doudi.web.accounts.models import Region
from doudi.web.cases.fields import Dress, LinesField, MoneyField, StepsField, field_of
from doudi.web.cases.marks import MARKS
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import Form

STATES = (
    ("mine", _("等我办理")),
    ("late", _("超期")),
    ("open", _("在办")),
    ("closed", _("办结")),
    ("all", _("全部")),
)


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
