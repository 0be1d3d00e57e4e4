"""What is asked of a password: OWASP ASVS 5 and 等级保护 contradict each other, so the place chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """Names of validators in ``accounts.passwords``, and after how many days a password must be changed."""

    validators: tuple[str, ...]
    days: int | None


POLICIES = {
    # ASVS 6.2.1, 6.2.5, 6.2.10: length, no rules on composition, no forced change.
    "asvs": PasswordPolicy(("LongPassword",), None),
    # GB/T 22239-2019 8.1.4.1: complexity and periodic change.
    "dengbao": PasswordPolicy(("MixedPassword",), 90),
}
