"""Forms of log-in, accounts and regions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.programmes.catalogue import catalogue
from doudi.web.accounts.models import Region, User
from doudi.web.accounts.models.region import parent_of
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import current
from doudi.web.scoped import OFFICES
from doudi.web.site.forms import DateInput, Form, ModelForm


class LogInForm(Form):
    """Name and password."""

    quiet = True
    username = forms.CharField(
        label=_("账号"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("口令"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """Accounts are written small, however they are typed."""
        return str(self.cleaned_data["username"]).lower()


class CodeForm(Form):
    """The code of an authenticator."""

    quiet = True
    code = forms.RegexField(
        label=_("验证码"),
        regex=r"^\s*\d{3}\s?\d{3}\s*\Z",
        error_messages={"invalid": _("验证码是 6 位数字。")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code-input",
                "maxlength": "9",
            }
        ),
    )


class PasswordForm(Form):
    """The present password and a new one, twice."""

    present = forms.CharField(
        label=_("现在的口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新口令"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("再输一遍新口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = password_validators_help_texts()[0]

    def clean_present(self) -> str:
        """The present password, if it is right."""
        if not self.user.check_password(self.cleaned_data["present"]):
            raise ValidationError(_("现在的口令不对。"))
        return str(self.cleaned_data["present"])

    def clean(self) -> dict[str, Any]:
        """The new password follows the policy, differs from the present one, and was typed the same twice."""
        data = super().clean() or {}
        new = data.get("new")
        if new and data.get("again") and new != data["again"]:
            self.add_error("again", _("两次输入的新口令不一样。"))
        if new and new == data.get("present"):
            self.add_error("new", _("新口令不能与现在的相同。"))
        if new:
            try:
                validate_password(new, self.user)
            except ValidationError as error:
                self.add_error("new", error)
        return data


def regions_in_scope() -> Any:
    """The regions that whoever acts now may choose."""
    return Region.objects.within(current().prefix)


class RegionField(forms.CharField):
    """A region by its code, with the names offered while one types; only regions in scope are taken."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("12 位区划代码，例如 999901000000。"))
        super().__init__(max_length=12, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "list": "regions", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """The region that the code names."""
        code = super().clean(value)
        if not code:
            return None
        region = regions_in_scope().filter(code=code).first()
        if region is None:
            raise ValidationError(_("没有这个区划，或者不在您的管辖范围内。"))
        return region

    def prepare_value(self, value: Any) -> Any:
        """The code of a region."""
        return value.code if isinstance(value, Region) else value


class UserFilter(Form):
    """What the list of accounts shows."""

    quiet = True
    text = forms.CharField(label=_("账号或姓名"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部")), *Role.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("启用")), ("waiting", _("待开通")), ("closed", _("已停用"))],
    )


class UserForm(ModelForm):
    """The particulars of an account."""

    class Meta:
        model = User
        fields = ("name", "organisation")


def office_choices() -> list[tuple[str, str]]:
    """Departments and organisations that answer for programmes."""
    chinese = (get_language() or "zh").startswith("zh")
    return [(name, one.zh if chinese else one.en) for name, one in catalogue().organisations.items()]


class _RoleForm(ModelForm):
    """A role with its region, and the office of those who work for one."""

    region = RegionField(label=_("区划"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        self.fields["office"] = forms.ChoiceField(
            label=field.label, help_text=field.help_text, required=False, choices=[("", _("不适用")), *office_choices()],
            widget=forms.Select(attrs={"class": "form-select"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever works for a department or organisation has an office, nobody else."""
        data = super().clean() or {}
        if data.get("role") in OFFICES and not data.get("office"):
            self.add_error("office", _("部门人员和社会组织要填写部门或者组织。"))
        if data.get("role") not in OFFICES:
            data["office"] = ""
        return data


class NewUserForm(_RoleForm):
    """A new account: particulars, and the role and region that are proposed to the security administrator."""

    class Meta:
        model = User
        fields = ("username", "name", "organisation", "role", "region", "office")


class RoleForm(_RoleForm):
    """The role of an account, its region and office."""

    class Meta:
        model = User
        fields = ("role", "region", "office")


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class RegionFilter(Form):
    """What the list of regions shows."""

    quiet = True
    text = forms.CharField(label=_("代码或名称"), required=False, max_length=60)
    within = forms.RegexField(label=_("上级区划代码"), required=False, regex=r"^\d{12}\Z")


class NewRegionForm(ModelForm):
    """A new region within the scope of whoever adds it."""

    class Meta:
        model = Region
        fields: tuple[str, ...] = ("code", "name", "name_en", "valid_from", "valid_to", "source")
        widgets = {"valid_from": DateInput(), "valid_to": DateInput()}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        data = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_to")
        if begin and end and end <= begin:
            self.add_error("valid_to", _("停用日期要在启用日期之后。"))
        return data

    def clean_code(self) -> str:
        """A code in scope whose region above is known."""
        code = str(self.cleaned_data["code"])
        if not current().covers(code):
            raise ValidationError(_("没有这个区划，或者不在您的管辖范围内。"))
        above = parent_of(code)
        if above is not None and not Region.objects.filter(code=above).exists():
            raise ValidationError(_("请先登记上级区划 %(code)s。") % {"code": above})
        return code


class RegionForm(NewRegionForm):
    """The particulars of a region."""

    renamed_on = forms.DateField(
        label=_("改名日期"),
        required=False,
        widget=DateInput(),
        help_text=_("改了名称时填写；此前的文书仍用旧名。"),
    )
    successor = RegionField(label=_("并入"), required=False, help_text=_("停用后并入的区划代码。"))

    class Meta(NewRegionForm.Meta):
        fields = ("name", "renamed_on", "name_en", "valid_from", "valid_to", "successor", "source")

    def clean(self) -> dict[str, Any]:
        """A new name needs the day from which it holds."""
        data = super().clean()
        if "name" in self.changed_data and not data.get("renamed_on"):
            self.add_error("renamed_on", _("改了名称，请填写改名日期。"))
        return data
