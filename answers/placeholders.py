"""Values of records stand in the prompt as placeholders, and are filled in from the records after the model has written.

So a price, a date, a stock count or an id of a record never passes through the model: it can only say which one goes where, and the
verifier then reads the filled sentence like any other.
"""

from __future__ import annotations

import re

from answers.evidence import Evidence
from answers.units import Kind, Unit

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CURRENCY = r"(?:€|\$|£|\b(?:EUR|USD|GBP|CHF)\b)"
_NUMBER = r"\d(?:[\d.,:/]*\d)?"
_VALUE = re.compile(
    rf"(?P<date>\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.?\s{_MONTH}(?:\s\d{{4}})?\b|\b{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?\b)"
    rf"|(?P<money>{_CURRENCY}\s?{_NUMBER}|(?<![\w-]){_NUMBER}\s?{_CURRENCY})"
    r"|(?P<id>#\w*\d[\w-]*|\b[A-Z]{2,}-?\d[\w-]*)"
    rf"|(?P<number>(?<![\w-]){_NUMBER}(?![\w-]))",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_RECORDS = (Kind.FACT, Kind.RECEIPT)


class Placeholders:
    """The values of one answer's records, each under a name such as `money1`."""

    def __init__(self, evidence: Evidence) -> None:
        """Number the values of facts and receipts; equal ones share a name. The same evidence always gives the same names."""
        self._names: dict[str, str] = {}
        for unit in evidence.units:
            if unit.kind in _RECORDS:
                for match in _VALUE.finditer(unit.text):
                    self._names.setdefault(match.group(0), f"{match.lastgroup}{len(self._names) + 1}")
        self._values = {name: value for value, name in self._names.items()}

    def show(self, unit: Unit) -> str:
        """Give a unit's text as the prompt shows it: a record's line with placeholders for its values."""
        if unit.kind not in _RECORDS:
            return unit.text
        return _VALUE.sub(lambda match: f"{{{{{self._names[match.group(0)]}}}}}", unit.text)

    def fill(self, text: str) -> str:
        """Put the values for placeholders; one that no record has stays, and the verifier refuses it as markup."""
        return _SLOT.sub(lambda match: self._values.get(match.group(1), match.group(0)), text)
