"""What an operation is, and what it hands to the back end."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shop.errors import InvalidArguments
from shop.models import Customer, Decision, Level, Order, PaymentKind, PaymentMethod, Product, Receipt, Terms
from shop.settings import ShopSettings


class Arguments(BaseModel):
    """The arguments of an operation; `None` where not given yet. Unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OrderArguments(Arguments):
    """The arguments of an operation on an order."""

    order_id: str


@dataclass(frozen=True)
class Context:
    """What a policy may look at where an order is concerned.

    Attributes:
        order: As it stands now.
        methods: The payment methods that this actor may use.
        settings: The figures in the rules.
        now: UTC.
        products: Those of the order's lines that the shop still has, by id.
    """

    order: Order
    methods: Sequence[PaymentMethod]
    settings: ShopSettings
    now: datetime
    products: Mapping[str, Product] = field(default_factory=dict)

    def find_method(self, payment_method_id: str | None) -> PaymentMethod | None:
        """The method with this id, if the actor may use it."""
        return next((m for m in self.methods if m.payment_method_id == payment_method_id), None)

    def label_of(self, payment_method_id: str) -> str:
        """The words a customer knows a method by."""
        method = self.find_method(payment_method_id)
        return method.label if method else "original payment method"

    def is_gift_card(self, payment_method_id: str) -> bool:
        """Whether money moves on it at once."""
        method = self.find_method(payment_method_id)
        return method is not None and method.kind is PaymentKind.GIFT_CARD


@dataclass(frozen=True)
class AccountContext:
    """What a policy may look at where an account is concerned.

    Attributes:
        customer: As they stand now.
        settings: The figures in the rules.
        now: UTC.
    """

    customer: Customer
    settings: ShopSettings
    now: datetime


class Effect(Terms):
    """What an operation changes besides the proposal: computed first, shown, then committed as it is.

    Attributes:
        order: The order as it will be; None where an account is changed.
        customer: The customer as they will be, where an account is changed. Payment methods are not written.
        balances: Cents that gift cards of the order's customer gain, or lose where negative, by payment method.
        stock: Pieces that the shop gains, or loses where negative, by variant.
        summary: The sentence shown before the customer confirms.
        done: The sentence shown after.
    """

    order: Order | None = None
    customer: Customer | None = None
    balances: dict[str, int] = Field(default={})
    stock: dict[str, int] = Field(default={})
    summary: str
    done: str

    @property
    def terms(self) -> Terms:
        """The figures alone."""
        return Terms.model_validate({name: getattr(self, name) for name in Terms.model_fields})


class Change(BaseModel):
    """An effect with its receipt, to be committed in one transaction.

    Attributes:
        expected_state: `fingerprint` of the order, or of the customer, that the effect was computed from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    effect: Effect
    expected_state: str
    receipt: Receipt


class Operation(Protocol):
    """One thing that can be done; each module of this package defines one."""

    @property
    def arguments(self) -> type[Arguments]:
        """The model of its arguments; one of `OrderArguments` where it is about an order."""
        ...

    def level(self, settings: ShopSettings) -> Level:
        """The identity it asks for."""
        ...

    def decide(self, arguments: Any, context: Any) -> Decision:
        """Ask the policy. Arguments that are None are not judged."""
        ...

    def apply(self, arguments: Any, context: Any) -> Effect:
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


def fingerprint(record: Order | Customer) -> str:
    """Name the exact state of an order, or of an account; any change of the record changes it. Balances are no part of an account."""
    left_out = {"payment_methods"} if isinstance(record, Customer) else set()
    return hashlib.sha256(record.model_dump_json(exclude=left_out).encode()).hexdigest()
