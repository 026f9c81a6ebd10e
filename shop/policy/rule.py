"""A rule of the shop: its name and the paragraph that customers and staff may read."""

from dataclasses import dataclass

from shop.models import Decision
from shop.policy.figures import figures
from shop.settings import ShopSettings


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: Dotted, such as "cancel.only_pending"; stable, because receipts and tests name it.
        text: The paragraph, with words of `shop/policy/figures.py` in braces.
    """

    name: str
    text: str

    def paragraph(self, settings: ShopSettings) -> str:
        """The paragraph with this shop's figures."""
        return self.text.format(**figures(settings))

    def allows(self, settings: ShopSettings, explanation: str) -> Decision:
        """Say yes by this rule."""
        return Decision(allowed=True, rule=self.name, paragraph=self.paragraph(settings), explanation=explanation)

    def refuses(self, settings: ShopSettings, explanation: str, *, already_done: bool = False, needs_staff: bool = False) -> Decision:
        """Say no by this rule: for good, because it is so already, or until a member of staff says yes."""
        return Decision(
            allowed=False,
            rule=self.name,
            paragraph=self.paragraph(settings),
            explanation=explanation,
            already_done=already_done,
            needs_staff=needs_staff,
        )
