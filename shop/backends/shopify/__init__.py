"""The shop in Shopify, by its Admin GraphQL API; proposals, receipts and audit in a database beside it."""

from urllib.parse import urlsplit

from shop.backends.shopify.backend import ShopifyBackend
from shop.backends.shopify.client import ShopifyClient
from shop.backends.sql.database import Database
from shop.settings import ShopSettings

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def create(settings: ShopSettings) -> ShopifyBackend:
    """Build the back end. Nothing is opened before its first use.

    Raises:
        ValueError: If the store's address or its token is missing, or if the token would go over the net in the clear.
    """
    address = urlsplit(settings.url)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in _LOOPBACK):
        msg = f"No store at {settings.url!r}. Set COUNTERHAND_SHOP_URL=https://your-store.myshopify.com."
        raise ValueError(msg)
    if not settings.api_token:
        msg = "COUNTERHAND_SHOP=shopify needs COUNTERHAND_SHOP_TOKEN, the access token of a custom app of the store."
        raise ValueError(msg)
    client = ShopifyClient(settings.url, settings.api_token.get_secret_value(), settings.api_version)
    return ShopifyBackend(client, Database(settings.ledger_url), settings)
