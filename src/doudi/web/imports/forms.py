"""Forms of imports."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from doudi.web.imports.files import MOST
from doudi.web.imports.models import Decision
from doudi.web.site.forms import Form


class UploadForm(Form):
    """A file."""

    file = forms.FileField(
        label=_("文件"), help_text=_("用模板填写的电子表格，最大 50 MB。"), max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def clean_file(self) -> object:
        """The file, unless it is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise ValidationError(_("文件超过 50 MB，请分成几个文件。"))
        return file


class OpinionForm(Form):
    """Why."""

    opinion = forms.CharField(
        label=_("意见"), min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecisionForm(Form):
    """What is decided of one household, or, without ``home``, of all that nobody decided."""

    home = forms.IntegerField(required=False)
    decision = forms.ChoiceField(choices=Decision.choices)
