"""When money is back with a customer."""

from datetime import datetime, timedelta

_SATURDAY = 5


def add_business_days(moment: datetime, days: int) -> datetime:
    """Count business days, Monday to Friday, forward from `moment`. Public holidays are not known here.

    Args:
        moment: Where to count from; a day of a weekend counts from the Monday behind it.
        days: At least 0.
    """
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() < _SATURDAY
    return moment
