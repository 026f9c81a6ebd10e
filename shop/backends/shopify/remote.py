"""Looking single orders up at Shopify."""

from shop.backends.shopify import queries
from shop.backends.shopify.client import ShopifyClient
from shop.backends.shopify.orders import RemoteOrder, read_order
from shop.backends.shopify.values import Json, quoted
from shop.errors import BackendUnavailable
from shop.order_ids import key_of
from shop.settings import ShopSettings


class RemoteOrders:
    """One store's orders, whoever they belong to."""

    def __init__(self, client: ShopifyClient, settings: ShopSettings) -> None:
        self._client = client
        self._settings = settings

    async def find_node(self, order_key: str) -> Json | None:
        """The order whose number has this key. Shopify looks words up, so what it finds is compared once more."""
        prefix = self._settings.order_id_prefix
        start = key_of(f"{prefix}0", prefix)
        number = order_key.removeprefix(start[:-1]) if start else order_key
        data = await self._client.read(queries.FIND_ORDERS, query=f'name:"{quoted(prefix + number)}"')
        found: list[Json] = [node for node in data["orders"]["nodes"] if key_of(node["name"], prefix) == order_key]
        return found[0] if found else None

    async def get(self, global_id: str) -> RemoteOrder:
        """The order with this global id. Unlike a search it shows a write at once."""
        data = await self._client.read(queries.GET_ORDER, id=global_id)
        if data["order"] is None:
            msg = "Shopify no longer shows an order that it just named."
            raise BackendUnavailable(msg)
        return read_order(data["order"], self._settings)

    async def read(self, order_id: str) -> RemoteOrder | None:
        """The order with this number."""
        node = await self.find_node(key_of(order_id, self._settings.order_id_prefix) or "")
        return read_order(node, self._settings) if node else None
