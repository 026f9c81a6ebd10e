"""Pay a pending order another way."""

from shop.changes import money
from shop.changes.base import Context, Effect, OrderArguments
from shop.errors import InvalidArguments
from shop.models import Decision, Level
from shop.policy import change_payment
from shop.settings import ShopSettings
from shop.wording import money as amount


class PaymentArguments(OrderArguments):
    """Which order, and how it is paid from now on."""

    payment_method_id: str | None = None


class ChangePayment:
    """Implements `Operation`."""

    arguments = PaymentArguments

    def level(self, settings: ShopSettings) -> Level:
        """The identity that the settings ask for."""
        return settings.change_payment_level

    def decide(self, arguments: PaymentArguments, context: Context) -> Decision:
        """Ask `policy/change_payment.py`."""
        return change_payment.decide(context.order, arguments.payment_method_id, context.methods, context.settings)

    def apply(self, arguments: PaymentArguments, context: Context) -> Effect:
        """The new method charged with the whole amount, the old one refunded.

        Raises:
            InvalidArguments: If the payment method is missing.
        """
        if arguments.payment_method_id is None:
            msg = "payment_method_id is needed: what the order is paid with from now on."
            raise InvalidArguments(msg)
        order, old = context.order, context.order.payments[0]
        charges = [money.charge(arguments.payment_method_id, old.amount_cents, context)]
        refunds = [money.refund(old.payment_method_id, old.amount_cents, context)]
        words = money.money_taken(charges, order.currency) + money.money_back(refunds, order.currency)
        new = f"your {context.label_of(arguments.payment_method_id)}"
        return Effect(
            order=order.model_copy(update={"payments": [*order.payments, *money.booked(charges, refunds, context)]}),
            refunds=refunds,
            charges=charges,
            balances=money.balances(charges, refunds, context),
            summary=(
                f"Pay order {order.order_id} ({amount(old.amount_cents, order.currency)}) with {new} instead of your "
                f"{context.label_of(old.payment_method_id)}?{words}"
            ),
            done=f"Order {order.order_id} is now paid with {new}.{words}",
        )
