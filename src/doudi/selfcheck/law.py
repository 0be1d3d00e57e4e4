"""The law of a place and day as the self-check reads it: the tiers, and all programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.assessment.determination import outputs_of
from doudi.assessment.statute import Statute, law_of
from doudi.facts.vocabulary import Vocabulary
from doudi.programmes.law import Offer
from doudi.programmes.law import law_of as law_of_programmes


@dataclass(frozen=True)
class Law:
    """``statute``: the tiers; ``offer``: all programmes. Neither makes kernels for this place alone, so that those of another place or
    day serve again."""

    statute: Statute
    offer: Offer

    @classmethod
    def of(cls, region: str, day: date) -> Law:
        """The law of a region (code or name) on a day.

        Raises:
            RegionError: the region is not known. LawError: there is no law on that day.
        """
        return cls.beside(law_of(region, day), Offer(law_of_programmes(region, day, specialised=False)))

    @classmethod
    def beside(cls, statute: Statute, offer: Offer) -> Law:
        """From the law of the tiers and that of the programmes of one place and day."""
        return cls(statute.with_resolved(statute.resolved), offer)

    def make_ready(self) -> None:
        """Make the kernels that serve any answers: one for the very answers that somebody leaves open takes a second to make."""
        every = frozenset(Vocabulary.load().facts)
        self.statute.python(outputs_of(self.statute), every)
        programmes = self.offer.statute
        programmes.python(self.offer.amounts, every, explained=False)
        programmes.python(self.offer.amounts, every)
        programmes.python(self.offer.reasons, every)
