"""From the temporary tables into those of the registry: what is new, what changed, what ended. Nothing is deleted.

Rows that somebody changed here on or after the day of the build are newer than it and stay as they are.
"""

from __future__ import annotations

INCOMING_HOUSEHOLD = {
    "number": 'text COLLATE "C"', "region": "text", "village": "text", "address": "text", "area": "text", "tier": "text",
    "monthly": "bigint", "held": "text", "conflicts": "integer",
}  # fmt: skip
INCOMING_PERSON = {
    "number": 'text COLLATE "C"', "household": 'text COLLATE "C"', "relation": "text", "region": "text", "name": "text",
    "name_key": "text", "initials": "text", "initials_2": "text", "sex": "text", "born": "date", "id_sealed": "bytea",
    "id_index": "bytea", "id_tail": "text", "state": "text", "ended_on": "date", "since": "date",
}  # fmt: skip
INCOMING_SHEET = {
    "number": 'text COLLATE "C"', "region": "text", "household": "bigint", "person": "bigint", "digest": "bytea",
    "sealed": "bytea",
}  # fmt: skip
INCOMING_TAG = {"household": 'text COLLATE "C"', "code": "text"}
INCOMING_BENEFIT = {
    "person": 'text COLLATE "C"', "programme": "text", "month": "date", "amount": "bigint", "source": "text",
    "row": "text",
}  # fmt: skip


def kept(table: str) -> str:
    """Leave out what was changed here since; the count is of these rows."""
    return f"""
DELETE FROM incoming_{table} i USING registry_{table} r
WHERE r.county = %(county)s AND r.number = i.number AND r.changed_on >= %(day)s"""


HOUSEHOLDS_CHANGED = """
UPDATE registry_household r SET region_id = i.region, village = coalesce(i.village, ''),
    address = coalesce(nullif(i.address, ''), r.address), area = coalesce(i.area, ''), tier = coalesce(i.tier, ''),
    monthly = i.monthly, held = coalesce(i.held, '{}')::varchar[], conflicts = coalesce(i.conflicts, 0),
    data_day = %(day)s, version = r.version + 1
FROM incoming_household i WHERE r.county = %(county)s AND r.number = i.number
    AND ((r.region_id, r.village, r.area, r.tier, r.monthly, r.held, r.conflicts, r.data_day) IS DISTINCT FROM
         (i.region, coalesce(i.village, ''), coalesce(i.area, ''), coalesce(i.tier, ''), i.monthly,
          coalesce(i.held, '{}')::varchar[], coalesce(i.conflicts, 0), %(day)s)
         OR (coalesce(i.address, '') <> '' AND i.address <> r.address))"""

HOUSEHOLDS = """
INSERT INTO registry_household (county, number, region_id, village, address, area, tier, monthly, held, conflicts,
    data_day, size, version)
SELECT %(county)s, number, region, coalesce(village, ''), coalesce(address, ''), coalesce(area, ''),
    coalesce(tier, ''), monthly, coalesce(held, '{}')::varchar[], coalesce(conflicts, 0), %(day)s, 0, 0
FROM incoming_household i
WHERE NOT EXISTS (SELECT FROM registry_household r WHERE r.county = %(county)s AND r.number = i.number)
ORDER BY region, number"""

_PERSON = """
FROM incoming_person i LEFT JOIN registry_household h ON h.county = %(county)s AND h.number = i.household"""

_STATE = "CASE WHEN r.state = 'died' AND i.state = 'left' THEN r.state ELSE i.state END"
"""The registry's folder knows only that somebody is gone; what was entered here as a death stays one."""

PERSONS_CHANGED = f"""
UPDATE registry_person r SET region_id = i.region, household_id = i.home, name = i.name, name_key = i.name_key,
    initials = i.initials, initials_2 = i.initials_2, sex = i.sex, born = i.born, id_sealed = i.id_sealed,
    id_index = i.id_index, id_tail = i.id_tail, state = {_STATE}, ended_on = i.ended_on
FROM (SELECT i.number, i.region, h.id AS home, coalesce(i.name, '') AS name, i.name_key, i.initials, i.initials_2,
      coalesce(i.sex, '') AS sex, i.born, i.id_sealed, i.id_index, coalesce(i.id_tail, '') AS id_tail, i.state, i.ended_on
      {_PERSON}) i
WHERE r.county = %(county)s AND r.number = i.number
    AND (r.region_id, r.household_id, r.name, r.name_key, r.initials, r.initials_2, r.sex, r.born, r.id_index, r.state,
         r.ended_on) IS DISTINCT FROM (i.region, i.home, i.name, i.name_key, i.initials, i.initials_2, i.sex, i.born,
         i.id_index, {_STATE}, i.ended_on)"""

