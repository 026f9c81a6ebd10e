"""Engine, models and migrations of the gateway's database."""

from pathlib import Path


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision. Blocking; safe to call from several processes at once.

    Raises:
        StorageUnavailable: If the database does not answer.
    """
    from alembic import command

    command.upgrade(alembic_config(url), revision)


def alembic_config(url: str) -> "Config":  # type: ignore[name-defined]  # noqa: F821  # alembic is imported only when needed
    """Build Alembic's settings for the migrations beside this file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config
