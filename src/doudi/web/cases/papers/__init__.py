"""What stands in the documents of a case: every field that ``procedure/papers/documents.yaml`` lists has a function that writes it.

@writes("reason")
def reason(draft: Draft) -> Line: ...

@writes("members", "conference_minutes")        # the same field, written otherwise in one document
def conference(draft: Draft) -> Part: ...
"""

from doudi.web.cases.papers.composing import compose, composes, numbered
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.writing import Line, Part, writes

__all__ = ["Draft", "Line", "Part", "compose", "composes", "numbered", "writes"]
