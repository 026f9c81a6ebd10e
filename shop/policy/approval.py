"""The amounts above which a member of staff says yes."""

from shop.models import Decision, OperationName
from shop.policy.rule import Rule
from shop.settings import ShopSettings
from shop.wording import money


def refuse_above(rule: Rule, operation: OperationName, cents: int, currency: str, settings: ShopSettings) -> Decision | None:
    """Leave an amount above the shop's limit for `operation` to the staff; None where there is no limit or it is kept."""
    limit = settings.approval_over_cents.get(operation)
    if limit is None or cents <= limit:
        return None
    explanation = f"This is about {money(cents, currency)}. Above {money(limit, currency)} a member of staff has to approve it."
    return rule.refuses(settings, explanation, needs_staff=True)
