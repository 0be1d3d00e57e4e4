"""What civil affairs itself finds and writes down: of whom it has written nothing, it has found nothing.

Such a fact is a decision or an entry, not a state of the world that somebody might not have told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from doudi.evidence.ground import Ground, said
from doudi.evidence.schema import REGISTRY

_HOUSEHOLD: Mapping[str, str] = {"local_hardship": "false", "grace_from": "none"}
_PERSON: Mapping[str, str] = {
    "special_hardship": "false", "support_waived": "false", "job_refusals": "0", "imputed_income": "0.00",
    "imputed_reason": "false",
}  # fmt: skip
"""Facts, and what it means that nothing is written."""


def _not_written(ground: Ground, subject: str, nothing: str) -> list[pl.LazyFrame]:
    key = f"{subject}_id"
    here = ground.people.households if subject == "household" else ground.people.present
    subjects = here.lazy().select(key)
    declared = ground.registry.declared.get(subject)
    if declared is not None:
        subjects = subjects.join(declared.lazy().select(key), on=key, how="anti")
    return [said(subjects, key, pl.lit(nothing), REGISTRY)]


TELLERS: Mapping[tuple[str, str], Callable[[Ground], list[pl.LazyFrame]]] = {
    (subject, fact): partial(_not_written, subject=subject, nothing=nothing)
    for subject, facts in (("household", _HOUSEHOLD), ("person", _PERSON))
    for fact, nothing in facts.items()
}
