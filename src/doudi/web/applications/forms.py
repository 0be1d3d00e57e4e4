"""Forms around the task list: beginning, newcomers, uploads, signatures, submitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.verification.catalogue import checkable_feeds
from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.accounts.roles import Role
from doudi.web.applications.sections.applicant import PHONE
from doudi.web.applications.sections.members import relations
from doudi.web.applications.services.drafts import KINDS, SOURCES
from doudi.web.applications.sources import choices
from doudi.web.cases.words import kind_word
from doudi.web.registry.identity import IdentityError, identity_of
from doudi.web.registry.models import Sex
from doudi.web.registry.models.household import Area
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import DateInput, Form

HINTS = {
    "application": _("家里收入低、负担重，长期过不下去"),
    "tekun": _("没有劳动能力、没有收入来源、没有人赡养抚养的老人、残疾人、未成年人"),
    "temporary_spending": _("看病、上学等花了很多钱，一时过不下去"),
    "temporary_urgent": _("火灾、重病、意外，眼下就过不下去；先给钱，后补手续"),
}
SOURCE_WORDS = {"on_behalf": _("代为申请"), "referred": _("转办"), "found": _("主动发现")}
ACCEPT = "image/jpeg,image/png,application/pdf"


class StartForm(Form):
    """What is applied for; of whom it comes where it is not the household itself."""

    kind = forms.ChoiceField(label=_("申请什么"), widget=forms.RadioSelect)
    source = forms.ChoiceField(
        label=_("怎么来的"), choices=[(name, SOURCE_WORDS[name]) for name in SOURCES], required=False
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (
                kind,
                f"{kind_word(kind, language())}：{HINTS[kind]}"
                if language() == "zh"
                else f"{kind_word(kind, language())}: {HINTS[kind]}",
            )
            for kind in KINDS
        ]
        if user.role == Role.RESIDENT:
            del self.fields["source"]


class HomeForm(Form):
    """Where a new household lives."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("村（社区）"))
    address = forms.CharField(label=_("住址"), max_length=200)
    area = forms.ChoiceField(label=_("城乡"), choices=Area.choices, widget=forms.RadioSelect)
    phone = forms.RegexField(PHONE, label=_("联系电话"), max_length=20)
    checked = forms.BooleanField(label=_("已核对：不是下面列出的登记在册的人"), required=False)

    def __init__(self, scope: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Region.objects.within(scope.prefix).filter(level=Level.VILLAGE, valid_to=None)
        self.fields["region"].queryset = here.order_by("code")
        self.fields["region"].widget.attrs["translate"] = "no"


class PersonForm(Form):
    """One person of a new household."""

    use_required_attribute = False
    name = forms.CharField(label=_("姓名"), max_length=50)
    relation = forms.ChoiceField(label=_("与户主关系"))
    id_number = forms.CharField(
        label=_("身份证号"), max_length=20, required=False, help_text=_("刚出生还没有的，填出生日期和性别。")
    )
    born = forms.DateField(label=_("出生日期"), widget=DateInput(), required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=[("", "—"), *Sex.choices], required=False)

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["relation"]
        else:
            self.fields["relation"].choices = relations()

    def clean_id_number(self) -> str:
        """The number in one form; its check digit and date must be right."""
        text = self.cleaned_data["id_number"]
        try:
            return identity_of(text).number if text else ""
        except IdentityError as error:
            raise ValidationError(error.text) from error

    def clean(self) -> dict[str, Any]:
        """Without a number birth and sex must be told."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("id_number") and "id_number" not in self.errors:
            for name in ("born", "sex"):
                if not data.get(name):
                    self.add_error(name, told("没有身份证号的，要填这一项。"))
        return data


class UploadForm(Form):
    """Papers: which, and the files."""

    kind = forms.ChoiceField(label=_("是什么材料"))
    file = forms.FileField(
        label=_("照片或者扫描件"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("一个文件最多 10 MB。照片要拍清楚、拍完整；照片里的位置等信息会自动去掉。"),
    )  # fmt: skip

    def __init__(self, papers: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (each.name, each.zh if language() == "zh" else each.en) for each in papers
        ]


class SignForm(Form):
    """A signature drawn on the screen, or a photo of the signed paper; of a minor by whom."""

    signer = forms.ChoiceField(label=_("由谁签署"), required=False)
    allowed = forms.MultipleChoiceField(
        label=_("同意查询的来源"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("至少同意查询一个来源；都不同意的，不用签署。")},
    )  # fmt: skip
    drawn = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2_000_000)
    paper = forms.FileField(
        label=_("或者：上传签好字的授权书照片"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip

    def __init__(self, guardians: list[tuple[str, Any]] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = choices(language())
        self.fields["allowed"].initial = checkable_feeds()
        if guardians is None:
            del self.fields["signer"]
        else:
            self.fields["signer"].choices = guardians
            self.fields["signer"].required = True


class SubmitForm(Form):
    """The promise to tell the truth."""

    true = forms.BooleanField(
        label=_("我承诺：所填内容和所交材料真实、完整；情况变了会及时报告；不真实的，依法承担责任。")
    )
