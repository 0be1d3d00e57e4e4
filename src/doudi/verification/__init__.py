"""The means check 核对: on the written authority of a household, what it declared is held against what departments know.

    request ──► authorised ──► found ──► compared ──► report ──► document
                    │                                   │
                 refused, with the reason          objection ──► re-check: a new report that refers to the old one

``check`` makes a report and stores it, ``object_to`` records an objection, ``recheck`` makes the report that follows,
``verify`` holds a whole store against its own hashes. A programme with a store of its own calls ``examine`` and ``frozen``.
A report proposes nothing: it says item by item whether what was
declared was found. A source that does not answer never counts as having found nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.verification.authorisation import Authorisation, Consent, Signed
    from doudi.verification.checking import check, examine, frozen, recheck
    from doudi.verification.document import blocks_of, document_of, footer_of
    from doudi.verification.errors import MeansError
    from doudi.verification.found import Found, Known, assembled
    from doudi.verification.masking import masked
    from doudi.verification.objections import Objection, object_to
    from doudi.verification.report import Report
    from doudi.verification.request import Request, read_request, request_of
    from doudi.verification.results import Result
    from doudi.verification.store import Checks
    from doudi.verification.verifying import verify

_PLACES = {
    "Authorisation": "authorisation", "Checks": "store", "Consent": "authorisation", "Found": "found", "Known": "found",
    "MeansError": "errors", "Objection": "objections", "Report": "report", "Request": "request", "Result": "results",
    "Signed": "authorisation", "assembled": "found", "blocks_of": "document", "check": "checking",
    "document_of": "document", "examine": "checking", "footer_of": "document", "frozen": "checking", "masked": "masking",
    "object_to": "objections", "read_request": "request", "recheck": "checking", "request_of": "request",
    "verify": "verifying",
}  # fmt: skip

__all__ = [
    "Authorisation",
    "Checks",
    "Consent",
    "Found",
    "Known",
    "MeansError",
    "Objection",
    "Report",
    "Request",
    "Result",
    "Signed",
    "assembled",
    "blocks_of",
    "check",
    "document_of",
    "examine",
    "footer_of",
    "frozen",
    "masked",
    "object_to",
    "read_request",
    "recheck",
    "request_of",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"doudi.verification.{_PLACES[name]}"), name)
