"""Forms of a convergence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.convergence.classes import OPEN_REASONS, PLACED, TIERS
from doudi.web.accounts.models import Region
from doudi.web.convergence.models import State
from doudi.web.convergence.models.opinion import Level, Word
from doudi.web.convergence.reading import FILES
from doudi.web.convergence.selectors.persons import MINE
from doudi.web.convergence.services.reviewing import Said
from doudi.web.convergence.words import place_word, places_to_choose, reason_word, tier_word
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form
from doudi.web.warnings.survey_forms import PeriodForm

MOST = 50 * 1024 * 1024
"""The largest file that is taken, in bytes."""


class _Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files, each checked by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files."""
        return [super(_FilesField, self).clean(each, initial) for each in data or ()]


class ResultForm(PeriodForm):
    """The three files of a result, and the period of the merged survey."""

    field_order = ("files", "since", "until")
    files = _FilesField(
        label=_("并轨结果"), widget=_Files(attrs={"multiple": True, "accept": ".parquet,.json"}), required=False,
    )  # fmt: skip

    def clean_files(self) -> dict[str, Any]:
        """The files by their names; only the three that are known, none too large."""
        found = {file.name: file for file in self.cleaned_data["files"]}
        missing = [name for name in FILES if name not in found]
        if missing:
            raise ValidationError(_("缺少文件：%s。") % "、".join(missing))
        if any(found[name].size > MOST for name in FILES):
            raise ValidationError(_("文件超过 50 MB。"))
        return {name: found[name] for name in FILES}


class PairForm(PeriodForm):
    """Both registers, the day of the convergence, and the period of the merged survey."""

    field_order = ("listed", "base", "day", "period", "since", "until")
    listed = forms.FileField(
        label=_("防返贫监测名单（农业农村部门）"), max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("电子表格，列名和次序可以不同；两个文件合计最大 50 MB。"),
    )  # fmt: skip
    base = forms.FileField(
        label=_("低收入人口库（在保名册）"), max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    day = forms.DateField(label=_("并轨日期"), widget=DateInput(), initial=timezone.localdate)
    period = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$", label=_("期别（文件没有写明月份时填，如 2026-08）"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Not too large together."""
        cleaned: dict[str, Any] = super().clean()
        sizes = [cleaned[name].size for name in ("listed", "base") if cleaned.get(name)]
        if sum(sizes) > MOST:
            raise ValidationError(_("文件超过 50 MB。"))
        return cleaned


class PersonFilter(Form):
    """Which persons are shown."""

    quiet = True
    state = forms.ChoiceField(label=_("审核"), required=False)
    place = forms.ChoiceField(label=_("拟归类"), required=False)
    tier = forms.ChoiceField(label=_("救助类别"), required=False)
    reason = forms.ChoiceField(label=_("待定理由"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("区划"), required=False, empty_label=_("全部")
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told, every = language(), [("", _("全部"))]
        self.fields["state"].choices = [*every, (MINE, _("待我提出意见")), *State.choices]
        self.fields["place"].choices = [*every, *((code, place_word(code, told)) for code in PLACED)]
        self.fields["tier"].choices = [*every, *((code, tier_word(code, told)) for code in TIERS)]
        self.fields["reason"].choices = [*every, *((code, reason_word(code, told)) for code in OPEN_REASONS)]
        self.fields["region"].queryset = Region.objects.within(user.scope.prefix).order_by("code")
        self.fields["region"].widget.attrs["translate"] = "no"

    def clean_region(self) -> str:
        """The code of the division."""
        found = self.cleaned_data["region"]
        return found.code if found else ""


class OpinionForm(Form):
    """The opinion of one level on one person."""

    word = forms.ChoiceField(label=_("意见"))
    place = forms.ChoiceField(label=_("改归类（只在改为时选）"), required=False)
    tier = forms.ChoiceField(label=_("改类别（只在改为新符合时选）"), required=False)
    note = forms.CharField(
        label=_("理由（改为、退回必填）"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip

    def __init__(self, level: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = language()
        words = [Word.AGREE, Word.CHANGE] + ([] if level == Level.VILLAGE else [Word.RETURN])
        self.fields["word"].choices = [(str(word), word.label) for word in words]
        self.fields["place"].choices = [("", _("不改")), *places_to_choose(told)]
        self.fields["tier"].choices = [("", _("不改")), *((code, tier_word(code, told)) for code in TIERS)]

    def said(self) -> Said:
        """What was filled in."""
        data = self.cleaned_data
        return Said(data["word"], data["place"], data["tier"], data["note"].strip())


class BatchForm(Form):
    """The same opinion on many: that one agrees, or sends back with a reason."""

    word = forms.ChoiceField(
        label=_("意见"),
        choices=[(Word.AGREE.value, Word.AGREE.label), (Word.RETURN.value, Word.RETURN.label)],
    )
    note = forms.CharField(label=_("理由（退回必填）"), required=False, max_length=500)

    def said(self) -> Said:
        """What was filled in."""
        return Said(self.cleaned_data["word"], note=self.cleaned_data["note"].strip())


class VillageForm(Form):
    """In which village somebody lives."""

    village = forms.ModelChoiceField(Region.objects.none(), label=_("所在村"))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = Region.objects.within(user.scope.prefix).filter(level="village").order_by("code")
        self.fields["village"].queryset = villages
        self.fields["village"].widget.attrs["translate"] = "no"
