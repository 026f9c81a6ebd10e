"""A whole shop as JSON files: products.json, customers.json, orders.json in one folder.

Each file is a list of records of the models in `shop/models.py`; `write_schema` gives their JSON Schema. An import is refused as a
whole, with every problem named as file, record and reason; nothing of a refused import is written.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from shop.coherence import find_problems
from shop.errors import InvalidShopData
from shop.models import Customer, Order, Product, ShopData
from shop.operations import Shop

N = TypeVar("N", bound=BaseModel)
Problems = list[str]

_MODELS: dict[str, type[BaseModel]] = {"products.json": Product, "customers.json": Customer, "orders.json": Order}


async def import_shop(shop: Shop, directory: Path, *, replace: bool = False) -> ShopData:
    """Read and check a folder, and write all of it in one transaction.

    Args:
        shop: Where to write.
        directory: Has the three files.
        replace: Take the place of what is there; otherwise ids that are taken are refused.

    Raises:
        InvalidShopData: With every problem as "file: record: reason". Nothing is written then.
    """
    data = read_shop(directory)
    # What is imported beside an existing shop may refer to it.
    problems = find_problems(data, ShopData(products=[], customers=[], orders=[]) if replace else await shop.dump(), shop.settings)
    _refuse(problems)
    await shop.load(data, replace=replace)
    return data


async def export_shop(shop: Shop, directory: Path) -> ShopData:
    """Write the whole shop of one moment into a folder, made if missing; files there are replaced."""
    data = await shop.dump()
    write_shop(data, directory)
    return data


def write_shop(data: ShopData, directory: Path) -> None:
    """Write a shop's three files."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, records in (("products.json", data.products), ("customers.json", data.customers), ("orders.json", data.orders)):
        listed = [record.model_dump(mode="json", exclude_defaults=True) for record in records]
        (directory / name).write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_shop(directory: Path) -> ShopData:
    """Read a shop's three files, each record by its model.

    Raises:
        InvalidShopData: If a file or record cannot be read.
    """
    problems: Problems = []
    data = ShopData(
        products=_read(directory, "products.json", Product, lambda r: r.get("product_id"), problems),
        customers=_read(directory, "customers.json", Customer, lambda r: r.get("customer_id"), problems),
        orders=_read(directory, "orders.json", Order, lambda r: r.get("order_id"), problems),
    )
    _refuse(problems)
    return data


def write_schema(directory: Path) -> list[Path]:
    """Write the JSON Schema of each file, and say where."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in _MODELS.items():
        path = directory / name.replace(".json", ".schema.json")
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **TypeAdapter(list[model]).json_schema()}  # type: ignore[valid-type]
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _read(directory: Path, name: str, model: type[N], id_of: Callable[[dict[str, Any]], Any], problems: Problems) -> list[N]:
    try:
        records = json.loads((directory / name).read_bytes())
    except FileNotFoundError:
        problems.append(f"{name}: the file is missing in {str(directory)!r}")
        return []
    except (OSError, ValueError) as exc:
        problems.append(f"{name}: not readable as JSON: {exc}")
        return []
    if not isinstance(records, list):
        problems.append(f"{name}: a list of records is expected, not {type(records).__name__}")
        return []
    return list(_validated(name, records, model, id_of, problems))


def _validated(
    name: str, records: Iterable[Any], model: type[N], id_of: Callable[[dict[str, Any]], Any], problems: Problems
) -> Iterator[N]:
    for number, record in enumerate(records, 1):
        called = (id_of(record) if isinstance(record, dict) else None) or f"record {number}"
        try:
            yield model.model_validate_json(json.dumps(record))
        except ValidationError as exc:
            problems.extend(f"{name}: {called}: {_where(error['loc'])}{error['msg']}" for error in exc.errors())


def _where(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") + ": " if location else ""


def _refuse(problems: Problems) -> None:
    if problems:
        raise InvalidShopData(problems)
