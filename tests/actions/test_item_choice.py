import pytest

from actions.item_choice import kept_words, narrowed, spread
from actions.turn import Request
from shop.models import Order, Product
from tests.actions.goods import BLACK_TEE, KEYBOARD, LAMP, PRODUCTS, REST, WHITE_TEE, order

GOODS = {one["product_id"]: Product.model_validate(one | {"description": one["description"]}) for one in PRODUCTS}
DELIVERED = Order.model_validate(order("CH-50001", "C-1", "delivered", 9, [LAMP, BLACK_TEE, WHITE_TEE], "pm-card-1"))
OTHER = Order.model_validate(order("CH-50002", "C-1", "delivered", 5, [KEYBOARD, REST], "pm-card-1"))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("just the lamp", ["L1"]),
        ("only the white shirt please", ["L3"]),
        ("not the lamp", ["L2", "L3"]),
        ("without the black one", ["L1", "L3"]),
        ("keep the white shirt", ["L1", "L2"]),
        ("leave out the lamp", ["L2", "L3"]),
        ("yes", None),
        ("only everything", None),
    ],
)
def test_fewer_of_the_chosen_are_left(said: str, left: list[str] | None) -> None:
    assert narrowed(said, DELIVERED, GOODS, ["L1", "L2", "L3"]) == left


def test_the_only_item_is_never_taken_out() -> None:
    assert narrowed("not the lamp", DELIVERED, GOODS, ["L1"]) is None


def _named(said: str, *orders: Order) -> dict[str, list[str]]:
    return {str(one.order_id): [wish.line_id for wish in wishes] for one, wishes in spread(Request("", said), orders, GOODS)}


def test_items_of_two_orders_are_shared_out() -> None:
    assert _named("return the lamp and the keyboard", DELIVERED, OTHER) == {"CH-50001": ["L1"], "CH-50002": ["L1"]}
    three = _named("send back the palm rest, the lamp and the white shirt", DELIVERED, OTHER)
    assert three == {"CH-50001": ["L1", "L3"], "CH-50002": ["L2"]}


def test_everything_of_all_orders_is_all_of_them() -> None:
    assert _named("return everything from both orders", DELIVERED, OTHER) == {"CH-50001": ["L1", "L2", "L3"], "CH-50002": ["L1", "L2"]}


@pytest.mark.parametrize("said", ["return the lamp", "return everything", "return the lamp and the keyboard from CH-50001", "send it back"])
def test_what_one_order_holds_is_not_shared_out(said: str) -> None:
    assert _named(said, DELIVERED, OTHER) == {}


def test_the_same_product_in_two_orders_is_left_open() -> None:
    twin = DELIVERED.model_copy(update={"order_id": "CH-50003"})
    assert _named("return the lamp", DELIVERED, twin) == {}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("No, leave out the lamp. Only the black shirt.", ["L2"]),
        ("Wait, I've changed my mind. Can you just exchange the lamp and forget about the black shirt?", ["L1"]),
        ("Please do just the lamp then. I'll keep the black shirt.", ["L1"]),
        ("actually I changed my mind: only exchange the lamp, not the black shirt", ["L1"]),
        ("Leave the lamp, I only want the black shirt", ["L2"]),
        ("don't exchange the lamp", ["L2"]),
        ("the lamp can stay as it is", ["L2"]),
        ("the lamp instead of the black shirt", ["L1"]),
        ("not only the lamp", None),
        ("in black, not in white", None),
        ("the black one is fine", None),
        ("keep the same size", None),
        ("a green one, not white", None),
        ("make the lamp brass and not white", None),
        ("the lamp in brass instead of the white one", None),
        ("don't forget the lamp", None),
        ("can you just make the lamp brass", None),
        ("leave out the flask", None),
        ("is that all?", None),
        ("Only the lamp and the black shirt please", None),
    ],
)
def test_words_that_take_an_item_out_beside_what_they_keep(said: str, left: list[str] | None) -> None:
    assert narrowed(said, DELIVERED, GOODS, ["L1", "L2"]) == left


def test_what_is_taken_out_is_not_spoken_of() -> None:
    assert "bottle" not in kept_words("Only the lamp, not the bottle.")
    assert kept_words("the lamp and the bottle") == "the lamp and the bottle"
