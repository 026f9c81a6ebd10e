"""Addresses as arguments: clean, and of a length that a parcel label holds."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, field_validator

from shop.changes.base import Arguments
from shop.errors import InvalidArguments
from shop.models import Address


def _one_line(value: object) -> object:
    # Line breaks and the odd blanks of phones' keyboards are blanks.
    return " ".join(value.split()) if isinstance(value, str) else value


_Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=120)]


class NewAddress(Address):
    """An address that a customer gave: its blanks are made single ones, characters that cannot be printed are refused."""

    line1: Annotated[_Line, StringConstraints(min_length=1)]
    line2: _Line = ""
    city: Annotated[_Line, StringConstraints(min_length=1)]
    region: _Line = ""
    postal_code: Annotated[_Line, StringConstraints(min_length=1)]

    @field_validator("line1", "line2", "city", "region", "postal_code")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not text.isprintable():
            msg = "text that can be printed is expected"
            raise ValueError(msg)
        return text

    def record(self) -> Address:
        """The address as the shop keeps it."""
        return Address.model_validate(self.model_dump())


class AddressArguments(Arguments):
    """Where to."""

    address: NewAddress | None = None

    @property
    def record(self) -> Address | None:
        """The new address as the shop keeps it."""
        return self.address.record() if self.address else None

    def needed(self) -> Address:
        """The new address.

        Raises:
            InvalidArguments: If it is missing.
        """
        if self.address is None:
            msg = "address is needed: line1, city, postal_code and country at least."
            raise InvalidArguments(msg)
        return self.address.record()
