"""What can go wrong in the shop. Catch `ShopError` at the edge of an action."""

from typing import Self

from shop.models import Decision


class ShopError(Exception):
    """Base of all errors of this package."""


class OrderNotFound(ShopError):
    """No such order for this actor: missing and another customer's look the same."""

    def __init__(self, order_id: str) -> None:
        super().__init__(f"No order {order_id!r} for this customer.")
        self.order_id = order_id


class ProductNotFound(ShopError):
    """No such product."""

    def __init__(self, product_id: str) -> None:
        super().__init__(f"No product {product_id!r}.")


class NotPermitted(ShopError):
    """The actor's level of identity is too low for what was asked."""


class NotAllowed(ShopError):
    """A rule of the shop refuses; says which, and the paragraph behind it.

    Attributes:
        needs_staff: Whether a member of staff may allow it.
        already_done: Whether it is refused because it is so already.
    """

    def __init__(self, rule: str, paragraph: str, explanation: str, *, needs_staff: bool = False, already_done: bool = False) -> None:
        super().__init__(explanation)
        self.rule = rule
        self.paragraph = paragraph
        self.explanation = explanation
        self.needs_staff = needs_staff
        self.already_done = already_done

    @classmethod
    def by(cls, decision: Decision) -> Self:
        """The refusal that a decision is."""
        return cls(
            decision.rule,
            decision.paragraph,
            decision.explanation,
            needs_staff=decision.needs_staff,
            already_done=decision.already_done,
        )


class InvalidArguments(ShopError):
    """The arguments of an operation do not fit (unknown line, unknown payment method)."""


class ConfirmationStale(ShopError):
    """The proposal expired, or what it rests on changed since it was shown."""


class BackendUnavailable(ShopError):
    """The shop's system does not answer."""


class OutcomeUnknown(BackendUnavailable):
    """A write was sent to the shop's system, and nobody knows yet whether it was done. It is not to be sent again blindly."""


class InvalidShopData(ShopError):
    """A record of an import is refused: names file, record and reason.

    Attributes:
        problems: All of them; the message tells the first hundred.
    """

    def __init__(self, problems: list[str]) -> None:
        more = [f"... and {len(problems) - 100} more"] if len(problems) > 100 else []
        super().__init__("\n".join(problems[:100] + more))
        self.problems = problems
