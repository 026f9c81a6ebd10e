"""The hard utterances mean what is there, and a model that reads perfectly may say so."""

from actions.understanding.choices import Choices, of_lines
from actions.understanding.form import read, schema
from benchmarks.understanding.cases import Case, ideal_reading, load
from shop.models import Order
from tests.actions.goods import shop_data

DATA = shop_data()
PRODUCTS = {str(product.product_id): product for product in DATA.products}


def _orders(case: Case) -> list[Order]:
    return [order for order in DATA.orders if order.customer_id == case.customer]


def test_there_are_enough_of_them_and_each_is_said_once() -> None:
    cases = load()
    assert len(cases) >= 60
    assert len({(case.customer, tuple(case.before), case.says) for case in cases}) == len(cases)


def test_each_means_an_order_items_and_versions_that_there_are() -> None:
    for case in load():
        order = next((one for one in _orders(case) if str(one.order_id) == case.order), None)
        assert (order is not None) == bool(case.order), case
        lines = {str(line.line_id): str(line.product_id) for line in order.lines} if order else {}
        assert set(case.lines) <= set(lines), case
        own = {str(one.variant_id) for line_id in case.lines for one in PRODUCTS[lines[line_id]].variants}
        assert set(case.variants) <= own, case


def test_the_ideal_reading_of_each_passes_the_check_of_readings() -> None:
    for case in load():
        lines = [line for order in _orders(case) for line in order.lines]
        items, wishes = of_lines(lines, PRODUCTS)
        choices = Choices(intents=(case.intent,), items=items, wishes=wishes)
        ideal = ideal_reading(case, case.says, schema(choices)["properties"], DATA)
        found = read(ideal, case.says, choices)
        assert found is not None, case
        assert len(found.items) == len(case.lines or [line for line in lines if case.order and line in _line_of(case)]), case


def _line_of(case: Case) -> list[object]:
    return [line for order in _orders(case) if str(order.order_id) == case.order for line in order.lines]
