"""An id number as somebody types it: in one form, checked by its check digit and date, never by its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from doudi.web.errors import WebError
from doudi.web.registry.models import Sex


class IdentityError(WebError):
    """A text that is no id number; ``text`` says so without repeating it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Identity:
    """18 characters, and what they say."""

    number: str
    born: date
    sex: str


def identity_of(text: str) -> Identity:
    """The number in a text; one of 15 digits is made 18.

    Raises:
        IdentityError: check digit or date is wrong.
    """
    import polars as pl

    from doudi.linkage.ids import with_ids

    row = with_ids(pl.DataFrame({"id_number": [text]}, schema={"id_number": pl.String})).row(0, named=True)
    if row["id"] is None or not row["id_verified"]:
        raise IdentityError(_("身份证号不对：请逐位核对，最后一位是校验位。"))
    number = str(row["id"])
    return Identity(number, row["id_born"], Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)
