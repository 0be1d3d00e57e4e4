"""PostgreSQL: the one that ``DATABASE_URL`` names, else a private server of our own over a socket.

    with serving():          # nothing to start when DATABASE_URL is set
        app, owner = urls()

The application connects as a role that owns no table, so row-level security binds it; migrations run as the owner.
"""

from doudi.web.database.server import PrivateServer
from doudi.web.database.serving import Urls, private, serving, urls
from doudi.web.database.url import as_django

__all__ = ["PrivateServer", "Urls", "as_django", "private", "serving", "urls"]
