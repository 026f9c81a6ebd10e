"""The three writes: what is sent to Shopify, and how one sees in the order that it was done.

Each can be done once only in Shopify itself: an order is cancelled once, the pieces of a line are returned once, and an address that is
written twice is the same. So a write that a customer asks for again after its first answer was lost cannot happen twice.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from shop.backends.shopify import queries
from shop.backends.shopify.orders import RemoteOrder
from shop.backends.shopify.values import Json
from shop.changes.base import Change
from shop.models import Address, OperationName, OrderStatus
from shop.policy.payments import open_cents
from shop.wording import address_words


class Write(NamedTuple):
    """One mutation.

    Attributes:
        document: GraphQL.
        variables: Of the document.
        field: Where the answer is.
        errors: Where its errors are.
    """

    document: str
    variables: Json
    field: str
    errors: str = "userErrors"


def write_of(change: Change, before: RemoteOrder) -> Write:
    """The mutation that brings a change about."""
    return _WRITES[change.receipt.operation](change, before)


def is_begun(change: Change, order: RemoteOrder) -> bool:
    """Whether the order bears the note that our write leaves there: it was done, though its money may still be on its way."""
    return change.receipt.proposal_id in order.marks


def is_done(change: Change, order: RemoteOrder) -> bool:
    """Whether the order shows that this very change was made, its money included."""
    ours = is_begun(change, order)
    match change.receipt.operation:
        case OperationName.CANCEL_ORDER:
            return ours and order.status is OrderStatus.CANCELLED and not open_cents(order)
        case OperationName.RETURN_ITEMS:
            return ours
        case _:
            return change.effect.order is not None and _folded(order.address) == _folded(change.effect.order.address)


def _cancel(change: Change, before: RemoteOrder) -> Write:
    reason = change.effect.order.cancel_reason if change.effect.order else ""
    variables = {
        "orderId": before.global_id,
        "reason": "CUSTOMER",
        "restock": True,
        "refundMethod": {"originalPaymentMethodsRefund": True},
        "notifyCustomer": True,
        "staffNote": f"{reason} ({change.receipt.proposal_id})",
    }
    return Write(queries.CANCEL_ORDER, variables, "orderCancel", "orderCancelUserErrors")


def _return(change: Change, before: RemoteOrder) -> Write:
    after = change.effect.order
    line_ids = after.return_request.line_ids if after and after.return_request else []
    items = [
        {"fulfillmentLineItemId": sent, "quantity": pieces, "returnReason": "OTHER", "returnReasonNote": change.receipt.proposal_id}
        for line_id in line_ids
        for sent, pieces in before.returnable[line_id]
    ]
    request = {"orderId": before.global_id, "requestedAt": change.receipt.committed_at.isoformat(), "returnLineItems": items}
    return Write(queries.CREATE_RETURN, {"returnInput": request}, "returnCreate")


def _change_address(change: Change, before: RemoteOrder) -> Write:
    address = change.effect.order.address if change.effect.order else before.address
    fields = {
        "firstName": before.recipient[0],
        "lastName": before.recipient[1],
        "address1": address.line1,
        "address2": address.line2,
        "city": address.city,
        "zip": address.postal_code,
        "countryCode": address.country,
        **({"provinceCode": address.region} if address.region else {}),
    }
    return Write(queries.UPDATE_ORDER, {"input": {"id": before.global_id, "shippingAddress": fields}}, "orderUpdate")


def _folded(address: Address) -> str:
    return " ".join(address_words(address).casefold().split())


_WRITES: Final[dict[OperationName, Callable[[Change, RemoteOrder], Write]]] = {
    OperationName.CANCEL_ORDER: _cancel,
    OperationName.RETURN_ITEMS: _return,
    OperationName.CHANGE_ADDRESS: _change_address,
}
