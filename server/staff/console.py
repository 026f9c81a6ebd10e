"""What the console's routes are given."""

from dataclasses import dataclass

from server.events.base import EventBus
from server.handover.agents import HandoverService
from server.handover.desk import Desk
from server.settings import Settings
from server.staff.panel import Identity
from server.staff.service import StaffService
from server.storage.engine import Database
from shop.errors import ShopError
from shop.operations import Shop


@dataclass(frozen=True)
class Console:
    """Built once by `server/app.py`."""

    settings: Settings
    database: Database
    bus: EventBus
    shop: Shop
    identity: Identity
    desk: Desk
    staff: StaffService
    handover: HandoverService


def create(settings: Settings, database: Database, bus: EventBus, shop: Shop, identity: Identity) -> Console:
    """Build the console's services from the app's parts.

    Raises:
        Misconfigured: If the opening hours cannot be read.
    """
    desk = Desk.from_settings(settings)

    async def find_email(customer_id: str) -> str | None:
        try:
            customer = await shop.find_customer(customer_id)
        except ShopError:
            return None  # the reply is in the conversation; the e-mail is a courtesy
        return customer.email if customer else None

    handover = HandoverService(database, desk, find_email, bus.is_heard)
    staff = StaffService(database, settings.session_secret, settings.brand_name)
    return Console(settings, database, bus, shop, identity, desk, staff, handover)
