"""The shop's rules: pure functions, each beside the paragraph that it implements; one module for each operation."""

import hashlib

from shop.models import Decision
from shop.policy import cancel, change_address, change_default_address, change_items, change_payment, exchange, return_
from shop.settings import ShopSettings

__all__ = ["Decision", "list_paragraphs", "policy_version"]

_MODULES = (cancel, change_items, change_address, change_payment, change_default_address, return_, exchange)


def list_paragraphs(settings: ShopSettings) -> dict[str, str]:
    """Every rule's name with its paragraph, as this shop applies it."""
    return {rule.name: rule.paragraph(settings) for module in _MODULES for rule in module.RULES}


def policy_version(settings: ShopSettings) -> str:
    """Name the wording of all rules: it differs as soon as any paragraph or figure in it does."""
    text = "\n".join(f"{name}: {paragraph}" for name, paragraph in sorted(list_paragraphs(settings).items()))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
