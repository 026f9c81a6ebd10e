"""The catalogue in memory: found by filter, with the stock of this moment.

The products are read again only when they were written, the stock only when it moved; a cheap look at the back end's
two counters tells. So several processes agree, and 20,000 products are not read for every question.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from shop.backends.base import CatalogueVersion, ShopBackend
from shop.errors import ProductNotFound
from shop.filtering import SearchText, ranked
from shop.models import Product, ProductFilter, ProductId, Variant, VariantId


class Catalogue:
    """All products, live."""

    def __init__(self, backend: ShopBackend) -> None:
        self._backend = backend
        self._version: CatalogueVersion | None = None
        self._products: dict[str, Product] = {}
        self._texts: dict[str, SearchText] = {}
        self._owners: dict[VariantId, str] = {}
        self._refreshing = asyncio.Lock()

    async def get_product(self, product_id: str) -> Product:
        """The product with this id.

        Raises:
            ProductNotFound: If there is none.
        """
        await self._refresh()
        try:
            return self._products[product_id]
        except KeyError:
            raise ProductNotFound(product_id) from None

    async def list_products(self, query: ProductFilter, limit: int, offset: int) -> list[Product]:
        """A page of the products that the filter leaves; those whose name holds the words come first."""
        await self._refresh()
        return list(ranked(self._candidates(query), query))[offset : offset + limit]

    async def find_products(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Those of these products that there are, by id."""
        await self._refresh()
        return {product_id: self._products[product_id] for product_id in product_ids if product_id in self._products}

    async def find_product_by_name(self, name: str) -> Product | None:
        """The only product with this name, whatever its case."""
        await self._refresh()
        wanted = " ".join(name.casefold().split())
        found = [product for product in self._products.values() if product.name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    async def find_variant(self, variant_id: str) -> tuple[Product, Variant] | None:
        """The variant with this id, and its product."""
        await self._refresh()
        product = self._products.get(self._owners.get(VariantId(variant_id), ""))
        variant = product.find_variant(variant_id) if product else None
        return (product, variant) if product and variant else None

    async def list_product_types(self) -> dict[str, list[ProductId]]:
        """The types by name, each with its products in the order of the catalogue."""
        await self._refresh()
        types: dict[str, list[ProductId]] = {}
        for product in self._products.values():
            types.setdefault(product.product_type, []).append(product.product_id)
        return dict(sorted(types.items(), key=lambda each: each[0].casefold()))

    def _candidates(self, query: ProductFilter) -> Iterator[tuple[Product, SearchText]]:
        for product_id, product in self._products.items():
            if query.product_ids is None or product_id in query.product_ids:
                yield product, self._texts[product_id]

    async def _refresh(self) -> None:
        async with self._refreshing:
            version = await self._backend.get_catalogue_version()
            if self._version is None or version.products != self._version.products:
                self._keep(await self._backend.list_products())
            elif version.stock != self._version.stock:
                self._restock(await self._backend.list_moved_stock(self._version.stock))
            self._version = version

    def _keep(self, products: Sequence[Product]) -> None:
        self._products = {product.product_id: product for product in products}
        self._texts = {product.product_id: SearchText.of(product) for product in products}
        self._owners = {variant.variant_id: product.product_id for product in products for variant in product.variants}

    def _restock(self, moved: dict[VariantId, int | None]) -> None:
        for product_id in {self._owners[variant_id] for variant_id in moved}:
            product = self._products[product_id]
            variants = [v.model_copy(update={"stock": moved.get(v.variant_id, v.stock)}) for v in product.variants]
            self._products[product_id] = product.model_copy(update={"variants": variants})
