"""Forms of the registry."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.database.scope import current
from doudi.web.registry.models import ChangeKind
from doudi.web.registry.selectors.lists import OPEN, SIZES
from doudi.web.registry.tagging import PEOPLE, tag_kinds
from doudi.web.registry.templatetags.registry import language
from doudi.web.registry.tiering import tier_codes, tier_word
from doudi.web.site.forms import DateInput, Form


class PlaceSelect(forms.Select):
    """A choice among all places of a county, written in one go: thousands are too many for a template each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its options."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (code, SafeString(" selected") if str(code) in chosen else "", word)
                for code, word in self.choices
            ),
        )
        about = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", about, options)


class SearchForm(Form):
    """The one box."""

    quiet = True
    text = forms.CharField(
        label=_("姓名、拼音首字母、身份证号或者后四位、家庭编号、村、标签"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    after = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class HouseholdFilter(Form):
    """Which households are listed."""

    quiet = True
    region = forms.ChoiceField(label=_("乡镇、村"), required=False, widget=PlaceSelect)
    tier = forms.ChoiceField(label=_("测算类别"), required=False)
    tag = forms.ChoiceField(label=_("标签"), required=False)
    size = forms.TypedChoiceField(
        label=_("每页"),
        coerce=int,
        empty_value=SIZES[0],
        required=False,
        choices=[(size, size) for size in SIZES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("全部"))]
        self.fields["region"].choices = [*every, *_places()]
        self.fields["region"].widget.attrs["translate"] = "no"
        tiers = [(code, tier_word(code, language())) for code in tier_codes().codes]
        self.fields["tier"].choices = [*every, *tiers, (OPEN, tier_word("", language()))]
        tags = [(kind.code, kind.name(language())) for kind in tag_kinds().values()]
        self.fields["tag"].choices = [*every, *tags]


def _places() -> list[tuple[str, str]]:
    """Townships and villages in scope, villages after a space."""
    scope = current()
    found = Region.objects.within(scope.prefix).filter(
        level__in=(Level.TOWNSHIP, Level.VILLAGE), valid_to=None
    )
    rows = found.values_list("code", "level", "name")
    return [(code, ("　" if level == Level.VILLAGE else "") + name) for code, level, name in rows]


class ReasonForm(Form):
    """Why a plain value is needed."""

    reason = forms.CharField(
        label=_("理由"), min_length=4, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("理由会记入审计，本户可以看到。"),
    )  # fmt: skip


class AccountForm(ReasonForm):
    """The account of a resident that is connected to a person."""

    username = forms.CharField(
        label=_("居民账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("username", "reason")


class NoteForm(Form):
    """A note."""

    text = forms.CharField(label=_("备注"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class TagForm(Form):
    """A tag that people give."""

    tag = forms.ChoiceField(label=_("标签"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = [
            (kind.code, kind.name(language())) for kind in tag_kinds().values() if kind.by == PEOPLE
        ]


class DayForm(Form):
    """As of which day."""

    quiet = True
    on = forms.DateField(label=_("截止日期"), required=False, widget=DateInput())


class ChangeForm(Form):
    """A change that is asked for: which fields count follows from its kind."""

    kind = forms.ChoiceField(label=_("事项"), choices=ChangeKind.choices)
    on = forms.DateField(label=_("自"), widget=DateInput())
    person = forms.TypedChoiceField(label=_("涉及的成员"), coerce=int, required=False, empty_value=None)
    people = forms.TypedMultipleChoiceField(
        label=_("分出的成员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    successor = forms.TypedChoiceField(label=_("继任户主"), coerce=int, required=False, empty_value=None)
    other = forms.CharField(label=_("并入的家庭编号"), max_length=40, required=False)
    region = forms.ChoiceField(label=_("迁入的村（社区）"), required=False, widget=PlaceSelect)
    address = forms.CharField(label=_("新住址"), max_length=200, required=False)
    phone = forms.RegexField(r"^\+?[0-9-]{5,20}\Z", label=_("电话"), required=False)
    account = forms.RegexField(r"^[0-9]{8,30}\Z", label=_("银行账号"), required=False)
    reason = forms.CharField(
        label=_("理由"), min_length=4, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    NEEDED: ClassVar = {
        ChangeKind.MOVE: ("region",), ChangeKind.SPLIT: ("people", "person"), ChangeKind.MERGE: ("other",),
        ChangeKind.DEATH: ("person",), ChangeKind.HEAD: ("person",), ChangeKind.CONTACT: ("person",),
    }  # fmt: skip

    def __init__(self, members: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(each.person.pk, each.person.masked_name) for each in members]
        for name in ("person", "successor"):
            self.fields[name].choices = [("", "—"), *people]
        self.fields["people"].choices = [
            (number, format_html('<span translate="no">{}</span>', name)) for number, name in people
        ]
        for name in ("person", "successor", "region"):
            self.fields[name].widget.attrs["translate"] = "no"
        self.fields["region"].choices = [
            ("", "—"),
            *((code, name) for code, name in _places() if name.startswith("　")),
        ]

    def clean(self) -> dict[str, Any]:
        """What the kind of change asks for must be there."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDED.get(data.get("kind", ""), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("这个事项要填这一项。"))
        if data.get("kind") == ChangeKind.CONTACT and not data.get("phone") and not data.get("account"):
            self.add_error("phone", _("填写电话或者银行账号。"))
        return data


class DecisionForm(Form):
    """Whether a change is agreed to."""

    decision = forms.CharField(
        label=_("审批意见"), min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