PERSONS = f"""
INSERT INTO registry_person (county, number, region_id, household_id, name, name_key, initials, initials_2, sex,
    born, id_sealed, id_index, id_tail, state, ended_on)
SELECT %(county)s, i.number, i.region, h.id, coalesce(i.name, ''), i.name_key, i.initials, i.initials_2,
    coalesce(i.sex, ''), i.born, i.id_sealed, i.id_index, coalesce(i.id_tail, ''), i.state, i.ended_on {_PERSON}
WHERE NOT EXISTS (SELECT FROM registry_person r WHERE r.county = %(county)s AND r.number = i.number)
ORDER BY i.region, h.id, i.number"""

MEMBERSHIPS_ENDED = """
UPDATE registry_membership m SET until = greatest(m.since, CASE WHEN i.state IN ('died', 'left')
    THEN coalesce(i.ended_on, %(day)s) WHEN m.household_id <> p.household_id THEN coalesce(i.since, %(day)s)
    ELSE %(day)s END)
FROM incoming_person i JOIN registry_person p ON p.county = %(county)s AND p.number = i.number
WHERE m.person_id = p.id AND m.until IS NULL AND (i.state <> 'present' OR p.household_id IS NULL
    OR m.household_id <> p.household_id OR m.relation <> coalesce(i.relation, ''))"""

MEMBERSHIPS_BEGUN = """
INSERT INTO registry_membership (region_id, household_id, person_id, relation, since, until, why)
SELECT p.region_id, p.household_id, p.id, coalesce(i.relation, ''),
    CASE WHEN last.until IS NULL THEN i.since ELSE greatest(last.until, i.since) END,
    CASE WHEN i.state = 'present' THEN NULL ELSE greatest(i.since, coalesce(i.ended_on, %(day)s)) END, 'load'
FROM incoming_person i JOIN registry_person p ON p.county = %(county)s AND p.number = i.number
LEFT JOIN (SELECT m.person_id, max(coalesce(m.until, 'infinity')) AS until FROM registry_membership m
    GROUP BY m.person_id) last ON last.person_id = p.id
WHERE p.household_id IS NOT NULL AND (i.state = 'present' AND coalesce(last.until, '-infinity') <> 'infinity'
    OR i.state IN ('died', 'left') AND last.until IS NULL)
ORDER BY p.household_id, p.id"""

MEMBERSHIPS_MOVED = """
UPDATE registry_membership m SET region_id = p.region_id
FROM incoming_person i JOIN registry_person p ON p.county = %(county)s AND p.number = i.number
WHERE m.person_id = p.id AND m.until IS NULL AND m.region_id <> p.region_id"""


def moved(table: str) -> str:
    """What belongs to a household goes where it went."""
    return f"""
UPDATE registry_{table} t SET region_id = h.region_id FROM registry_household h, incoming_household i
WHERE h.county = %(county)s AND h.number = i.number AND t.household_id = h.id AND t.region_id <> h.region_id"""


HEADS = """
UPDATE registry_household h SET head_id = found.head, size = found.size
FROM (SELECT m.household_id, count(*) AS size, min(m.person_id) FILTER (WHERE m.relation = 'head') AS head
      FROM registry_membership m WHERE m.until IS NULL GROUP BY m.household_id) found, incoming_household i
WHERE h.county = %(county)s AND h.number = i.number AND found.household_id = h.id
    AND (h.head_id, h.size) IS DISTINCT FROM (found.head, found.size)"""

EMPTIED = """
UPDATE registry_household h SET size = 0, head_id = NULL FROM incoming_household i
WHERE h.county = %(county)s AND h.number = i.number AND h.size > 0
    AND NOT EXISTS (SELECT FROM registry_membership m WHERE m.household_id = h.id AND m.until IS NULL)"""


def sheets_present(subject: str) -> str:
    """Number and digest (as hex) of every present sheet."""
    return f"""
SELECT r.number, encode(s.digest, 'hex') FROM registry_sheet s JOIN registry_{subject} r ON {_of(subject)}
WHERE r.county = %(county)s AND s.superseded_on IS NULL"""


def sheets_superseded(subject: str) -> str:
    """End the sheets of those who got another one by this load."""
    same = "n.household_id = s.household_id AND n.person_id IS NULL AND s.person_id IS NULL"
    return f"""
UPDATE registry_sheet s SET superseded_on = %(day)s FROM registry_sheet n
WHERE n.load_id = %(load)s AND s.load_id <> %(load)s AND s.superseded_on IS NULL AND s.county = %(county)s
    AND {same if subject == "household" else "n.person_id = s.person_id"}"""


