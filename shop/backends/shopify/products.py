"""Shopify's products as ours."""

import re
from datetime import UTC, datetime
from typing import Final

from shop.backends.base import CatalogueVersion
from shop.backends.shopify.values import Json, cents, moment, tail
from shop.models import Product, ProductId, Variant, VariantId

_TAG: Final = re.compile(r"<[^>]*>")
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_version(data: Json) -> CatalogueVersion:
    """Read what `queries.CATALOGUE_VERSION` gives: an order that moves stock counts as a change of its products in Shopify."""
    latest = [moment(node["updatedAt"]) or _START for node in data["products"]["nodes"]]
    changed = int((max(latest, default=_START) - _START).total_seconds())
    return CatalogueVersion(products=changed * 100_000 + data["productsCount"]["count"], stock=0)


def read_product(node: Json, currency: str) -> Product:
    """Read one product of what `queries.LIST_PRODUCTS` gives."""
    picture = ((node["featuredMedia"] or {}).get("preview") or {}).get("image") or {}
    return Product(
        product_id=ProductId(tail(node["id"])),
        name=node["title"] or "-",
        product_type=node["productType"] or "other",
        brand=node["vendor"] or "-",
        description=" ".join(_TAG.sub(" ", node["description"]).split()),
        currency=currency,
        keywords=list(node["tags"]),
        variants=[_variant(each) for each in node["variants"]["nodes"]],
        image_url=picture.get("url") or "",
        url=node["onlineStoreUrl"] or "",
    )


def _variant(node: Json) -> Variant:
    options = {each["name"].lower(): each["value"] for each in node["selectedOptions"] if each["name"] != "Title"}
    return Variant(variant_id=VariantId(tail(node["id"])), options=options, price_cents=cents(node["price"]), stock=_stock(node))


def _stock(node: Json) -> int | None:
    """Pieces; 0 where it cannot be bought; None where it can be bought and pieces are not counted, or are sold beyond their number."""
    if not node["availableForSale"]:
        return 0
    if not node["inventoryItem"]["tracked"] or node["inventoryPolicy"] == "CONTINUE":
        return None
    return max(node["inventoryQuantity"] or 0, 0)
