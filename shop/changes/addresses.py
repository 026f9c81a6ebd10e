"""Addresses as arguments: clean, and of a length that a parcel label holds."""

from typing import Annotated

from pydantic import StringConstraints, field_validator

from shop.models import Address

_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class NewAddress(Address):
    """An address that a customer gave: blanks around its parts are taken off, control characters are refused."""

    line1: Annotated[_Line, StringConstraints(min_length=1)]
    line2: _Line = ""
    city: Annotated[_Line, StringConstraints(min_length=1)]
    region: _Line = ""
    postal_code: Annotated[_Line, StringConstraints(min_length=1)]

    @field_validator("line1", "line2", "city", "region", "postal_code")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not text.isprintable():
            msg = "one line of text is expected"
            raise ValueError(msg)
        return text

    def record(self) -> Address:
        """The address as the shop keeps it."""
        return Address.model_validate(self.model_dump())
