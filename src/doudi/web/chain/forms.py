"""Forms of the chain: opening the one door, choosing whom to ask, filters, and an office's answers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.programmes.catalogue import catalogue
from doudi.programmes.standing import STATES
from doudi.web.accounts.forms import office_choices
from doudi.web.cases.forms import MoneyField
from doudi.web.chain.models import Referral
from doudi.web.chain.selectors.proposing import DUE, Proposal
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import Form


class BeginForm(Form):
    """What the one door asks for."""

    source = forms.ChoiceField(
        label=_("来源"),
        choices=[("on_behalf", _("代为申请")), ("referred", _("转办")), ("found", _("主动发现"))],
    )
    cause = forms.CharField(label=_("困难情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    authorised = forms.BooleanField(label=_("已办委托手续"), required=False)
    check_authorised = forms.BooleanField(label=_("已签署核对授权"), required=False)

    def inputs(self) -> dict[str, Any]:
        """What was filled in, as the procedure takes it."""
        return dict(self.cleaned_data)


class BoardFilter(Form):
    """What the board shows."""

    quiet = True
    stage = forms.ChoiceField(label=_("状态"), required=False)
    office = forms.ChoiceField(label=_("部门或者组织"), required=False)
    late = forms.BooleanField(label=_("只看超期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = procedure.procedure().machine("referral").stages
        named = [(name, stage.zh if language() == "zh" else stage.en) for name, stage in stages.items()]
        self.fields["stage"].choices = [("", _("全部")), *named]
        self.fields["office"].choices = [("", _("全部")), *office_choices()]


class ReferForm(Form):
    """Whom to ask about what: for each office the programmes worth asking about, those that are missed or too little ticked."""

    def __init__(self, proposals: list[Proposal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in proposals:
            states = {one.programme.id: one.state for one in reversed(each.standings)}
            self.fields[each.office.id] = forms.MultipleChoiceField(
                label=_named(each.office), required=False, initial=[name for name in states if states[name] in DUE],
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                choices=[(name, _with_state(name, states[name])) for name in each.programmes],
            )  # fmt: skip

    @property
    def due(self) -> list[Any]:
        """The fields of offices where something is due."""
        return [self[name] for name, field in self.fields.items() if field.initial]

    @property
    def unclear(self) -> list[Any]:
        """The fields of offices where a fact is missing."""
        return [self[name] for name, field in self.fields.items() if not field.initial]

    def chosen(self) -> dict[str, list[str]]:
        """The programmes chosen, by office; offices without any are left out."""
        return {office: names for office, names in self.cleaned_data.items() if names}


class GrantForm(Form):
    """A sum for each programme, and the reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": referral.case.steps, "token": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        for name in referral.programmes:
            field = MoneyField(
                label=_named(catalogue().programmes[name]), required=False, help_text=_("元；不给的留空。")
            )
            field.widget.attrs["class"] = "form-control"
            self.fields[f"amount_{name}"] = field
        self.fields["reason"] = forms.CharField(
            label=_("理由"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        )

    def amounts(self) -> dict[str, int]:
        """Fen by programme, of those given."""
        return {
            name.removeprefix("amount_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("amount_") and value is not None
        }


def _with_state(name: str, state: str) -> str:
    word = STATES[state][0 if language() == "zh" else 1]
    return f"{_named(catalogue().programmes[name])} · {word}"


def _named(one: Any) -> str:
    return str(one.zh if language() == "zh" else one.en)
