"""最低生活保障: the standard, the family as a whole, and persons alone (单人保)."""
