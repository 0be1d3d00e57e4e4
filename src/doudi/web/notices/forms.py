"""Forms of notices, objections, appeals and public bodies."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import Region
from doudi.web.notices.models import Authority
from doudi.web.site.forms import Form, ModelForm

LONGEST = 1000
STATES = (
    ("open", _("公示中和中止")), ("stopped", _("已中止")), ("due", _("已满，待报送")), ("all", _("全部")),
)  # fmt: skip


class PlaceForm(Form):
    """The village whose notices are asked for."""

    quiet = True
    place = forms.ChoiceField(
        label=_("村（社区）"), required=False, widget=forms.Select(attrs={"translate": "no"})
    )

    def __init__(self, places: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (each.code, f"{each.parent.name} {each.name}" if each.parent else each.name) for each in places
        ]
        self.fields["place"].choices = [("", _("请选择")), *named]


class ObjectionForm(Form):
    """An objection: what it is about; name and way to be reached as one likes."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("有什么不符"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写清楚是什么情况、从哪里知道的。"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("您的姓名"),
        max_length=50,
        required=False,
        help_text=_("可以不填。填了也只有经办人员能看到，不会告诉对方。"),
    )
    contact = forms.CharField(
        label=_("联系电话或者地址"),
        max_length=100,
        required=False,
        help_text=_("可以不填。不填的，凭查询码看答复。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)


class CodeForm(Form):
    """The code of an objection."""

    code = forms.CharField(
        label=_("查询码"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
    )

    def clean_code(self) -> str:
        """As it was drawn: capitals, no spaces."""
        return str(self.cleaned_data["code"]).replace(" ", "").upper()


class StateForm(Form):
    """Which notices staff look at."""

    quiet = True
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)


class PictureForm(Form):
    """A picture of a notice where it hangs."""

    picture = forms.FileField(
        label=_("张贴照片"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("照片里的拍摄地点、设备等信息会去掉。"),
    )  # fmt: skip


class AuthorityForm(ModelForm):
    """A public body that documents name."""

    class Meta:
        model = Authority
        fields = ("region", "kind", "name", "address", "telephone")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].widget.attrs["translate"] = "no"
        self.fields["region"].queryset = Region.objects.within(user.scope.prefix).order_by("code")


class DecisionForm(Form):
    """The number of a decision, as it stands on the document."""

    quiet = True
    number = forms.CharField(label=_("决定文号"), max_length=60)


class AppealForm(Form):
    """An appeal: what is asked for. Staff say that the household has authorised them."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    claims = forms.CharField(
        label=_("您认为哪里不对，希望怎样处理"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    authorised = forms.BooleanField(label=_("已办委托手续"), required=False)

    def __init__(self, is_own: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)
        if is_own:
            del self.fields["authorised"]


class ComplaintForm(Form):
    """A complaint: what happened."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    claims = forms.CharField(
        label=_("发生了什么"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)
