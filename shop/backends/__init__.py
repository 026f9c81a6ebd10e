"""The systems that can keep a shop: one module each, opened only when the settings name it."""

import pkgutil
from importlib import import_module

from shop.backends.base import ShopBackend
from shop.settings import ShopSettings


def build(settings: ShopSettings) -> ShopBackend:
    """Build the back end that `settings.backend` names.

    Raises:
        ValueError: If there is no such back end; the message lists those there are.
    """
    available = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "base")
    if settings.backend not in available:
        msg = f"No shop back end {settings.backend!r}. Available: {', '.join(available)}."
        raise ValueError(msg)
    backend: ShopBackend = import_module(f"shop.backends.{settings.backend}").create(settings)
    return backend
