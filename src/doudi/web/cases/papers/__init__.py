"""What stands in the documents of a case: one function for each kind where the plain form does not do.

@composes("public_notice")
def public_notice(draft: Draft) -> tuple[Block, ...]: ...
"""

from doudi.web.cases.papers.composing import Draft, compose, composes

__all__ = ["Draft", "compose", "composes"]
