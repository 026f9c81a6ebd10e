"""What the demo shop's pages read."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from shop.models import Customer, Order, Product


class ConfigView(BaseModel):
    """How the shop looks, which widget it carries, and how it writes 1234.50."""

    brand_name: str
    accent_colour: str
    widget_id: str
    currency: str
    amounts: str


class TypeView(BaseModel):
    """A kind of products."""

    product_type: str
    count: int


class ProductCard(BaseModel):
    """A product in a list."""

    product_id: str
    name: str
    brand: str
    product_type: str
    price_cents: int
    currency: str
    image_url: str
    url: str
    in_stock: bool


class ProductPage(BaseModel):
    """A page of the list; `page` counts from 1."""

    items: list[ProductCard]
    page: int
    pages: int


class PersonView(BaseModel):
    """A demo customer to sign in as."""

    customer_id: str
    name: str
    city: str


class SignInRequest(BaseModel):
    """Signs a demo customer in."""

    customer_id: str = Field(min_length=1, max_length=128)


class SessionView(BaseModel):
    """Who is signed in; None when nobody is."""

    customer: PersonView | None


class IdentityTokenView(BaseModel):
    """A short-lived token for the widget; `expires_at` in seconds since 1970."""

    identity_token: str
    expires_at: int


class ArticleLine(BaseModel):
    """A help article in a list."""

    slug: str
    title: str
    topic: str


class ArticleView(BaseModel):
    """A help article."""

    title: str
    html: str
    updated: date | None


def product_card(product: Product) -> ProductCard:
    """Shape a product for the list."""
    return ProductCard(
        product_id=product.product_id, name=product.name, brand=product.brand, product_type=product.product_type,
        price_cents=product.from_price_cents, currency=product.currency, image_url=product.image_url, url=product.url,
        in_stock=product.in_stock,
    )  # fmt: skip


def product_details(product: Product) -> dict[str, Any]:
    """Shape a product for its own page: with variants, attributes and reviews."""
    return product.model_dump(mode="json") | product_card(product).model_dump(mode="json")


def person_view(customer: Customer) -> PersonView:
    """Shape a demo customer for the sign-in list: no more than the list shows."""
    return PersonView(customer_id=customer.customer_id, name=customer.name, city=customer.address.city)


def order_details(order: Order) -> dict[str, Any]:
    """Shape an order for its own customer, without the shop's notes."""
    return order.model_dump(mode="json", exclude={"note", "customer_id"}) | {"total_cents": order.total_cents}
