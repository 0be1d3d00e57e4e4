"""Code sets: closed lists of codes, each with a Chinese and an English label.

A code is text in files and a small integer in the engine: its place in the set, from 0. Aliases (GB/T codes, older
names) are accepted where files are read and never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yaml.nodes import Node

from doudi.rules.errors import LawError, Problem, Problems, nearest
from doudi.rules.yaml_places import Page, read_page


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named, ordered set of codes: ``entries`` is code → (Chinese, English); ``aliases`` is alias → code."""

    name: str
    entries: Mapping[str, tuple[str, str]]
    aliases: Mapping[str, str] = field(default_factory=dict)
    _codes: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = tuple(self.entries)
        places = {code: place for place, code in enumerate(codes)}
        places.update({alias: places[code] for alias, code in self.aliases.items()})
        object.__setattr__(self, "_codes", codes)
        object.__setattr__(self, "_places", places)

    def __hash__(self) -> int:
        return hash((self.name, self._codes))

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of their engine values."""
        return self._codes

    def find(self, code: str) -> int | None:
        """The engine value of a code or alias, or None when the set does not have it."""
        return self._places.get(code)

    def index(self, code: str) -> int:
        """The engine value of a code or alias.

        Raises:
            LawError: the set does not have it; the problem names the nearest codes.
        """
        place = self._places.get(code)
        if place is None:
            raise LawError([self.unknown(code)])
        return place

    def code(self, index: int) -> str:
        """The code whose engine value is ``index``.

        Raises:
            LawError: the set has no such value.
        """
        if 0 <= index < len(self._codes):
            return self._codes[index]
        raise LawError([self.unknown(str(index))])

    def label(self, code: str, lang: str = "zh") -> str:
        """The label of a code or alias, in ``zh`` or ``en``."""
        zh, en = self.entries[self._codes[self.index(code)]]
        return zh if lang == "zh" else en

    def unknown(self, code: str) -> Problem:
        """The problem that ``code`` is not in the set, with the nearest codes as remedy; without a place."""
        near = nearest(code, self._places) or ", ".join(self._codes)
        return Problem(
            "code.unknown",
            f"代码不在“{self.name}”中",
            f"not a code of '{self.name}'",
            f"可用：{near}",
            f"use one of {near}",
            value=code,
        )


def load_code_sets(*paths: Path) -> dict[str, CodeSet]:
    """Read code sets from files; see :func:`read_code_set` for the form of a set.

    Raises:
        LawError: with every fault of all files, each with file and line.
    """
    problems = Problems()
    sets: dict[str, CodeSet] = {}
    for path in paths:
        page, root = read_page(path, problems)
        for name, node in (page.mapping(root, "代码表文件", "the file of code sets") if root else {}).items():
            if name in sets:
                page.fault(
                    node,
                    "code.set_twice",
                    "代码集定义了两次",
                    "code set defined twice",
                    "只保留一处",
                    "keep one of them",
                    name,
                )
            sets[name] = read_code_set(page, name, node)
    problems.raise_as(LawError)
    return sets


def read_code_set(page: Page, name: str, node: Node) -> CodeSet:
    """One code set, written ``{code: {zh:, en:, aliases: [..]}}``; the Chinese label of a code is an alias of it.

    Faults go to the page.
    """
    entries: dict[str, tuple[str, str]] = {}
    aliases: dict[str, str] = {}
    for code, body in page.mapping(node, f"代码集 {name}", f"code set {name}").items():
        entries[code] = _read_code(page, name, code, body, aliases)
    for alias in [alias for alias, code in aliases.items() if alias in entries]:
        if aliases.pop(alias) != alias:
            _alias_taken(page, node, alias)
    return CodeSet(name, entries, aliases)


def _read_code(page: Page, name: str, code: str, body: Node, aliases: dict[str, str]) -> tuple[str, str]:
    what = (f"代码 {name}.{code}", f"code {name}.{code}")
    fields = page.record(body, ("zh", "en", "aliases"), *what)
    zh, en = (page.required_text(body, fields, key, *what) for key in ("zh", "en"))
    items = page.sequence(fields["aliases"], *what) if "aliases" in fields else []
    for item, alias in [(body, zh), *((item, page.text(item, *what)) for item in items)]:
        if alias and aliases.setdefault(alias, code) != code:
            _alias_taken(page, item, alias)
    return zh, en


def _alias_taken(page: Page, node: Node, alias: str) -> None:
    page.fault(
        node,
        "code.alias_taken",
        "别名或中文名已指向另一个代码",
        "the alias or label already means another code",
        "改用别的别名",
        "choose another alias",
        alias,
    )
