"""What a register left out and what was therefore taken for granted, told so that nobody is surprised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from doudi.facts.register.convert import Table
from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.errors import Problem


def notices(vocabulary: Vocabulary, path: str, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """A notice for each missing table and, for each table, one for its missing columns by what is assumed of them."""
    for name, entity in vocabulary.entities.items():
        if name in tables:
            yield from _columns(entity, tables[name])
        else:
            yield _table(entity, path)


def _table(entity: EntityFacts, path: str) -> Problem:
    return Problem(
        "notice.table_not_given", f"没有“{entity.zh}”表，按未申报处理", f"no table of {entity.table}: taken as not stated",
        f"有则放入 {entity.table} 表；确实没有则放入只有表头的空表",
        f"add the table {entity.table}, with its heading only if there is nothing to state", file=path,
    )  # fmt: skip


def _columns(entity: EntityFacts, table: Table) -> Iterator[Problem]:
    groups_given = {entity.facts[column].group for column in table.headings}
    assumed: list[str] = []
    unknown: list[str] = []
    for fact in entity.engine_facts():
        if fact.column in table.headings or fact.stated_by is not None:
            continue
        if fact.group is not None and fact.group not in groups_given:
            continue
        given = fact.group is not None or (fact.absent == "none" and fact.companion is None)
        (assumed if given else unknown).append(fact.column)
    if assumed:
        yield _left_out(
            table,
            "notice.columns_assumed",
            assumed,
            "未写的列取默认值",
            "columns not given take their default",
        )
    if unknown:
        yield _left_out(
            table,
            "notice.columns_unknown",
            unknown,
            "未写的列按不清楚处理",
            "columns not given are not known",
        )
    for group in entity.groups.values():
        if group.name not in groups_given:
            yield _left_out(
                table, "notice.group_not_given", list(group.facts),
                f"没有任何“{group.zh}”列：满{group.child_age}周岁的按不清楚，其余按零",
                f"no column of {group.name}: not known for those of {group.child_age} or more, zero for the others",
            )  # fmt: skip


def _left_out(table: Table, code: str, columns: list[str], zh: str, en: str) -> Problem:
    return Problem(
        code, zh, en, "需要时加上这些列", "add them where they matter",
        file=table.source.file, value=", ".join(columns),
    )  # fmt: skip
