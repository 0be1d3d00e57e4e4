"""``doudi procedure``: kinds of case, clocks, cases, pages."""
