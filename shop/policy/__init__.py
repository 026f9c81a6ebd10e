"""The shop's rules: pure functions, each beside the paragraph that it implements."""

import hashlib

from shop.models import Decision
from shop.policy import cancel, return_
from shop.settings import ShopSettings

__all__ = ["Decision", "list_paragraphs", "policy_version"]


def list_paragraphs(settings: ShopSettings) -> dict[str, str]:
    """Every rule's name with its paragraph, as this shop applies it."""
    return {rule.name: rule.paragraph(settings) for module in (cancel, return_) for rule in module.RULES}


def policy_version(settings: ShopSettings) -> str:
    """Name the wording of all rules: it differs as soon as any paragraph or figure in it does."""
    text = "\n".join(f"{name}: {paragraph}" for name, paragraph in sorted(list_paragraphs(settings).items()))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
