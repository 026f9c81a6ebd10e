"""Single values of Shopify's answers: ids, money, times, addresses, payment methods."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from shop.errors import BackendUnavailable
from shop.models import Address, PaymentKind, PaymentMethod, utc

Json = dict[str, Any]
NOWHERE: Final = Address(line1="-", city="-", postal_code="-", country="ZZ")
"""Of an order that is sent nowhere, and of an account without an address; ZZ is no country."""
NO_EMAIL: Final = "none@customer.invalid"
GIFT_CARD: Final = "gift_card"


def gid(kind: str, tail: str) -> str:
    """Shopify's global id."""
    return f"gid://shopify/{kind}/{tail}"


def tail(global_id: str) -> str:
    """The last part of a global id, which is ours."""
    return global_id.rsplit("/", 1)[-1].split("?", 1)[0]


def cents(amount: str | None) -> int:
    """Hundredths of a currency's unit; BackendUnavailable where the amount has more decimals than that."""
    try:
        hundredfold = Decimal(amount or "0") * 100
    except InvalidOperation as exc:
        msg = f"Shopify gives an amount that is none: {amount!r}."
        raise BackendUnavailable(msg) from exc
    if hundredfold != hundredfold.to_integral_value():
        msg = f"Shopify gives an amount with more than two decimals: {amount!r}."
        raise BackendUnavailable(msg)
    return int(hundredfold)


def bag_cents(bag: Json | None) -> int:
    """The hundredths in the customer's currency."""
    return cents(bag["presentmentMoney"]["amount"]) if bag else 0


def moment(text: str | None) -> datetime | None:
    """A time in UTC."""
    return utc(datetime.fromisoformat(text)) if text else None


def read_address(node: Json | None) -> Address:
    """An address; what it lacks is a dash."""
    if not node:
        return NOWHERE
    return Address(
        line1=node["address1"] or "-",
        line2=node["address2"] or "",
        city=node["city"] or "-",
        region=node["provinceCode"] or "",
        postal_code=node["zip"] or "-",
        country=node["countryCodeV2"] or "ZZ",
    )


def read_email(node: Json | None) -> str:
    """The e-mail address of a customer, or one that leads nowhere."""
    address = ((node or {}).get("defaultEmailAddress") or {}).get("emailAddress")
    return address or NO_EMAIL


def read_method(transaction: Json) -> PaymentMethod | None:
    """What a transaction was paid with, where it is a card or PayPal; None for everything else."""
    details = transaction["paymentDetails"] or {}
    if details.get("__typename") == "CardPaymentDetails":
        brand, last_four = details.get("company") or "", _last_four(details.get("number") or transaction["accountNumber"])
        if last_four:
            method_id = f"{brand.lower().replace(' ', '_') or 'card'}_{last_four}"
            return PaymentMethod(payment_method_id=method_id, kind=PaymentKind.CARD, brand=brand, last_four=last_four)
    if transaction["gateway"] == "paypal":
        return PaymentMethod(payment_method_id="paypal", kind=PaymentKind.PAYPAL)
    return None


def method_id(transaction: Json) -> str:
    """How a transaction's payment method is called; its gateway where nothing more is known."""
    method = read_method(transaction)
    return method.payment_method_id if method else transaction["gateway"] or "unknown"


def refunds_by_itself(transaction: Json) -> bool:
    """Whether Shopify sends the money of this transaction back without a person's help."""
    return read_method(transaction) is not None or transaction["gateway"] == GIFT_CARD


def _last_four(number: str | None) -> str:
    digits = "".join(letter for letter in number or "" if letter.isdigit())[-4:]
    return digits if len(digits) == 4 else ""


def quoted(text: str) -> str:
    """Text inside the quotation marks of Shopify's search."""
    return text.replace("\\", "").replace('"', "")
