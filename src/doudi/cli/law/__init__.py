"""``doudi law``: the law shown, checked, compared and written down for lawyers."""
