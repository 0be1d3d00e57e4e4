"""What is stored of notices, objections, and of the bodies people turn to."""

from doudi.web.notices.models.authority import Authority, AuthorityKind
from doudi.web.notices.models.objection import Objection
from doudi.web.notices.models.photo import Photo
from doudi.web.notices.models.posting import Posting

__all__ = ["Authority", "AuthorityKind", "Objection", "Photo", "Posting"]
