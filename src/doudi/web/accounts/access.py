"""The table of permissions: which role may open which page (``web/access.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from doudi.rules.errors import Problem, Problems, nearest
from doudi.web.accounts.roles import Role
from doudi.web.errors import SettingsError

TABLE = Path(__file__).parents[1] / "access.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ANYONE, SIGNED_IN = "anyone", "signed_in"
SCOPES = ("none", "own", "region")
_KEYS = {"who", "scope"}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open one page, and what it shows."""

    view: str
    roles: frozenset[str]
    anyone: bool
    scope: str

    def allows(self, role: str) -> bool:
        """Whether somebody signed in with this role may open the page."""
        return self.anyone or role in self.roles


@cache
def table() -> Mapping[str, Access]:
    """All permissions by the name of the page.

    Raises:
        SettingsError: the table is at fault; all faults are told.
    """
    return read(yaml.load(TABLE.read_text("utf-8"), Loader=_LOADER), TABLE.name)


def access_to(view: str) -> Access | None:
    """The permission of one page; None when it has none, and then nobody may open it."""
    return table().get(view)


def may_open(role: str, view: str) -> bool:
    """Whether a role may open a page."""
    access = access_to(view)
    return access is not None and access.allows(role)


def read(data: Mapping[str, Any], file: str) -> dict[str, Access]:
    """The permissions that plain data mean.

    Raises:
        SettingsError: with all faults.
    """
    problems = Problems()
    groups = {name: frozenset(roles) for name, roles in (data.get("groups") or {}).items()}
    groups |= {role.value: frozenset({role.value}) for role in Role}
    groups[SIGNED_IN] = frozenset(Role.values)
    groups[ANYONE] = frozenset()
    found = {}
    for view, line in data["views"].items():
        for key in sorted(set(line) - _KEYS):
            problems.add(_fault(file, view, key, _KEYS))
        for word in line.get("who", ()):
            if word not in groups:
                problems.add(_fault(file, view, word, groups))
        if line.get("scope") not in SCOPES:
            problems.add(_fault(file, view, str(line.get("scope")), SCOPES))
        who = [word for word in line.get("who", ()) if word in groups]
        roles = frozenset().union(*(groups[word] for word in who))
        found[view] = Access(view, roles, ANYONE in who, str(line.get("scope")))
    for group, roles in groups.items():
        for word in sorted(roles - set(Role.values)):
            problems.add(_fault(file, group, word, Role.values))
    problems.raise_as(SettingsError)
    return found


def named_views() -> Iterator[tuple[str, URLPattern]]:
    """Every page of the application with its full name; the name is empty where it has none."""
    yield from _walk(get_resolver().url_patterns, ())


def _walk(patterns: list, spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield (":".join((*spaces, pattern.name)) if pattern.name else ""), pattern


def _fault(file: str, view: str, word: str, known: Any) -> Problem:
    return Problem(
        "access.word", f"{view} 的权限写错", f"the permission of {view} is wrong",
        f"可用：{nearest(word, known) or '、'.join(sorted(known))}",
        f"known: {nearest(word, known) or ', '.join(sorted(known))}", file=file, value=word,
    )  # fmt: skip
