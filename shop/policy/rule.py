"""A rule of the shop: its name and the paragraph that customers and staff may read."""

from dataclasses import dataclass

from shop.models import Decision
from shop.settings import ShopSettings


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: Dotted, such as "cancel.only_pending"; stable, because receipts and tests name it.
        text: The paragraph, with the figures of `ShopSettings` in braces.
    """

    name: str
    text: str

    def paragraph(self, settings: ShopSettings) -> str:
        """The paragraph with this shop's figures."""
        return self.text.format(**settings.model_dump(exclude={"token_secret"}))

    def allows(self, settings: ShopSettings, explanation: str) -> Decision:
        """Say yes by this rule."""
        return self._decide(settings, explanation, allowed=True)

    def refuses(self, settings: ShopSettings, explanation: str) -> Decision:
        """Say no by this rule."""
        return self._decide(settings, explanation, allowed=False)

    def _decide(self, settings: ShopSettings, explanation: str, *, allowed: bool) -> Decision:
        return Decision(allowed=allowed, rule=self.name, paragraph=self.paragraph(settings), explanation=explanation)
