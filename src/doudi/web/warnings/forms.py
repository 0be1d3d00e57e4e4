"""Forms of warnings and visits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import CLASSES, LEVELS
from doudi.programmes.catalogue import catalogue as programmes
from doudi.web.accounts.models import Region, User
from doudi.web.accounts.roles import Role
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form
from doudi.web.warnings.answering import EVIDENCE, QUESTIONS, REPLIES, REQUIRED, results
from doudi.web.warnings.models import Decision, Warning
from doudi.web.warnings.models.lead import Reason, Reporter
from doudi.web.warnings.services.visiting import Answer, Sheet
from doudi.web.warnings.words import indicator_word

STATES = (
    ("open", _("未办结")), ("raised", _("待交办")), ("dispatched", _("待核查")), ("answered", _("待审定")), ("late", _("超期")),
    ("closed", _("已办结")), ("held", _("暂不提示")), ("gone", _("已消失未办结")), ("all", _("全部")),
)  # fmt: skip
_LONG = 1000


def _titled(pairs: Any) -> list[tuple[str, str]]:
    place = 0 if language() == "zh" else 1
    return [(code, titles[place]) for code, titles in pairs]


class AlertFilter(Form):
    """What the list of warnings shows."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    level = forms.ChoiceField(label=_("级别"), required=False)
    group = forms.ChoiceField(label=_("类别"), required=False)
    indicator = forms.ChoiceField(label=_("指标"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("区划"), required=False, empty_label=_("全部")
    )

    def __init__(self, user: Any, shown: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("全部"))]
        self.fields["level"].choices = [*every, *_titled(LEVELS.items())]
        self.fields["group"].choices = [*every, *_titled(CLASSES.items())]
        known = [(name, indicator_word(name, language())) for name in shown]
        self.fields["indicator"].choices = [*every, *known]
        self.fields["region"].queryset = Region.objects.within(user.scope.prefix).order_by("code")
        self.fields["region"].widget.attrs["translate"] = "no"

    def clean_region(self) -> str:
        """The code of the division."""
        found = self.cleaned_data["region"]
        return found.code if found else ""

    def clean(self) -> dict[str, Any]:
        """``indicators``: those of the class, None for all."""
        cleaned: dict[str, Any] = super().clean()
        group = cleaned.get("group")
        cleaned["indicators"] = (
            [one.id for one in catalogue().indicators.values() if one.group == group] if group else None
        )
        return cleaned

    def told(self) -> list[tuple[str, str]]:
        """What is asked for besides the state, in words: labels and choices."""
        found = []
        for name in ("level", "group", "indicator"):
            value = self.cleaned_data.get(name)
            if value:
                found.append((str(self.fields[name].label), str(dict(self.fields[name].choices)[value])))
        code = self.cleaned_data.get("region")
        if code:
            place = self.fields["region"].queryset.get(code=code)
            found.append((str(self.fields["region"].label), place.name))
        return found


class RecallForm(Form):
    """Why warnings are taken back."""

    reason = forms.CharField(label=_("撤回的理由"), min_length=2, max_length=200)


