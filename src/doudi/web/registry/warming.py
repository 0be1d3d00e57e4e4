"""What every page of the registry needs and what takes a second or two to read: done once, when a process begins to serve."""

from __future__ import annotations

from django.utils import timezone

from doudi.facts.vocabulary import Vocabulary
from doudi.web.registry.law import NATION, law_for, offer_for
from doudi.web.registry.selectors.searching import name_key
from doudi.web.registry.tagging import tag_kinds
from doudi.web.registry.tiering import tier_codes


def warm() -> None:
    """Read law, vocabulary, tags and the readings of names."""
    Vocabulary.load()
    tier_codes()
    law_for(NATION, timezone.localdate())
    offer_for(NATION, timezone.localdate())
    tag_kinds()
    name_key("王")
