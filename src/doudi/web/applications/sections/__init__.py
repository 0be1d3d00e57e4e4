"""The sections of the task list: which parts each has, and the form of a part.

section(name).parts(dossier)            the parts, each with its key and title
section(name).form(dossier, key, data)  the form of one, bound to what was typed
"""

from doudi.web.applications.sections.base import Part, Section
from doudi.web.applications.sections.table import SECTIONS, section, sections_of

__all__ = ["SECTIONS", "Part", "Section", "section", "sections_of"]