def registered(subject: str) -> str:
    """Number, region, household and person of everybody who is registered."""
    who = "id, NULL::bigint" if subject == "household" else "household_id, id"
    return (
        f"SELECT number, region_id, {who} FROM registry_{subject} WHERE county = %(county)s ORDER BY number"
    )


SHEETS_ADDED = """
INSERT INTO registry_sheet (county, number, region_id, household_id, person_id, load_id, known_from, digest, sealed)
SELECT %(county)s, i.number, i.region, i.household, i.person, %(load)s, %(day)s, i.digest, i.sealed FROM incoming_sheet i"""


def sheets_moved(subject: str) -> str:
    """Present sheets go where their household or person went."""
    whose = "" if subject == "household" else ", household_id = r.household_id"
    same = "s.region_id <> r.region_id" + (
        "" if subject == "household" else " OR s.household_id IS DISTINCT FROM r.household_id"
    )
    return f"""
UPDATE registry_sheet s SET region_id = r.region_id{whose} FROM registry_{subject} r
WHERE r.county = %(county)s AND {_of(subject)} AND s.superseded_on IS NULL AND ({same})"""


def _of(subject: str) -> str:
    return "s.household_id = r.id AND s.person_id IS NULL" if subject == "household" else "s.person_id = r.id"


TAGS_ENDED = """
UPDATE registry_tag t SET until = %(day)s FROM registry_household h, incoming_household g
WHERE h.county = %(county)s AND g.number = h.number AND t.household_id = h.id AND t.until IS NULL AND t.by_id IS NULL
    AND NOT EXISTS (SELECT FROM incoming_tag i WHERE i.household = h.number AND i.code = t.code)"""

TAGS_BEGUN = """
INSERT INTO registry_tag (region_id, household_id, code, since)
SELECT h.region_id, h.id, i.code, %(day)s
FROM incoming_tag i JOIN registry_household h ON h.county = %(county)s AND h.number = i.household
WHERE NOT EXISTS (SELECT FROM registry_tag t WHERE t.household_id = h.id AND t.code = i.code AND t.until IS NULL)
ORDER BY h.id"""

BENEFITS_NOBODYS = """
DELETE FROM incoming_benefit i WHERE NOT EXISTS (SELECT FROM registry_person p
    WHERE p.county = %(county)s AND p.number = i.person AND p.household_id IS NOT NULL)"""

BENEFITS_CHANGED = """
UPDATE registry_benefit r SET month = i.month, amount = i.amount, person_id = p.id, household_id = p.household_id,
    region_id = p.region_id, withdrawn_on = NULL
FROM incoming_benefit i JOIN registry_person p ON p.county = %(county)s AND p.number = i.person
WHERE r.county = %(county)s AND r.source = i.source AND r.row = i.row AND r.programme = i.programme
    AND (r.month, r.amount, r.person_id, r.household_id, r.withdrawn_on)
        IS DISTINCT FROM (i.month, i.amount, p.id, p.household_id, NULL)"""

BENEFITS = """
INSERT INTO registry_benefit (county, region_id, household_id, person_id, programme, month, amount, source, row)
SELECT %(county)s, p.region_id, p.household_id, p.id, i.programme, i.month, i.amount, i.source, i.row
FROM incoming_benefit i JOIN registry_person p ON p.county = %(county)s AND p.number = i.person
WHERE NOT EXISTS (SELECT FROM registry_benefit r WHERE r.county = %(county)s AND r.source = i.source
                  AND r.row = i.row AND r.programme = i.programme)
ORDER BY p.household_id, i.month"""

BENEFITS_WITHDRAWN = """
UPDATE registry_benefit b SET withdrawn_on = %(day)s WHERE b.county = %(county)s AND b.withdrawn_on IS NULL
    AND b.source <> 'payment' AND NOT EXISTS (SELECT FROM incoming_benefit i
                    WHERE i.source = b.source AND i.row = b.row AND i.programme = b.programme)"""

BENEFITS_TOLD = """
UPDATE registry_benefit b SET withdrawn_on = %(day)s WHERE b.county = %(county)s AND b.withdrawn_on IS NULL
    AND b.source = 'payment' AND EXISTS (SELECT FROM registry_benefit d WHERE d.household_id = b.household_id
        AND d.programme = b.programme AND d.month = b.month AND d.source <> 'payment' AND d.withdrawn_on IS NULL)"""
"""What was paid here gives way to the same as a department tells it, so that nothing is added up twice."""
