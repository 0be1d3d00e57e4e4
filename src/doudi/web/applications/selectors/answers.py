"""The answers of a draft as people read them before they submit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doudi.web.applications.sections import Part
from doudi.web.applications.sections.rows import Rows
from doudi.web.applications.selectors.dossiers import Dossier

_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """The answers of one part: labels and values, in groups (of rows one for each row)."""

    part: Part
    state: str
    groups: list[list[tuple[Any, Any]]]


def summary(found: Dossier) -> list[tuple[Any, list[Shown]]]:
    """Every section with the answers of its parts."""
    return [
        (section, [_shown(found, section, part) for part in section.parts(found)])
        for section in found.sections
        if section.name not in ("authorisation", "papers")
    ]


def _shown(found: Dossier, section: Any, part: Part) -> Shown:
    data = found.data(section.name, part.key)
    state = found.state(section, part)
    if data is None:
        return Shown(part, state, [])
    form = section.form(found, part.key, data)
    form.is_valid()
    if not isinstance(form, Rows):
        return Shown(part, state, [_lines(form)])
    groups = [
        _lines(row) for row in form.rows.forms if row.has_changed() and not row.cleaned_data.get("DELETE")
    ]
    if form.top.cleaned_data.get("nothing") and not groups:
        groups = [[(form.top.fields["nothing"].label, _("是"))]]
    return Shown(part, state, groups)


def _lines(form: Any) -> list[tuple[Any, Any]]:
    """Labels and values of the fields that hold something."""
    lines = []
    for field in form.visible_fields():
        if field.name in ("DELETE",):
            continue
        value = field.value()
        if value in (None, "", [], False) or (
            field.name.endswith(("_per", "_times")) and not _amount(form, field.name)
        ):
            continue
        lines.append((field.label, _word(field, value)))
    return lines


def _amount(form: Any, name: str) -> bool:
    return bool(form[name.rpartition("_")[0]].value())


def _word(field: Any, value: Any) -> Any:
    """A value as its field calls it."""
    for code, word in getattr(field.field, "choices", ()):
        if str(code) == str(value):
            return word
    return value
