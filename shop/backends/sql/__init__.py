"""The shop in a SQL database: SQLite by default, PostgreSQL in production."""

from shop.backends.sql.backend import SqlBackend
from shop.backends.sql.database import Database
from shop.settings import ShopSettings


def create(settings: ShopSettings) -> SqlBackend:
    """Build the back end. The database is opened, and its tables made, at first use."""
    return SqlBackend(Database(settings.url), settings.order_id_prefix)
