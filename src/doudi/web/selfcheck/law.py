"""The law of a county as the self-check reads it, made while somebody is still answering: it takes a few seconds the first time."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from threading import Thread

from doudi.selfcheck.law import Law
from doudi.web.registry.law import law_for, offer_for

_begun: set[tuple[str, date]] = set()


@lru_cache(maxsize=8)
def law_of(county: str, day: date) -> Law:
    """The law of a county on a day, with the kernels that serve any answers."""
    found = Law.beside(law_for(county, day), offer_for(county, day))
    found.make_ready()
    return found


def begin(county: str, day: date) -> None:
    """Let this process make it beside its other work, once."""
    if (county, day) not in _begun:
        _begun.add((county, day))
        Thread(target=law_of, args=(county, day), daemon=True).start()
