"""The page of facts, written from the vocabulary so that it cannot differ from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from doudi.facts.values import show
from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary
from doudi.rules.codes import CodeSet

_HEAD = """\
# Facts 事实词汇

Written from `src/doudi/facts/vocabulary`; do not edit by hand.

A household file and the tables of a register use the same names; a heading may also be the Chinese word.
Amounts are in yuan with at most two decimals, areas in m², dates as 2026-07-01. Income is that of 12 months.

- **Not known**: an explicit `null`, `unknown` or 不清楚, and an empty cell of a table. It never becomes zero.
- **Not written** (a key or a column that is not there): what the column "if not written" says. What was assumed is listed.
- A date that "none" stands for (something that need not have happened) is none in an empty cell of a table as well;
  write 不清楚 if it happened on an unknown day.
- Some facts are called for by another, as a grade by a disability. Then they are not known, rather than their default.
- 收入 (`income`): once one item is written the others are zero. If none is written they are not known for persons of 16
  or more, and zero for younger ones.
- `assets`, `expenses`, `supporters`: a list or table that is written is complete, even if it is empty.
"""


def facts_page(needed_by: Mapping[str, Collection[str]] | None = None) -> str:
    """The page ``docs/facts.md``. ``needed_by`` gives, for engine names, the rules that read them."""
    vocabulary = Vocabulary.load()
    parts = [_HEAD]
    for entity in vocabulary.entities.values():
        parts.append("\n".join(_entity(entity, needed_by or {})))
    parts.append("## Code sets 代码集\n")
    parts += ["\n".join(_code_set(codes)) for codes in vocabulary.codes.values()]
    return "\n".join(parts)


def _entity(entity: EntityFacts, needed_by: Mapping[str, Collection[str]]) -> Iterator[str]:
    yield f"## {entity.zh} `{entity.table}`\n"
    if entity.parent is not None:
        yield f"At most {entity.at_most} for each {entity.parent}.\n"
    yield "| column | 名称 | meaning | kind | allowed | if not written | 说明 | needed by |"
    yield "|---|---|---|---|---|---|---|---|"
    for fact in entity.facts.values():
        rules = ", ".join(f"`{rule}`" for rule in sorted(needed_by.get(fact.name, ())))
        cells = (
            f"`{fact.column}`", fact.zh, fact.en, _kind(fact), _allowed(fact), _absent(entity, fact), fact.help, rules,
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"
    yield ""


def _kind(fact: Fact) -> str:
    unit = f", {fact.unit}" if fact.unit else ""
    return f"{fact.kind}{unit}" + (f" per {fact.period}" if fact.period else "")


def _allowed(fact: Fact) -> str:
    if fact.codes is not None:
        return f"[{fact.codes.name}](#{fact.codes.name})"
    if fact.kind in ("money", "count", "area", "date"):
        return f"{show(fact, fact.low)} – {show(fact, fact.high)}" + (" or none" if fact.may_be_none else "")
    return "true, false" if fact.kind == "flag" else ""


def _absent(entity: EntityFacts, fact: Fact) -> str:
    if fact.stated_by is not None:
        return f"whether `{fact.stated_by}` is written"
    if fact.group is not None:
        return f"as the others of `{fact.group}`"
    if fact.absent == "required":
        return "must be written"
    if fact.absent == "unknown" or not fact.in_engine:
        return "not known" if fact.in_engine else "empty"
    default = show(fact, fact.default)
    if fact.companion is None:
        return default
    other = next(other for other in entity.engine_facts() if other.name == fact.companion.fact)
    called_for = fact.companion.codes
    any_but_first = other.codes is not None and len(called_for) == len(other.codes) - 1
    which = "" if any_but_first else f" is {' or '.join(show(other, code) for code in sorted(called_for))}"
    return f"{default}; not known with `{other.column}`{which}"


def _code_set(codes: CodeSet) -> Iterator[str]:
    yield f"### {codes.name}\n"
    yield "| code | 名称 | meaning | also read |"
    yield "|---|---|---|---|"
    for code, (zh, en) in codes.entries.items():
        aliases = [alias for alias, target in codes.aliases.items() if target == code and alias != zh]
        yield f"| `{code}` | {zh} | {en} | {'、'.join(aliases)} |"
    yield ""
