"""What the list of cases can be asked for: filters, columns, saved views, and handing cases to somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.web.accounts.models import Region, User
from doudi.web.cases.fields import code_choices
from doudi.web.cases.marks import MARKS
from doudi.web.registry.desk import WORKERS
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import Form

STATES = (
    ("mine", _("等我办理")),
    ("late", _("超期")),
    ("open", _("在办")),
    ("closed", _("办结")),
    ("all", _("全部")),
)


SIZES = (20, 50, 100)
MOST_CLERKS = 200


class CaseFilter(Form):
    """What a list shows."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("区划"), required=False, empty_label=_("全部")
    )
    source = forms.ChoiceField(label=_("来源"), required=False)
    programme = forms.ChoiceField(label=_("救助项目"), required=False)
    mark = forms.ChoiceField(label=_("风险标记"), required=False)
    clerk = forms.ChoiceField(label=_("经办人"), required=False)
    number = forms.CharField(label=_("办件编号"), required=False, max_length=40)
    size = forms.TypedChoiceField(
        label=_("每页"),
        choices=[(size, size) for size in SIZES],
        coerce=int,
        empty_value=SIZES[0],
        required=False,
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        machines = procedure.procedure().machines
        named = [(name, _titled(machine)) for name, machine in machines.items()]
        self.fields["kind"].choices = [("", _("全部")), *named]
        kind = machines.get(self.data.get("kind", "")) if self.data else None
        stages = [(name, _titled(stage)) for name, stage in kind.stages.items()] if kind else []
        self.fields["stage"].choices = [("", _("全部")), *stages]
        for name in ("source", "programme"):
            self.fields[name].choices = [("", _("全部")), *code_choices(name)[1:]]
        self.fields["mark"].choices = [("", _("全部")), *MARKS.items()]
        clerks = [(str(each.pk), each.name) for each in colleagues(user)]
        self.fields["clerk"].choices = [("", _("全部")), ("me", _("我")), ("none", _("未分办")), *clerks]
        for name in ("clerk", "region"):
            self.fields[name].widget.attrs["translate"] = "no"
        self.fields["region"].queryset = Region.objects.within(user.scope.prefix).order_by("code")

    def clean_region(self) -> str:
        """The code of the division."""
        found = self.cleaned_data["region"]
        return found.code if found else ""


class ApprovalFilter(Form):
    """What the approval desk shows."""

    quiet = True
    risk = forms.ChoiceField(
        label=_("风险"),
        choices=[("", _("全部")), ("high", _("高风险")), ("plain", _("一般"))],
        required=False,
    )
    opinion = forms.ChoiceField(label=_("乡镇意见"), required=False)
    kind = forms.ChoiceField(label=_("事项"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].choices = [("", _("全部")), *code_choices("opinion")[1:]]
        machines = procedure.procedure().machines
        kinds = [(name, _titled(machines[name])) for name in ("application", "tekun", "temporary_spending")]
        self.fields["kind"].choices = [("", _("全部")), *kinds]


class SampleForm(Form):
    """The share to be drawn from what waits for the townships."""

    percent = forms.IntegerField(label=_("抽查比例（%）"), min_value=1, max_value=100, initial=10)


class ViewForm(Form):
    """Keeping a filter under a name."""

    name = forms.CharField(label=_("名称"), max_length=30)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class AssignForm(Form):
    """Handing the chosen cases to somebody."""

    to = forms.ChoiceField(label=_("分办给"))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.pk), f"{each.name} · {each.get_role_display()}") for each in colleagues(user)]
        self.fields["to"].choices = named
        self.fields["to"].widget.attrs["translate"] = "no"


def colleagues(user: Any) -> Any:
    """Who can be given cases: case workers of the own region and below, the nearest first."""
    found = User.objects.filter(
        role__in=WORKERS, is_active=True, region__code__startswith=user.scope.prefix or ""
    )
    return found.order_by("region_id", "pk")[:MOST_CLERKS]


def _titled(titled: Any) -> str:
    return str(titled.zh if language() == "zh" else titled.en)
