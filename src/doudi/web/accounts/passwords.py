"""Validators of passwords, named by the policies, and passwords drawn at random."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_WITHOUT_LOOKALIKES = "".join(sign for sign in string.ascii_letters + string.digits if sign not in "0O1lI")


class LongPassword:
    """OWASP ASVS 5: length, whatever the characters."""

    least = 12

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` when the password is too short or too long to be handled."""
        if len(password) < self.least:
            raise ValidationError(
                _("口令至少 %(least)d 个字符。") % {"least": self.least}, "password_too_short"
            )
        if len(password) > 128:
            raise ValidationError(_("口令最多 128 个字符。"), "password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("至少 12 个字符；可以用一句好记的话。")


class MixedPassword(LongPassword):
    """等级保护: capital and small letters, digits and other signs, at least three of the four."""

    least = 10

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` when the password is too short or of too few kinds of characters."""
        super().validate(password, user)
        kinds = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
        if sum(any(map(kind, password)) for kind in kinds) < 3:
            raise ValidationError(
                _("口令要有大写字母、小写字母、数字、其他符号中的至少三种。"), "password_too_plain"
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("至少 10 个字符，大写字母、小写字母、数字、其他符号中的至少三种；每 90 天更换。")


def random_password() -> str:
    """A password that both policies accept, in groups that can be read aloud: about 93 bits."""
    while True:
        groups = ["".join(secrets.choice(_WITHOUT_LOOKALIKES) for _ in range(4)) for _ in range(4)]
        password = "-".join(groups)
        if all(any(map(kind, password)) for kind in (str.isupper, str.islower, str.isdigit)):
            return password
