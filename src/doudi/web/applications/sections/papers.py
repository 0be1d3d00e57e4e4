"""Papers: what a department shows and nobody brings, what may be brought, and the statement that all is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from doudi.web.applications.sections.base import Part, bound
from doudi.web.site.forms import Form

POWER = "power_of_attorney"


class PapersForm(Form):
    """The statement."""

    done = forms.BooleanField(label=_("要传的都传好了，没有别的材料"))

    def __init__(self, dossier: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier

    def clean(self) -> dict[str, Any]:
        """Who applies for others shows the authorisation."""
        data: dict[str, Any] = super().clean() or {}
        if self.dossier.needs_power and not self.dossier.files_of(POWER):
            self.add_error("done", told("代办的，请拍照上传委托书。"))
        return data


class Papers:
    """Section 材料."""

    name = "papers"
    title = _("材料")
    template = "applications/papers.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One part."""
        return (Part("", self.title),)

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> PapersForm:
        """The form."""
        return PapersForm(dossier, bound(data))


class Signing:
    """Section 授权书签署. Its state follows from who has signed."""

    name = "authorisation"
    title = _("授权书签署")
    template = "applications/signing.html"

    def parts(self, dossier: Any) -> tuple[Part, ...]:
        """One for each member."""
        return tuple(
            Part(str(each.person.pk), dossier.name_of(each), words=False) for each in dossier.members
        )

    def form(self, dossier: Any, key: str, data: Mapping[str, Any] | None = None) -> Any:
        """It has none."""
        raise LookupError(key)
