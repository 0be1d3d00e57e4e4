"""Loading what room ``evidence`` built: by COPY, in one transaction, as often as one likes.

The same build loaded again changes nothing. A later build supersedes: what was known before stays, with its days.
"""

from doudi.web.registry.loading.load import Loaded, load

__all__ = ["Loaded", "load"]