class VisitForm(Form):
    """One A4 page: the household, and an answer for each of its warnings."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    visited_at = forms.DateTimeField(
        label=_("走访时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    at_home = forms.TypedChoiceField(
        label=_("家里有人"), choices=(("yes", _("在家")), ("no", _("不在家"))), coerce=lambda value: value == "yes",
    )  # fmt: skip
    note = forms.CharField(
        label=_("情况说明"), required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, warnings: Sequence[Warning], newest: int, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
        initial = {"token": uuid.uuid4(), "seen": newest, "visited_at": now, "at_home": "yes"}
        super().__init__(*args, initial=initial, **kwargs)
        self.warnings = warnings
        for name, title in QUESTIONS:
            self._add(name, forms.ChoiceField(label=title, choices=REPLIES, required=False))
        for one in warnings:
            for name, made in answer_fields().items():
                self._add(f"w{one.pk}-{name}", made)

    def _add(self, name: str, made: forms.Field) -> None:
        kinds = (forms.CheckboxSelectMultiple,)
        look = "form-check-input" if isinstance(made.widget, kinds) else (
            "form-select" if isinstance(made.widget, forms.Select) else "form-control"
        )  # fmt: skip
        made.widget.attrs["class"] = look
        self.fields[name] = made

    def questions(self) -> list[Any]:
        """The questions about the household."""
        return [self[name] for name, _title in QUESTIONS]

    def answers(self) -> list[tuple[Warning, list[Any]]]:
        """Each warning with the fields of its answer."""
        return [(one, [self[f"w{one.pk}-{name}"] for name in answer_fields()]) for one in self.warnings]

    def clean_visited_at(self) -> Any:
        """Not in the future."""
        found = self.cleaned_data["visited_at"]
        if found > timezone.now() + timedelta(minutes=10):
            raise ValidationError(_("走访时间不能在将来。"))
        return found

    def clean(self) -> dict[str, Any]:
        """Each answer rests on what its result asks for."""
        cleaned: dict[str, Any] = super().clean()
        for one in self.warnings:
            self._check(f"w{one.pk}", cleaned)
        return cleaned

    def _check(self, stem: str, cleaned: dict[str, Any]) -> None:
        result = cleaned.get(f"{stem}-result")
        if not result:
            if cleaned.get("at_home"):
                self.add_error(f"{stem}-result", _("请选择处置结果。"))
            return
        wanted = REQUIRED[result]
        if not set(wanted) & set(cleaned.get(f"{stem}-evidence") or ()):
            mark = "、" if language() == "zh" else ", "
            names = mark.join(str(EVIDENCE[kind][1]) for kind in wanted)
            self.add_error(f"{stem}-evidence", _("这个结果至少要有一项依据：%s。") % names)
        if not (cleaned.get(f"{stem}-findings") or "").strip():
            self.add_error(f"{stem}-findings", _("请写明看到的情况。"))
        if result == "refer" and not cleaned.get(f"{stem}-department"):
            self.add_error(f"{stem}-department", _("请选择转介的部门。"))

    def sheet(self, device: str) -> Sheet:
        """What was filled in."""
        data = self.cleaned_data
        answers = tuple(
            Answer(
                one.pk, data[f"w{one.pk}-result"], tuple(data[f"w{one.pk}-evidence"]), data[f"w{one.pk}-findings"].strip(),
                data[f"w{one.pk}-department"],
            )
            for one in self.warnings
            if data.get(f"w{one.pk}-result")
        )  # fmt: skip
        replies = {name: data[name] for name, _title in QUESTIONS if data.get(name)}
        return Sheet(
            data["token"], data["seen"], data["visited_at"], data["at_home"], replies, data["note"], answers,
            place_of(data.get("place", "")), device,
        )  # fmt: skip


def answer_fields() -> dict[str, forms.Field]:
    """The fields of the answer to one warning."""
    offices = [
        (name, one.zh if language() == "zh" else one.en) for name, one in programmes().organisations.items()
    ]
    return {
        "result": forms.ChoiceField(
            label=_("处置结果"), choices=[("", _("请选择")), *_titled(results())], required=False
        ),
        "evidence": forms.MultipleChoiceField(
            label=_("核查依据"), choices=[(code, title) for code, (_zh, title) in EVIDENCE.items()], required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "findings": forms.CharField(
            label=_("看到的情况"), required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2})
        ),
        "department": forms.ChoiceField(
            label=_("转介部门（只在转介时填）"), choices=[("", _("不转介")), *offices], required=False
        ),
    }  # fmt: skip


def place_of(text: str) -> dict[str, float] | None:
    """Latitude, longitude and accuracy that a phone told; None where it told none or nonsense."""
    try:
        told = json.loads(text)
        found = {name: float(told[name]) for name in ("latitude", "longitude", "accuracy")}
    except (ValueError, TypeError, KeyError):
        return None
    within = -90 <= found["latitude"] <= 90 and -180 <= found["longitude"] <= 180
    return found if within else None


class RemarkForm(Form):
    """A remark on a warning."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(label=_("留言"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class HoldForm(Form):
    """A decision not to raise a warning again until a day."""

    until = forms.DateField(label=_("暂不提示至"), widget=DateInput())
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(Form):
    """The record of a joint meeting."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = forms.DateField(label=_("会议日期"), widget=DateInput())
    present = forms.CharField(
        label=_("参加人员"), help_text=_("每行一人：单位和姓名。"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    minutes = forms.CharField(label=_("会议记录"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    decision = forms.ChoiceField(label=_("决定"), choices=Decision.choices)

    def clean_present(self) -> list[str]:
        """At least two."""
        found = [line.strip() for line in self.cleaned_data["present"].splitlines() if line.strip()]
        if len(found) < 2:
            raise ValidationError(_("会商至少有两人参加。"))
        return found


class DutyForm(Form):
    """Who is on duty for a village."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("村（社区）"))
    user = forms.ModelChoiceField(User.objects.none(), label=_("值守人员"))
    since = forms.DateField(label=_("自"), widget=DateInput())
    until = forms.DateField(label=_("至"), widget=DateInput(), required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": timezone.localdate()}, **kwargs)
        villages = Region.objects.within(user.scope.prefix).filter(level="village").order_by("code")
        self.fields["region"].queryset = villages
        self.fields["region"].widget.attrs["translate"] = "no"
        staff = User.objects.in_scope().filter(
            is_active=True, role__in=(Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK)
        )
        self.fields["user"].widget.attrs["translate"] = "no"
        self.fields["user"].queryset = staff.order_by("region_id", "pk")
        self.fields["user"].label_from_instance = lambda one: f"{one.name} · {one.region.name}"

    def clean(self) -> dict[str, Any]:
        """In order, and of somebody who sees the village."""
        cleaned: dict[str, Any] = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("不能早于开始日期。"))
        region, user = cleaned.get("region"), cleaned.get("user")
        if region and user and not user.scope.covers(region.code):
            self.add_error("user", _("这个账号看不到这个村。"))
        return cleaned


class LeadForm(Form):
    """A household in hardship that somebody came upon."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("村（社区）"))
    name = forms.CharField(label=_("谁有困难（姓名）"), max_length=50)
    reason = forms.ChoiceField(label=_("什么情况"), choices=Reason.choices)
    urgent = forms.BooleanField(label=_("人身或者生活马上有危险"), required=False)
    text = forms.CharField(label=_("看到什么"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3}))
    reporter = forms.ChoiceField(label=_("谁告诉的"), choices=Reporter.choices)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = Region.objects.within(user.scope.prefix).filter(level="village").order_by("code")
        self.fields["region"].queryset = villages
        self.fields["region"].widget.attrs["translate"] = "no"
        if len(villages) == 1:
            self.initial["region"] = villages[0].pk
