"""What an operation is, and what it hands to the back end."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from shop.errors import InvalidArguments
from shop.models import Decision, Level, Noun, Order, PaymentMethod, Receipt, Refund
from shop.settings import ShopSettings


class Arguments(BaseModel):
    """The arguments of an operation; `None` where not given yet. Unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order_id: str


@dataclass(frozen=True)
class Context:
    """What a policy may look at.

    Attributes:
        order: As it stands now.
        methods: The payment methods that this actor may be refunded to.
        settings: The figures in the rules.
        now: UTC.
    """

    order: Order
    methods: list[PaymentMethod]
    settings: ShopSettings
    now: datetime

    def find_method(self, payment_method_id: str) -> PaymentMethod | None:
        """The method with this id, if the actor may be refunded to it."""
        return next((m for m in self.methods if m.payment_method_id == payment_method_id), None)

    def label_of(self, payment_method_id: str) -> str:
        """The words a customer knows a method by."""
        method = self.find_method(payment_method_id)
        return method.label if method else "original payment method"


class Effect(Noun):
    """What an operation changes besides the proposal: computed first, shown, then committed as it is.

    Attributes:
        order: The order as it will be.
        refunds: Money that goes back.
        credits: Cents to add to a gift card of the order's customer, by payment method.
        restock: Pieces to put back, by variant.
        summary: The sentence shown before the customer confirms.
        done: The sentence shown after.
    """

    order: Order
    refunds: list[Refund]
    credits: dict[str, int]
    restock: dict[str, int]
    summary: str
    done: str


class Change(Noun):
    """An effect with its receipt, to be committed in one transaction.

    Attributes:
        expected_state: `fingerprint` of the order that the effect was computed from.
    """

    effect: Effect
    expected_state: str
    receipt: Receipt


class Operation(Protocol):
    """One thing that can be done; each module of this package defines these."""

    def level(self, settings: ShopSettings) -> Level:
        """The identity it asks for."""
        ...

    def parse(self, arguments: Mapping[str, Any]) -> Any:
        """Read the arguments into the operation's own model. InvalidArguments when they do not fit."""
        ...

    def decide(self, arguments: Any, context: Context) -> Decision:
        """Ask the policy. Arguments that are None are not judged."""
        ...

    def apply(self, arguments: Any, context: Context) -> Effect:
        """Compute what changes. Called with allowed arguments only. InvalidArguments where one is missing."""
        ...


A = TypeVar("A", bound=Arguments)


def parse_arguments(model: type[A], arguments: Mapping[str, Any]) -> A:
    """Read `arguments` into `model`.

    Raises:
        InvalidArguments: If one is missing, unknown, or of the wrong kind.
    """
    try:
        return model.model_validate(dict(arguments))
    except ValidationError as exc:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors())
        raise InvalidArguments(problems) from exc


def fingerprint(order: Order) -> str:
    """Name the exact state of an order; any change of the record changes it."""
    return hashlib.sha256(order.model_dump_json().encode()).hexdigest()
