"""What the customer's own record holds: balance, payment methods, address, name. From the record alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.identity import needs_proof
from actions.met import without_account
from actions.methods import method_title
from actions.order_facts import asks_everything
from actions.orders import list_reply
from actions.owned import get_owned
from actions.reply import HUMAN, Reply, button
from actions.services import Services
from actions.turn import Turn
from shop.errors import NotPermitted
from shop.models import Actor, Customer, Level, PaymentKind, ProductFilter
from shop.wording import address_words, join, money

_BALANCE = re.compile(r"\bbalance\b|\bgift ?-?(?:card|crad)s?\b|\bvoucher\b|\bstore credit\b|\bleft on\b|\bmoney on\b")
_METHODS = re.compile(r"\bpay\w*\b|\bcards?\b|\bpaypal\b|\bmethods?\b|\bvisa\b|\bmastercard\b|\bplastic\b")
_ADDRESS = re.compile(r"\badd?ress?\w*\b|\blive\b|\bzip\b|\bpost ?code\b|\bwhere\b")
_EMAIL = re.compile(r"\be-?mail\b|\bmail address\b")
_OF_ALL = re.compile(r"\bother\b|\bmethods?\b|\bsaved?\b|\bwhich\b|\bmy cards\b")
_NAME = re.compile(r"\bname\b|\bwho am i\b|\bcustomer (?:number|id)\b|\bsigned in\b|\blogged in\b")


class ActionTellAccount(ShopAction):
    """Tells the signed-in customer what their account holds."""

    action_name = "action_tell_account"

    async def act(self, turn: Turn) -> Reply:
        """Tell what was asked for, or all of it."""
        actor = await self.actor(turn)
        try:
            customer = await self.services.shop.get_customer(actor)
        except NotPermitted:
            can_prove = actor.level is Level.ANONYMOUS and set(self.services.settings.guest_proof) != {"order_code"}
            return needs_proof(turn) if can_prove else _not_known(actor, turn, self.services.settings.guest_proof)
        if actor.level is not Level.CUSTOMER:
            # Who proved no more than a name and a postal code need not learn where the owner reads mail.
            customer = customer.model_copy(update={"email": _masked(customer.email)})
        text, currency = turn.text.lower(), await self._currency()
        if asks_everything(text):
            return await self._everything(turn, customer, currency)
        asked = [tell for pattern, tell in _TOLD if pattern.search(text)]
        if _BALANCE.search(text) and not _OF_ALL.search(text):
            asked = [_balance]
        elif _EMAIL.search(text):
            asked = [_email]
        return Reply(" ".join(tell(customer, currency) for tell in asked or [tell for _, tell in _TOLD]), buttons=_steps(text))

    async def _everything(self, turn: Turn, customer: Customer, currency: str) -> Reply:
        """The account and the orders together."""
        account = " ".join(tell(customer, currency) for tell in dict.fromkeys((_name, _email, _address, _methods)))
        owned = await get_owned(self.services, turn)
        if not owned.orders:
            return Reply(f"{account} There are no orders in it.")
        orders = list_reply(owned, [])
        return replace(orders, text=f"{account}\n{orders.text}")

    async def _currency(self) -> str:
        """The shop's currency, as its goods have it: a gift card's balance names none."""
        goods = await self.services.shop.list_products(ProductFilter(), limit=1)
        return goods[0].currency if goods else "EUR"


def _not_known(actor: Actor, turn: Turn, proofs: Sequence[str]) -> Reply:
    if actor.level is Level.GUEST:
        how = "Please sign in for that." if turn.can_sign_in else "A person can help you with the account."
        return Reply(f"You proved an order here, not an account, so I can't show the account's data. {how}", buttons=[HUMAN])
    if turn.metadata.get("channel") not in {None, "web"}:
        return Reply("I can show account data only to a customer who is signed in on our shop's page.", buttons=[HUMAN])
    how = "Please sign in on this page, and ask me again." if turn.can_sign_in else without_account(proofs)
    return Reply(f"I can show account data only to its owner. {how}", buttons=[HUMAN])


def _balance(customer: Customer, currency: str) -> str:
    cards = [method for method in customer.payment_methods if method.kind is PaymentKind.GIFT_CARD]
    if not cards:
        return "There is no gift card in your account."
    return " ".join(f"Your {card.label} has {money(card.balance_cents or 0, currency)} on it." for card in cards)


def _methods(customer: Customer, currency: str) -> str:
    if not customer.payment_methods:
        return "No payment method is saved in your account."
    return f"Saved in your account: {join([method_title(method, currency) for method in customer.payment_methods])}."


def _address(customer: Customer, currency: str) -> str:
    return f"The address in your account is {address_words(customer.address)}."


def _email(customer: Customer, currency: str) -> str:
    return f"The e-mail address of your account is {customer.email}."


def _masked(email: str) -> str:
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def _name(customer: Customer, currency: str) -> str:
    return f"The account is {customer.name}'s, customer number {customer.customer_id}."


_TOLD = ((_NAME, _name), (_EMAIL, _email), (_ADDRESS, _address), (_METHODS, _methods), (_BALANCE, _balance))


def _steps(text: str) -> list[dict[str, str]]:
    return [button("Change my address", "change_address", target="account")] if _ADDRESS.search(text) else []


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ActionTellAccount(services)]
