"""What can go wrong in the demo shop's pages."""

from server.errors import ServerError


class NotInShop(ServerError):
    """No such product, customer or article."""

    status = 404


class HelpUnavailable(ServerError):
    """The knowledge base is not built yet."""

    status = 503
