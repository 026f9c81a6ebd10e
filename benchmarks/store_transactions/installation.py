"""A prepared installation: the data's shop in our format, its settings, and its customers put back as they were."""

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

import shop as shop_package
from benchmarks.store_transactions.source import NoData
from server.settings import Settings
from shop.backends.sql import records
from shop.backends.sql import tables as t
from shop.backends.sql.database import Database
from shop.models import ShopData
from shop.operations import Shop
from shop.order_ids import key_of
from shop.transfer import import_shop, read_shop

SHOP, RULES, SETTINGS, SOURCE, ARTICLES, PLAYS = "shop", "rules.json", "settings.env", "source.json", "articles", "plays"


@dataclass(frozen=True)
class Installation:
    """What `prepare` made, all of it in one folder.

    Attributes:
        data: The folder of the data set.
        env: The installation's settings, as environment variables.
    """

    folder: Path
    data: Path
    env: Mapping[str, str]

    @property
    def plays(self) -> Path:
        """Where plays are kept."""
        return self.folder / PLAYS

    def settings(self) -> Settings:
        """The settings that the server runs with."""
        given = {name.removeprefix("COUNTERHAND_").lower(): value for name, value in self.env.items()}
        return Settings.model_validate(given)

    def read_shop(self) -> ShopData:
        """The shop as it is before anybody plays."""
        return read_shop(self.folder / SHOP)

    def open_shop(self) -> Shop:
        """The shop of the running server."""
        return shop_package.create(self.settings().shop_settings())

    async def reload(self) -> None:
        """Put the whole shop back as it was, in one transaction: what `counterhand shop import --replace` does."""
        shop = self.open_shop()
        try:
            await import_shop(shop, self.folder / SHOP, replace=True)
        finally:
            await shop.close()

    async def restore(self, data: ShopData, customer_id: str) -> None:
        """Put one customer's account and orders back as they were, in one transaction, so that others can play meanwhile."""
        settings = self.settings().shop_settings()
        database = Database(settings.url)
        try:
            async with database.write() as db:
                await _restore(db, data, customer_id, settings.order_id_prefix)
        finally:
            await database.close()


def open_installation(folder: Path) -> Installation:
    """The installation that `prepare` made in `folder`.

    Raises:
        NoData: If there is none.
    """
    try:
        source = json.loads((folder / SOURCE).read_text("utf8"))
        env = read_env((folder / SETTINGS).read_text("utf8"))
    except OSError as exc:
        raise NoData(f"Nothing is prepared in {str(folder)!r}. Run: python -m benchmarks.store_transactions prepare DATA OUT") from exc
    # What the environment says comes first, so that a second server can run on other ports.
    return Installation(folder, Path(source["data"]), env | {k: v for k, v in os.environ.items() if k.startswith("COUNTERHAND_")})


def write_env(env: Mapping[str, str]) -> str:
    """Settings as a file that a shell reads (`set -a; . settings.env`)."""
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in env.items())


def read_env(text: str) -> dict[str, str]:
    """Settings from such a file."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


async def _restore(db: AsyncConnection, data: ShopData, customer_id: str, prefix: str) -> None:
    customer = next(one for one in data.customers if one.customer_id == customer_id)
    orders = [order for order in data.orders if order.customer_id == customer_id]
    position = await db.scalar(select(t.customers.c.position).where(t.customers.c.customer_id == customer_id))
    for table in (t.orders, t.payment_methods, t.customers):
        await db.execute(delete(table).where(table.c.customer_id == customer_id))
    await db.execute(insert(t.customers), [records.customer_row(customer, int(position or 0))])
    await db.execute(insert(t.payment_methods), list(records.method_rows(customer)))
    await db.execute(insert(t.orders), [records.order_row(order, key_of(order.order_id, prefix) or "") for order in orders])
