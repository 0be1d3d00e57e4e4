"""What is wrong with staged rows beyond themselves: within the file, and against the registry of the county.

Sets of rows, by the database. The registry is looked at with the eyes of the county, so that nobody is registered twice;
of somebody outside the scope of the clerk it is told only that he is registered.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from doudi.web.database.scope import Scope
from doudi.web.imports.models import Batch


def _fault(table: str, text: str) -> str:
    return f"faults = {table}.faults || ARRAY['{text}']::varchar[]"


WITHIN = (
    "UPDATE imports_member m SET home_id = h.id FROM (SELECT min(id) AS id, key FROM imports_home WHERE batch_id = %(batch)s"
    " AND key <> '' GROUP BY key) h WHERE m.batch_id = %(batch)s AND m.key = h.key",
    f"UPDATE imports_home h SET {_fault('h', '家庭编号在本文件中重复')} FROM (SELECT key FROM imports_home"
    " WHERE batch_id = %(batch)s AND key <> '' GROUP BY key HAVING count(*) > 1) twice"
    " WHERE h.batch_id = %(batch)s AND h.key = twice.key",
    f"UPDATE imports_member m SET {_fault('m', '家庭表中没有这个家庭编号')}"
    " WHERE batch_id = %(batch)s AND home_id IS NULL AND key <> ''",
    f"UPDATE imports_home h SET {_fault('h', '人员表中没有这一户的成员')} WHERE h.batch_id = %(batch)s AND h.key <> ''"
    " AND NOT EXISTS (SELECT FROM imports_member m WHERE m.batch_id = %(batch)s AND m.key = h.key)",
    f"UPDATE imports_member m SET {_fault('m', '身份证号在本文件中重复')} FROM (SELECT id_index FROM imports_member"
    " WHERE batch_id = %(batch)s AND id_index IS NOT NULL GROUP BY id_index HAVING count(*) > 1) twice"
    " WHERE m.batch_id = %(batch)s AND m.id_index = twice.id_index",
    f"UPDATE imports_member m SET {_fault('m', '姓名和出生日期与本文件另一行相同，请补充身份证号')} FROM (SELECT name_key, born"
    " FROM imports_member WHERE batch_id = %(batch)s AND name_key <> '' AND born IS NOT NULL GROUP BY name_key, born"
    " HAVING count(*) > 1 AND count(*) > count(id_index)) twice WHERE m.batch_id = %(batch)s AND m.id_index IS NULL"
    " AND m.name_key = twice.name_key AND m.born = twice.born",
)
"""Within the file."""

HOUSEHOLDS = (
    "UPDATE imports_home h SET household_id = r.id, version = r.version FROM registry_household r"
    " WHERE h.batch_id = %(batch)s AND r.county = %(county)s AND r.number = h.key",
    f"UPDATE imports_home h SET household_id = NULL, version = NULL, {_fault('h', '家庭编号已由本县其他乡镇使用')} FROM"
    " registry_household r WHERE h.batch_id = %(batch)s AND r.id = h.household_id"
    " AND NOT (r.region_id >= %(low)s AND r.region_id <= %(high)s)",
    f"UPDATE imports_home h SET {_fault('h', '这一户在登记中已经销户')} FROM registry_household r"
    " WHERE h.batch_id = %(batch)s AND r.id = h.household_id AND r.ended_on IS NOT NULL",
    f"UPDATE imports_home h SET {_fault('h', '登记在另一个村，迁移请用变更办理')} FROM registry_household r WHERE h.batch_id = %(batch)s"
    " AND r.id = h.household_id AND h.village_code <> '' AND r.region_id <> h.village_code",
    # A new household has one head; one that is registered has its own.
    f"UPDATE imports_home h SET {_fault('h', '每户应有一名户主，且只有一名')} FROM (SELECT home_id FROM imports_member"
    " WHERE batch_id = %(batch)s GROUP BY home_id HAVING count(*) FILTER (WHERE relation = 'head') <> 1) m"
    " WHERE h.batch_id = %(batch)s AND h.household_id IS NULL AND m.home_id = h.id",
)
"""Households, against the registry."""

PERSONS = (
    "UPDATE imports_member m SET person_id = p.id FROM (SELECT id_index, min(id) AS id FROM registry_person"
    " WHERE county = %(county)s AND id_index IS NOT NULL GROUP BY id_index) p"
    " WHERE m.batch_id = %(batch)s AND m.id_index = p.id_index",
    f"UPDATE imports_member m SET {_fault('m', '登记中有几人用这个身份证号，请先更正登记')} FROM (SELECT id_index"
    " FROM registry_person WHERE county = %(county)s AND id_index IS NOT NULL GROUP BY id_index HAVING count(*) > 1) p"
    " WHERE m.batch_id = %(batch)s AND m.person_id IS NOT NULL AND p.id_index = m.id_index",
    f"UPDATE imports_member m SET {_fault('m', '登记中此人已经去世或者迁出')} FROM registry_person p"
    " WHERE m.batch_id = %(batch)s AND p.id = m.person_id AND p.state IN ('died', 'left')",
    f"UPDATE imports_member m SET {_fault('m', '姓名或者出生日期与登记中同一身份证号的人不同')} FROM registry_person p"
    " WHERE m.batch_id = %(batch)s AND p.id = m.person_id AND (p.name_key <> m.name_key OR p.born <> m.born)",
    "UPDATE imports_member m SET possible_id = p.id FROM registry_person p WHERE m.batch_id = %(batch)s"
    " AND m.person_id IS NULL AND m.name_key <> '' AND p.county = %(county)s AND p.name_key = m.name_key"
    " AND p.born = m.born AND (p.id_index IS NULL OR m.id_index IS NULL) AND p.state IN ('present', 'unplaced')",
    # Somebody without an id number, again in his own household: it is he.
    "UPDATE imports_member m SET person_id = p.id, possible_id = NULL FROM registry_person p, imports_home h"
    " WHERE m.batch_id = %(batch)s AND p.id = m.possible_id AND h.id = m.home_id AND p.household_id = h.household_id",
    f"UPDATE imports_member m SET person_id = NULL, possible_id = NULL, {_fault('m', '此人已在本县其他乡镇登记，请先办理迁移')} FROM"
    " registry_person p WHERE m.batch_id = %(batch)s AND p.id = coalesce(m.person_id, m.possible_id)"
    " AND NOT (p.region_id >= %(low)s AND p.region_id <= %(high)s)",
    f"UPDATE imports_member m SET {_fault('m', '此人是另一户的户主，请先在那一户变更户主')} FROM imports_home h, registry_household r"
    " WHERE m.batch_id = %(batch)s AND h.id = m.home_id AND r.head_id = m.person_id AND r.size > 1"
    " AND r.id IS DISTINCT FROM h.household_id",
    f"UPDATE imports_member m SET {_fault('m', '本户在登记中已有户主，变更户主请用变更办理')} FROM imports_home h, registry_household r"
    " WHERE m.batch_id = %(batch)s AND h.id = m.home_id AND r.id = h.household_id AND m.relation = 'head'"
    " AND r.head_id IS NOT NULL AND r.head_id IS DISTINCT FROM m.person_id",
)
"""Persons, against the registry."""

STATES = (
    "UPDATE imports_home h SET state = CASE WHEN cardinality(h.faults) > 0 OR wrong.home_id IS NOT NULL THEN 'error'"
    " WHEN doubt.home_id IS NOT NULL THEN 'decide' WHEN h.household_id IS NULL THEN 'new' ELSE 'changed' END"
    " FROM imports_home i LEFT JOIN (SELECT DISTINCT home_id FROM imports_member WHERE batch_id = %(batch)s"
    " AND cardinality(faults) > 0) wrong ON wrong.home_id = i.id LEFT JOIN (SELECT DISTINCT m.home_id"
    " FROM imports_member m JOIN imports_home o ON o.id = m.home_id LEFT JOIN registry_person p ON p.id = m.person_id"
    " WHERE m.batch_id = %(batch)s AND (m.possible_id IS NOT NULL OR p.household_id IS NOT NULL"
    " AND p.household_id IS DISTINCT FROM o.household_id)) doubt ON doubt.home_id = i.id"
    " WHERE h.id = i.id AND i.batch_id = %(batch)s AND h.batch_id = %(batch)s",
)
"""What each household comes to; whether a registered one has changed is looked at next."""

_COUNTS = """
SELECT (SELECT coalesce(json_object_agg(state, number), '{}') FROM (SELECT state, count(*) AS number FROM imports_home
        WHERE batch_id = %(batch)s GROUP BY state) s),
    (SELECT count(*) FROM imports_home WHERE batch_id = %(batch)s),
    (SELECT count(*) FROM imports_member WHERE batch_id = %(batch)s),
    (SELECT count(*) FROM imports_member WHERE batch_id = %(batch)s AND home_id IS NULL)"""


def check(batch: Batch, scope: Scope, statements: tuple[str, ...]) -> None:
    """Run some of the statements above for an import, by which nobody outside ``scope`` is shown."""
    values = {"batch": batch.pk, "county": batch.county, "low": scope.low, "high": scope.high}
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def plan_for_sets() -> None:
    """Forbid nested loops for the transaction: whole tables meet, and new rows have no statistics."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off")


def counts(batch: Batch) -> dict[str, Any]:
    """Households by state, all households and persons, and persons without a household."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"batch": batch.pk})
        states, homes, members, homeless = cursor.fetchone()
    return {"states": states, "homes": homes, "members": members, "homeless": homeless}
