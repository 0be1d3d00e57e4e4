"""From the rows of a file to the tables in which they wait."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from doudi.web.database.scope import Scope
from doudi.web.imports.models import Batch, HomeState, sealed_row
from doudi.web.imports.reading import Row
from doudi.web.registry.loading.names import with_keys
from doudi.web.registry.loading.places import places
from doudi.web.registry.sensitive import blind

_HOMES = """
INSERT INTO imports_home (batch_id, region_id, place, key, village_code, faults, sealed, state, decision)
SELECT %s, %s, place, key, village, string_to_array(faults, E'\\n'), sealed, %s, ''
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::bytea[]) AS i (place, key, village, faults, sealed)
ORDER BY place ON CONFLICT DO NOTHING"""
_MEMBERS = """
INSERT INTO imports_member (batch_id, region_id, place, key, name_key, initials, initials_2, born, relation, id_index,
    faults, sealed)
SELECT %s, %s, place, key, name_key, initials, initials_2, born, relation, id_index, string_to_array(faults, E'\\n'), sealed
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::bytea[], %s::text[],
    %s::bytea[]) AS i (place, key, name_key, initials, initials_2, born, relation, id_index, faults, sealed)
ORDER BY place ON CONFLICT DO NOTHING"""


class Villages:
    """The villages of the county as they are written, and which of them lie in scope."""

    def __init__(self, county: str, day: date, scope: Scope) -> None:
        found = places(county, day)
        self._codes = dict(found.iter_rows())
        self._scope = scope

    def code(self, row: Row) -> str:
        """The code of a household's village; what is wrong is added to the row."""
        village, township = row.values.get("village"), row.values.get("township") or ""
        if not village:
            return ""
        code: str | None = self._codes.get(f"{township}{village}") or (
            None if township else self._codes.get(village)
        )
        if code is None:
            row.faults.append("村（社区）不在本县区划表中，或者有同名的村，请核对乡镇和村名")
            return ""
        if not self._scope.covers(code):
            row.faults.append("村（社区）不在您的管辖范围内")
            return ""
        return code


def stage_homes(batch: Batch, rows: list[Row], villages: Villages) -> None:
    """Store households."""
    codes = [villages.code(row) for row in rows]
    keys = [str(row.values.get("number") or "") for row in rows]
    sealed = [sealed_row(batch.pk, "home", row.place, _content(row)) for row in rows]
    faults = ["\n".join(row.faults) for row in rows]
    columns = [[row.place for row in rows], keys, codes, faults, sealed]
    _run(_HOMES, [batch.pk, batch.region_id, HomeState.READ, *columns])


def stage_members(batch: Batch, rows: list[Row]) -> None:
    """Store persons, with the keys by which they are found."""
    for row in rows:
        complete(row)
    names = [row.values.get("name") for row in rows]
    keyed = with_keys(pl.DataFrame({"name": names}, schema={"name": pl.String}))
    indexes = [
        blind(number, "id_number") if (number := row.values.get("id_number")) else None for row in rows
    ]
    columns: list[list[Any]] = [
        [row.place for row in rows],
        [str(row.values.get("number") or "") for row in rows],
        *(keyed[name].to_list() for name in ("name_key", "initials", "initials_2")),
        [row.values.get("born") for row in rows],
        [row.values.get("relation") or "" for row in rows],
        indexes,
        ["\n".join(row.faults) for row in rows],
        [sealed_row(batch.pk, "member", row.place, _content(row)) for row in rows],
    ]
    _run(_MEMBERS, [batch.pk, batch.region_id, *columns])


def complete(row: Row) -> None:
    """Sex and day of birth follow from the id number; what contradicts it is told."""
    values = row.values
    number = values.get("id_number")
    if number and not any(fault.startswith("身份证号") for fault in row.faults):
        told = {
            "born": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "sex": "male" if int(number[16]) % 2 else "female",
        }
        for name, zh in (("born", "出生日期"), ("sex", "性别")):
            said = values.get(name)
            if said and said not in (told[name], "unknown"):
                row.faults.append(f"{zh}与身份证号不一致")
            values[name] = told[name]
    elif not number and not row.faults and not (values.get("born") and values.get("sex")):
        row.faults.append("没有身份证号的，须填出生日期和性别")
    account = values.get("account")
    if account and not (account.isascii() and account.isdigit() and 8 <= len(account) <= 30):
        row.faults.append("银行账号不是 8 至 30 位数字")


def _content(row: Row) -> dict[str, Any]:
    return {"raw": row.raw, **{name: value for name, value in row.values.items() if value is not None}}


def _run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
