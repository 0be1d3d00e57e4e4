"""What the auditor looks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Outcome
from doudi.web.site.forms import DateInput, Form


class EntryFilter(Form):
    """Which entries are shown."""

    quiet = True
    begin = forms.DateField(label=_("从"), required=False, widget=DateInput())
    end = forms.DateField(label=_("到"), required=False, widget=DateInput())
    actor = forms.CharField(label=_("账号"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部")), *Role.choices])
    action = forms.CharField(label=_("事项"), required=False, max_length=60)
    outcome = forms.ChoiceField(label=_("结果"), required=False, choices=[("", _("全部")), *Outcome.choices])
    target = forms.CharField(label=_("对象编号"), required=False, max_length=60)
    subject = forms.CharField(label=_("涉及人员编号"), required=False, max_length=60)
