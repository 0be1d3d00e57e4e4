"""What the page of a means check shows in the walks over all pages."""

from tests.web.cases.targets import part

__all__ = ["part"]
