"""All programmes for all households of a register at once: what each is due, what it receives, what it misses.

Amounts are in fen for a year: twelve months of what is paid by the month on the day, and once what is paid otherwise. The
combination of programmes that bear on each other is the one that a single household gets, found for all rows side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.register_columns import household_of, only, part
from doudi.assessment.register_program import guards
from doudi.programmes.combination import combined, tied
from doudi.programmes.entries import Programme
from doudi.programmes.held import code_of_programme, items
from doudi.programmes.law import Offer
from doudi.rules.columns import Columns
from doudi.rules.narrow import narrowed
from doudi.rules.numpy_kernel import BLOCK, NumpyKernel, Result
from doudi.rules.program import Program
from doudi.rules.specialise import specialise

Array = NDArray[Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RegisterStandings:
    """By the id of a programme, for each household in the order of the register: ``due`` and ``held`` in fen for a year.

    ``open`` marks households for which the programme is undetermined; ``due`` is then the least that is due, and no combination
    is looked for. ``services`` marks where a programme without an amount is due.
    """

    offer: Offer
    households: int
    due: Mapping[str, Array]
    open: Mapping[str, Mask]
    held: Mapping[str, Array]
    services: Mapping[str, Mask]

    def state(self, programme: str, state: str) -> Mask:
        """The households for which a programme with an amount is ``gets``, ``missed``, ``short``, ``beyond``, ``undetermined`` or ``not_due``."""
        due, held, unknown = self.due[programme], self._held(programme), self._open(programme)
        found = {
            "gets": (due == held) & (due > 0),
            "missed": (due > 0) & (held == 0),
            "short": (held > 0) & (held < due),
            "beyond": held > due,
            "not_due": (due == 0) & (held == 0),
        }
        return unknown if state == "undetermined" else found[state] & ~unknown

    def _held(self, programme: str) -> Array:
        return self.held.get(programme, np.broadcast_to(np.zeros(1, np.int64), self.households))

    def _open(self, programme: str) -> Mask:
        return self.open.get(programme, np.broadcast_to(np.zeros(1, np.bool_), self.households))

    @cached_property
    def total_due(self) -> Array:
        """All that is a gain to each household, in fen for a year."""
        total = np.zeros(self.households, np.int64)
        for one in self.offer.programmes:
            if one.counts:
                total += self.due[one.id]
        return total

    def counts(self) -> list[dict[str, Any]]:
        """For each programme with an amount: households in each state, and the sums due and held in fen."""
        states = ("gets", "missed", "short", "beyond", "undetermined")
        return [
            {
                "programme": one.id,
                **{state: int(self.state(one.id, state).sum()) for state in states},
                "due": int(self.due[one.id].sum()),
                "held": int(self._held(one.id).sum()),
            }
            for one in self.offer.programmes
            if one.amount
        ]


def standings_of(columns: Columns, offer: Offer, block: int = BLOCK) -> RegisterStandings:
    """Every programme of a place for all households of ``columns`` on the day of the law."""
    return _Sweep(columns, offer, block).standings()


class _Sweep:
    def __init__(self, columns: Columns, offer: Offer, block: int) -> None:
        self.offer = offer
        self.block = block
        self.all_columns = columns
        statute = offer.statute
        self.program, self.places = specialise(
            statute.graph, self._outputs(), statute.values, statute.context
        )
        nodes = map(self.program.nodes.__getitem__, self.program.needed(self.places.values()))
        facts = {str(node.attribute) for node in nodes if node.op == "input" and node.entity is not None}
        self.columns = only(columns, facts)

    def _outputs(self) -> dict[str, int]:
        """Amounts of households, but of persons where programmes of persons bear on each other."""
        names = [*self.offer.caps]
        for one in self.offer.programmes:
            names.append(
                one.due_in_household if not one.amount else one.amount if one.id in tied() else one.total
            )
        return {name: self.offer.statute.variable(name).node for name in names}

    def standings(self) -> RegisterStandings:
        least, greatest = self._computed()
        due, unknown, services = {}, {}, {}
        amounts: dict[str, Array] = {}
        size = self.columns.counts["household"]
        for one in self.offer.programmes:
            name = one.due_in_household if not one.amount else one.amount if one.id in tied() else one.total
            known = least[name] is greatest[name]
            open_rows = None if known else least[name] != greatest[name]
            if not one.amount:
                services[one.id] = least[name].astype(np.bool_)
            elif one.id in tied():
                value = least[name] if open_rows is None else np.where(open_rows, 0, least[name])
                amounts[one.id] = self._in_year(one, value)
            else:
                due[one.id] = self._in_year(one, least[name])
            if open_rows is not None and open_rows.any():
                unknown[one.id] = self._of_households(one, open_rows, name)
        caps = {name: least[name] for name in self.offer.caps}
        for id, paid in combined(amounts, caps).items():
            per_person = len(paid) != size or self._unit(id) == "person"
            due[id] = self._summed(paid) if per_person else paid
        held = self._held()
        for one in self.offer.programmes:
            if one.held_with in held and one.id not in held:
                part = np.clip(held[one.held_with] - due[one.held_with], 0, due[one.id])
                held[one.id], held[one.held_with] = part, held[one.held_with] - part
        return RegisterStandings(self.offer, size, due, unknown, held, services)

    def _unit(self, id: str) -> str:
        return next(one.unit for one in self.offer.programmes if one.id == id)

    def _in_year(self, one: Programme, amount: Array) -> Array:
        return amount.astype(np.int64) * 12 if one.period == "month" else amount

    def _of_households(self, one: Programme, mask: Mask, name: str) -> Mask:
        entity = self.program.nodes[self.places[name]].entity
        if entity != "person":
            return mask
        found = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        found[self.columns.parents["person"][mask]] = True
        return found

    def _summed(self, amounts: Array) -> Array:
        """The amounts of the members of each household; below 2⁵³ fen the sums are exact."""
        rows = np.flatnonzero(amounts)
        parents = self.columns.parents["person"][rows]
        size = self.columns.counts["household"]
        return np.bincount(parents, weights=amounts[rows], minlength=size).astype(np.int64)

    def _computed(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """Least and greatest of every output: as if all were known, then by ranges where something that matters is not."""
        as_if_known = replace(self.columns, unknown={})
        wanted = set(self.places.values())
        guarded = guards(self.program, wanted, self.columns.unknown)
        conditions = {number for guard in guarded.values() for number in (*guard.by_row, *guard.by_household)}
        outputs = {**self.places, **{f"condition {number}": number for number in sorted(conditions)}}
        results = self._run(outputs, as_if_known)
        least = {name: results[name].values for name in self.places}
        greatest = {name: _most(results[name]) for name in self.places}
        doubtful = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        for fact, mask in self.columns.unknown.items():
            doubtful |= self._doubtful(fact, mask, guarded.get(fact), results)
        if doubtful.any():
            self._look_again(doubtful, least, greatest)
        return least, greatest

    def _doubtful(self, fact: str, mask: Mask, guard: Any, results: Mapping[str, Result]) -> Mask:
        """The households for which a fact is not known and counts."""
        chosen = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        household = household_of(self.columns, str(self.offer.statute.graph.schema.inputs[fact].entity))
        if guard is None:
            chosen[household[mask]] = True
            return chosen
        rows = np.zeros(len(mask), dtype=np.bool_)
        for number in guard.by_row:
            rows |= _most(results[f"condition {number}"]).astype(np.bool_)
        anywhere = np.zeros(len(chosen), dtype=np.bool_)
        for number in guard.by_household:
            holds = _most(results[f"condition {number}"]).astype(np.bool_)
            anywhere[household_of(self.columns, str(self.program.nodes[number].entity))[holds]] = True
        chosen[household[mask & (rows | anywhere[household])]] = True
        return chosen

    def _look_again(self, doubtful: Mask, least: dict[str, Array], greatest: dict[str, Array]) -> None:
        entity_of = {
            name: str(self.offer.statute.graph.schema.inputs[name].entity) for name in self.columns.values
        }
        taken, rows = part(self.columns, doubtful, entity_of)
        for name, result in self._run(self.places, taken).items():
            place = rows[self.program.nodes[self.places[name]].entity or "household"]
            least[name], greatest[name] = (
                _placed(least[name], place, result.values),
                _placed(least[name], place, _most(result)),
            )

    def _run(self, outputs: Mapping[str, int], columns: Columns) -> dict[str, Result]:
        statute = self.offer.statute
        schema = narrowed(self.program.schema, columns)
        program, places = specialise(self.program, outputs, statute.values, statute.context, schema)
        kernel = NumpyKernel(
            Program(program.schema, program.nodes), places, columns.unknown.keys() | statute.unset
        )
        return kernel.run(columns, statute.values, statute.context, block=self.block)

    def _held(self) -> dict[str, Array]:
        """What each household receives in a year by programme: twelve months of what runs, and what was paid this year."""
        values, parents = self.all_columns.values, self.all_columns.parents.get("holding")
        if parents is None or not len(parents):
            return {}
        day, size = self.offer.statute.context["today"], self.all_columns.counts["household"]
        paid_on = values["holding_paid_on"]
        once = (paid_on > 0) & (paid_on <= day) & (paid_on // 10_000 == day // 10_000)
        since, until = values["holding_since"], values["holding_until"]
        runs = (paid_on == 0) & (since <= day) & ((until == 0) | (until >= day))
        amount = np.where(once, values["holding_amount"], np.where(runs, values["holding_monthly"] * 12, 0))
        found = {}
        for id, rows in self._rows_by_programme():
            if (amount[rows] != 0).any():
                found[id] = np.bincount(parents[rows], weights=amount[rows], minlength=size).astype(np.int64)
        return found

    def _rows_by_programme(self) -> Iterator[tuple[str, Array]]:
        values = self.all_columns.values
        item, programme = values["holding_item"], values["holding_programme"]
        for code, id in enumerate(items()):
            if code and (rows := np.flatnonzero(item == code)).size:
                yield id, rows
        for code, id in enumerate(code_of_programme()):
            if id and (rows := np.flatnonzero((item == 0) & (programme == code))).size:
                yield id, rows


def _most(result: Result) -> Array:
    return result.values if result.greatest is None else result.greatest


def _placed(column: Array, place: Array, values: Array) -> Array:
    """A copy of the column with these values in their place, wide enough for both."""
    found = column.astype(np.promote_types(column.dtype, values.dtype))
    found[place] = values
    return found
