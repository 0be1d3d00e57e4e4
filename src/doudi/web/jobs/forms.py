"""Which jobs are listed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.web.jobs.models import State
from doudi.web.site.forms import Form


class JobFilter(Form):
    """By state."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
