"""Aid, monitoring, sudden events and what was put there on purpose, of one block, as tables of a world."""

from __future__ import annotations

import numpy as np

from doudi.population.block import Block
from doudi.population.composition import NOBODY
from doudi.population.days import column, spell
from doudi.population.holdings import BANDS
from doudi.population.incidents import DAMAGES, EVENTS
from doudi.population.monitoring import MARKS, RISKS
from doudi.population.planted import KINDS
from doudi.population.tiers import PROGRAMMES
from doudi.population.truth_ids import Columns, Ids, codes, numbered


def holdings(block: Block, ids: Ids) -> Columns:
    """Grants; one whose amount changed has a row for each amount and keeps its id."""
    table = block.holdings
    grants = int(table.grant.max(initial=-1)) + 1
    return {
        "holding_id": numbered(block.lives, "g", grants)[table.grant],
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "programme": codes(PROGRAMMES, table.programme),
        "band": codes(BANDS, table.band),
        "monthly": table.monthly,
        **spell(table.since, table.until),
    }


def temporary_aid(block: Block, ids: Ids) -> Columns:
    """Single payments after sudden events."""
    table = block.temporary_aid
    return {
        "aid_id": numbered(block.lives, "t", table.home.size),
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "cause": codes(EVENTS, table.cause),
        "amount": table.amount,
        "granted_on": column(table.day),
    }


def monitored(block: Block, ids: Ids) -> Columns:
    """The rural-affairs list."""
    table = block.monitored
    return {
        "household_id": ids.home(table.home),
        "monitored": codes(MARKS, table.mark),
        "risk": codes(RISKS, table.risk),
        **spell(table.since, table.until),
    }


def incidents(block: Block, ids: Ids) -> Columns:
    """Sudden events."""
    table = block.lives.incidents
    return {
        "incident_id": numbered(block.lives, "i", table.home.size),
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(EVENTS, table.kind),
        "day": column(table.day),
        "loss": table.loss,
        "house": codes((*DAMAGES, ""), np.where(table.house == NOBODY, len(DAMAGES), table.house)),
    }


def planted(block: Block, ids: Ids) -> Columns:
    """What the generator put there on purpose."""
    table = block.planted
    return {
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(KINDS, table.kind),
        "day": column(table.day),
    }
