"""Things of which a household may have several: rows in one form, one more each time somebody asks, or the statement that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.site.forms import Form

MOST = 60
PREFIX = "rows"


class RowForm(Form):
    """One thing. A row that was left empty counts as not there."""

    use_required_attribute = False


class NothingForm(Form):
    """The statement that there is none."""

    nothing = forms.BooleanField(required=False)

    def __init__(self, label: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nothing"].label = label


class Rows:
    """The rows and the statement. ``known`` rows are shown filled in where nothing was typed yet."""

    def __init__(
        self,
        kind: type[RowForm],
        data: Any,
        *,
        nothing: Any,
        known: list[dict[str, Any]] | None = None,
        **more: Any,
    ) -> None:
        self.is_bound = data is not None
        self.top = NothingForm(nothing, data)
        made = forms.formset_factory(
            kind, extra=0 if known else 1, can_delete=True, max_num=MOST, absolute_max=MOST
        )
        self.rows: BaseFormSet = made(data, prefix=PREFIX, initial=known or None, form_kwargs=more)
        self.fault = ""
        for each in self.rows.forms:
            if "DELETE" in each.fields:
                each.fields["DELETE"].label = _("删除这一项")
                each.dress_fields()

    def is_valid(self) -> bool:
        """Whether every row is right, and something is said: rows, or that there are none."""
        if not self.is_bound or not (self.rows.is_valid() and self.top.is_valid()):
            return False
        some, none = bool(self.values), self.top.cleaned_data["nothing"]
        if some and none:
            self.fault = told("勾选了“没有”，又填写了内容，请改一处。")
        elif not some and not none:
            self.fault = told("填写至少一项；没有的，请勾选。")
        return not self.fault

    @property
    def values(self) -> list[dict[str, Any]]:
        """The rows that were filled in."""
        return [
            each.cleaned_data
            for each in self.rows.forms
            if each.has_changed() and each.is_valid() and not each.cleaned_data.get("DELETE")
        ] if self.is_bound else []  # fmt: skip


def with_one_more(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with room for one row more."""
    name = f"{PREFIX}-TOTAL_FORMS"
    count = data.get(name, "1")
    count = count[0] if isinstance(count, list) else count
    return {**data, name: str(min(int(count) + 1 if str(count).isdecimal() else 1, MOST))}
