"""Logs are events with fields. Never a customer's text at info level."""

import logging
import sys
from typing import Any

import structlog

_NOISY = ("httpx", "httpcore", "aiosqlite", "asyncio", "websockets", "chromadb", "rasa_sdk.executor")


def configure(level: str, form: str) -> None:
    """Send structlog's events, and what libraries log, to standard error in one form.

    Args:
        level: The lowest level shown: `debug`, `info`, `warning` or `error`.
        form: `json` for machines, `console` for people.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info if form == "json" else _pass,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(number)  # some libraries set their own loggers lower
    finish = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=finish))
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


def _pass(_logger: Any, _name: str, event: Any) -> Any:
    return event
