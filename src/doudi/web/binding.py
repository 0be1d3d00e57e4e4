"""The address of the pages, tried before anything is started for them."""

from __future__ import annotations

import errno
import socket

from doudi.rules.errors import Problem
from doudi.web.errors import SettingsError

_APART = ("unix:", "fd://")
"""Addresses that are no host and port; the server takes them as they are."""
_REASONS = {
    errno.EADDRINUSE: ("已被占用", "is in use", "换一个端口，或停止占用它的程序", "name another port, or stop what uses it"),
    errno.EACCES: ("没有权限使用", "may not be used by this account", "换一个 1024 以上的端口", "name a port from 1024 on"),
}  # fmt: skip
_NOWHERE = (
    "不是这台机器的地址",
    "is no address of this machine",
    "如 127.0.0.1:8000",
    "such as 127.0.0.1:8000",
)


def must_be_free(bind: str) -> None:
    """Refuse an address at which no pages can be served: each of a list by commas is tried.

    Raises:
        SettingsError: with every address that is wrong or taken.
    """
    found = [problem for each in bind.split(",") if (problem := _problem(each.strip()))]
    if found:
        raise SettingsError(found)


def _problem(bind: str) -> Problem | None:
    if bind.startswith(_APART):
        return None
    host, colon, port = bind.rpartition(":")
    if not (colon and port.isascii() and port.isdigit() and int(port) < 2**16):
        return Problem(
            "settings.bind", "地址应写成 主机:端口", "an address is host:port", "如 127.0.0.1:8000", "such as 127.0.0.1:8000", value=bind,
        )  # fmt: skip
    try:
        _try(host.strip("[]"), int(port))
    except OSError as error:
        zh, en, remedy_zh, remedy_en = _REASONS.get(error.errno or 0, _NOWHERE)
        return Problem(
            "settings.bind", f"这个地址{zh}", f"the address {en}", remedy_zh, remedy_en, value=bind
        )
    return None


def _try(host: str, port: int) -> None:
    """Take the address and let it go again, as the server will take it."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)
        tried.listen(1)
