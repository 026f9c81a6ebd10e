"""Brings a database to the present version of the tables."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from server.errors import StorageUnavailable

_ONE_AT_A_TIME = Lock()  # Alembic keeps its context in globals; processes are kept apart by the database's own locks


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision. Blocking, and not for the event loop's thread; safe from several processes at once.

    Raises:
        StorageUnavailable: If the database does not answer.
    """
    try:
        with _ONE_AT_A_TIME:
            command.upgrade(alembic_config(url), revision)
    except (OperationalError, OSError) as exc:
        raise StorageUnavailable(f"The database does not answer: {type(exc).__name__}. Check COUNTERHAND_DATABASE_URL.") from exc


def alembic_config(url: str) -> Config:
    """Build Alembic's settings for the migrations beside this file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config
