"""Where answers are kept: sealed, in a cookie of the browser that gave them, until it is closed or two hours have passed.

The server stores nothing. What cannot be opened, is old, or was written for other questions counts as not there.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time
from typing import Any

from doudi.selfcheck.answers import Answers
from doudi.selfcheck.questions import version
from doudi.web.sealing import SealError, seal, unseal

COOKIE = "doudi_check"
PATH = "/check/"
TERM = 2 * 60 * 60
"""Seconds after the last answer."""
LARGEST = 3_900
"""Bytes that every browser keeps in a cookie."""
_PURPOSE = "self-check"


@dataclass(frozen=True, slots=True)
class Kept:
    """The division (twelve digits, empty before it was chosen) and the answers."""

    region: str = ""
    answers: Answers = field(default_factory=Answers)


def read(cookies: Mapping[str, str]) -> Kept:
    """What a browser brings; nothing where it brings nothing that counts."""
    try:
        told = json.loads(zlib.decompress(unseal(urlsafe_b64decode(cookies.get(COOKIE, "")), _PURPOSE, "")))
    except (SealError, ValueError, zlib.error):
        return Kept()
    if time() - told["at"] > TERM or told["of"] != version():
        return Kept()
    return Kept(told["region"], Answers.from_data(told["answers"]))


def write(response: Any, kept: Kept, secure: bool) -> None:
    """Give the browser what it is to keep."""
    told = {
        "at": int(time()), "of": version(), "region": kept.region, "answers": kept.answers.as_data()
    }  # fmt: skip
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)
    text = urlsafe_b64encode(seal(packed, _PURPOSE, "")).decode()
    assert len(text) <= LARGEST
    response.set_cookie(COOKIE, text, path=PATH, secure=secure, httponly=True, samesite="Lax")


def forget(response: Any) -> None:
    """Let the browser forget it."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
