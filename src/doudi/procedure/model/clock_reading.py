"""Reading clocks, and holding them against the limits that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import get_args

from yaml.nodes import Node

from doudi.procedure.model.clocks import Clock, Instead, Nature, When
from doudi.procedure.yaml_fields import flag_at, known_words_at, reference_at, unknown_word
from doudi.rules.documents import Documents, Reference
from doudi.rules.errors import Problems
from doudi.rules.yaml_places import Page, line_of, read_page

_KEYS = (
    "zh", "en", "nature", "bound", "limit", "instead", "pauses", "overdue_to", "rolls",
    "rolls_by", "month_end", "outlives",
    "applies", "from_fact", "reference",
)  # fmt: skip
NATURES = get_args(Nature)


def read_clocks(
    paths: Iterable[Path], law: Documents, limits: Collection[str], roles: Collection[str], problems: Problems
) -> dict[str, Clock]:
    """The clocks of all files by name; a clock written twice, an unknown limit or role is a fault."""
    found: dict[str, Clock] = {}
    for path in paths:
        page, root = read_page(path, problems)
        for name, node in (page.mapping(root, "时限文件", "the file of clocks") if root else {}).items():
            if name in found:
                page.fault(
                    node, "procedure.twice", "时限已在别处定义", "the clock is defined elsewhere",
                    f"见 {found[name].file}", f"see {found[name].file}", name,
                )  # fmt: skip
            clock = _read_clock(page, name, node, law, limits, roles)
            if clock is not None:
                found[name] = clock
    return found


def _read_clock(
    page: Page, name: str, node: Node, law: Documents, limits: Collection[str], roles: Collection[str]
) -> Clock | None:
    what = (f"时限 {name}", f"clock {name}")
    fields = page.record(node, _KEYS, *what)
    zh, en, nature = (page.required_text(node, fields, key, *what) for key in ("zh", "en", "nature"))
    if nature not in NATURES:
        unknown_word(page, node, nature, NATURES, "性质", "nature")
    bound = known_words_at(page, fields, "bound", roles, "角色", "role")
    told = known_words_at(page, fields, "overdue_to", roles, "角色", "role")
    for key, words in (("bound", bound), ("overdue_to", told)):
        if not words:
            page.missing(node, key, *what)
    limit = known_words_at(page, fields, "limit", limits, "时限参数", "limit")
    reference = reference_at(page, node, fields, law)
    instead = _read_instead(page, fields, limits, what)
    pauses = _read_pauses(page, fields, law, what)
    if not limit:
        page.missing(node, "limit", *what)
    if not (limit and bound and told and reference and nature in NATURES):
        return None
    rolls, month_end, outlives = (flag_at(page, fields, key) for key in ("rolls", "month_end", "outlives"))
    rolls_by = known_words_at(page, fields, "rolls_by", limits, "地方选择", "choice")
    from_fact = (page.text(fields["from_fact"], *what) or "") if "from_fact" in fields else ""
    return Clock(
        name, zh, en, nature, bound[0], limit[0], instead, pauses, told[0],  # type: ignore[arg-type]
        rolls, "".join(rolls_by), month_end, outlives, _read_when(page, fields, what), from_fact, reference, page.file, line_of(node),
    )  # fmt: skip


def _read_instead(
    page: Page, fields: dict[str, Node], limits: Collection[str], what: tuple[str, str]
) -> tuple[Instead, ...]:
    found = []
    for node in page.sequence(fields["instead"], *what) if "instead" in fields else []:
        entry = page.record(node, ("fact", "is", "limit"), *what)
        fact, value = (page.required_text(node, entry, key, *what) for key in ("fact", "is"))
        limit = known_words_at(page, entry, "limit", limits, "时限参数", "limit")
        if limit:
            found.append(Instead(fact, value, limit[0]))
    return tuple(found)


def _read_when(page: Page, fields: dict[str, Node], what: tuple[str, str]) -> When | None:
    if "applies" not in fields:
        return None
    entry = page.record(fields["applies"], ("fact", "is"), *what)
    fact, value = (page.required_text(fields["applies"], entry, key, *what) for key in ("fact", "is"))
    return When(fact, value)


def _read_pauses(
    page: Page, fields: dict[str, Node], law: Documents, what: tuple[str, str]
) -> dict[str, Reference]:
    entries = page.mapping(fields["pauses"], *what) if "pauses" in fields else {}
    read = {reason: reference_at(page, node, {"reference": node}, law) for reason, node in entries.items()}
    return {reason: reference for reason, reference in read.items() if reference is not None}
