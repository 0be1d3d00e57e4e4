"""Where people turn to: the office that acts, the government that reconsiders, the court."""

from __future__ import annotations

from dataclasses import dataclass

from doudi.web.accounts.models import Region
from doudi.web.applications.models import Office
from doudi.web.cases.papers.once import once
from doudi.web.notices.models import Authority

OFFICE, RECONSIDERATION, COURT = "office", "reconsideration", "court"


@dataclass(frozen=True, slots=True)
class Contact:
    """A public body with its address and telephone; empty where nobody has entered them."""

    name: str
    address: str = ""
    telephone: str = ""

    @property
    def sentence(self) -> str:
        """All that is known, in one line."""
        known = [self.address and f"地址：{self.address}", self.telephone and f"电话：{self.telephone}"]
        told = "，".join(each for each in known if each)
        return f"{self.name}（{told}）" if told else self.name


def contact_of(region: Region, kind: str) -> Contact:
    """The body of a kind in a division, by its usual name where nobody has entered it."""
    return once(("contact", region.code, kind), lambda: _contact_of(region, kind))


def _contact_of(region: Region, kind: str) -> Contact:
    if kind == OFFICE:
        office = Office.objects.filter(region=region).first()
        return Contact(office.name, office.address, office.phone) if office else _usual_contact(region, kind)
    found = Authority.objects.filter(region=region, kind=kind).first()
    return Contact(found.name, found.address, found.telephone) if found else _usual_contact(region, kind)


def _usual_contact(region: Region, kind: str) -> Contact:
    return Contact(_usual(region.name, region.level, kind))


def _usual(name: str, level: str, kind: str) -> str:
    if kind == COURT:
        return f"{name}人民法院"
    if kind == RECONSIDERATION:
        return f"{name}人民政府"
    if level == "county":
        return f"{name}民政局"
    return f"{name}办事处社会救助窗口" if name.endswith("街道") else f"{name}人民政府社会救助窗口"
