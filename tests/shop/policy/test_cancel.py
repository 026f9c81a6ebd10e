import pytest

from shop.models import OrderStatus
from shop.policy import list_paragraphs, policy_version
from shop.policy.cancel import decide
from shop.settings import ShopSettings
from tests.shop.builders import SETTINGS, order


@pytest.mark.parametrize("reason", [*SETTINGS.cancel_reasons, None])
def test_a_pending_order_can_be_cancelled(reason: str | None) -> None:
    decision = decide(order(), reason, SETTINGS)
    assert decision.allowed
    assert "5 to 7 business days" in decision.paragraph


@pytest.mark.parametrize("status", sorted(set(OrderStatus) - {OrderStatus.PENDING}))
def test_no_other_order_can(status: OrderStatus) -> None:
    decision = decide(order(status=status), "no longer needed", SETTINGS)
    assert not decision.allowed
    assert decision.rule == "cancel.only_pending"
    assert "CH-10001" in decision.explanation


@pytest.mark.parametrize("reason", ["too expensive", "", "No Longer Needed"])
def test_there_are_exactly_two_reasons(reason: str) -> None:
    decision = decide(order(), reason, SETTINGS)
    assert not decision.allowed
    assert decision.rule == "cancel.reasons"
    assert "no longer needed or ordered by mistake" in decision.explanation


def test_a_cancelled_order_is_said_to_be_cancelled_and_when() -> None:
    assert (
        decide(order(status=OrderStatus.CANCELLED), None, SETTINGS).explanation == "Order CH-10001 was already cancelled on 12 March 2026."
    )


def test_the_policy_version_follows_the_figures_in_the_rules() -> None:
    longer = ShopSettings(return_window_days=60)
    assert policy_version(SETTINGS) == policy_version(ShopSettings(url="sqlite+aiosqlite:///elsewhere.db"))
    assert policy_version(SETTINGS) != policy_version(longer)
    assert "within 60 days" in list_paragraphs(longer)["return.window"]
