"""Sensitive values: sealed at rest, found by a blind index, shown masked."""

from doudi.web.registry.sensitive.index import blind, blinds
from doudi.web.registry.sensitive.masks import masked_id, masked_name, masked_number
from doudi.web.registry.sensitive.vault import VaultError, open_sealed, seal, seals

__all__ = [
    "VaultError",
    "blind",
    "blinds",
    "masked_id",
    "masked_name",
    "masked_number",
    "open_sealed",
    "seal",
    "seals",
]
