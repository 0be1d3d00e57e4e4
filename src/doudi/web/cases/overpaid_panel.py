"""What was paid too much after a death, on the tab of opinions of the cases that decide of it."""

from __future__ import annotations

from doudi.web.cases.panels import Panel, panel
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.selectors.overpaid import first_month, of_case, reckon


@panel("opinion")
@panel("calculation")
def overpaid(folder: Folder) -> Panel | None:
    """Month by month for each death, with what was decided; None where nobody died."""
    until = first_month(folder.standing.facts)
    found = [(one, reckon(one, until)) for one in of_case(folder.case)]
    return Panel("cases/overpaid.html", {"found": found}) if found else None
