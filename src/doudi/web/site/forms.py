"""Forms in the look of the site: derive from ``Form`` or ``ModelForm`` here, and include ``site/form.html``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

_CLASSES = (
    ((forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple), "form-check-input"),
    ((forms.Select,), "form-select"),
    ((forms.HiddenInput,), ""),
)


class Renderer(TemplatesSetting):
    """Finds the template of a field among those of the site."""


class _Dressed:
    """Gives every field its class; ``quiet`` leaves out the marks of fields that must be filled in (filters)."""

    quiet = False
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress_fields()

    def dress_fields(self) -> None:
        """Give every field its class; again after fields were added."""
        for field in self.fields.values():
            wanted = next(
                (name for kinds, name in _CLASSES if isinstance(field.widget, kinds)), "form-control"
            )
            own = field.widget.attrs.get("class", "")
            if wanted not in own.split():
                field.widget.attrs["class"] = f"{own} {wanted}".strip()


class Form(_Dressed, forms.Form):
    """A form."""


class ModelForm(_Dressed, forms.ModelForm):
    """A form that makes or changes one row."""


class DateInput(forms.DateInput):
    """A day, chosen from the browser's calendar."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
