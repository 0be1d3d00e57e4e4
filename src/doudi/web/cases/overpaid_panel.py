"""What was paid too much after a death, on the tab of opinions of the cases that decide of it."""

from __future__ import annotations

from doudi.web.cases.panels import Panel, panel
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.selectors.overpaid import first_month, of_case, reckon


@panel("opinion")
@panel("calculation")
def overpaid(folder: Folder) -> Panel | None:
    """Month by month, with what was decided; None where nobody died."""
    one = of_case(folder.case)
    if one is None:
        return None
    found = reckon(one, first_month(folder.standing.facts))
    return Panel("cases/overpaid.html", {"one": one, "reckoned": found})
