"""Which goods are meant where others only stand in the words: taken back, told as a reason, in brackets, left out in a list."""

import pytest

from actions.heard import meant_words, namer
from actions.item_choice import narrowed
from actions.meant import TURN
from shop.models import Order, OrderLine, Product
from tests.actions.goods import line, order, shop_data
from tests.actions.parts import Parts
from tests.actions.test_fewer_items import Talk

PRODUCTS: dict[str, Product] = {str(product.product_id): product for product in shop_data().products}
BOX = Order.model_validate(
    order(
        "CH-1",
        "C-4",
        "delivered",
        9,
        [
            line(1, "P-11", "Fjordline Steel", 2400, {"capacity": "500 ml"}),
            line(2, "P-12", "Ombra Glow", 3100),
            line(3, "P-14", "Havre Pack", 7900, {"colour": "grey"}),
            line(4, "P-13", "Kestrel Ridge", 11500, {"size": "41"}),
        ],
        "pm-card-4a",
    )
)
LINES: list[OrderLine] = list(BOX.lines)
named = namer(LINES, PRODUCTS)
cases = pytest.mark.parametrize


@cases(
    ("said", "meant"),
    [
        (
            "I'd like to return the boots... no wait, sorry, I mean return the flask and the pack, and exchange the boots",
            "return the flask and the pack, and exchange the boots",
        ),
        (
            "I want to send the night light back, or, hmm, no, sorry: it's the backpack I want to return",
            "it's the backpack I want to return",
        ),
        ("send back the flask, oops, I meant the pack", "send back the pack"),
        ("return the flask and the boots, sorry, the pack", "return the flask, the pack"),
        ("exchange the boots for a green one, sorry, the flask", "exchange the flask for a green one"),
        ("give back the flask — or rather the pack — because it is too dim", "give back the pack — because it is too dim"),
        ("return the flask and the pack, no wait, just the pack", "return just the pack"),
        ("the flask please. No wait! The boots.", "The boots."),
    ],
)
def test_what_stands_before_a_correction_falls(said: str, meant: str) -> None:
    assert meant_words(said, named) == meant


@cases(
    "said",
    [
        "return the flask. Sorry for the trouble. And the pack",
        "return the boots, actually, also the pack",
        "return the boots. Actually, how long do I have for the pack?",
        "exchange the flask for a green one, no wait, a black one",
        "Sorry, I want to return the flask and the boots",
        "return the flask, I mean it",
        "exchange the boots for 42, wait, the boots for 43",
        "keep the flask as it is, only change the pack",
        "because the boots are too small I want to return them",
        "swap the boots since I need the pack in olive",
        "return two things (the flask and the boots)",
    ],
)
def test_what_takes_nothing_back_stays_as_it_was_said(said: str) -> None:
    assert meant_words(said, named) == said


@cases(
    ("said", "meant"),
    [
        ("return the flask and the pack, because the boots are all I use", "return the flask and the pack"),
        ("the flask and the pack should go back. None of them is for hiking boots", "the flask and the pack should go back."),
        ("return the pack (I bought it with the boots)", "return the pack"),
        ("return the flask, because the boots leave marks on it, and the pack", "return the flask , and the pack"),
        ("return the flask that came with my boots", "return the flask"),
        ("exchange the pack as it doesn't go with the boots", "exchange the pack"),
    ],
)
def test_reasons_and_brackets_add_no_goods(said: str, meant: str) -> None:
    assert meant_words(said, named) == meant


@cases(
    ("said", "left"),
    [
        ("Leave out the flask, the night light and the boots", ["L3"]),
        ("without the flask, the pack and the boots please", ["L2"]),
        ("I want to keep the night light, the pack and the flask", ["L4"]),
        ("remove flask, boots, night light", ["L3"]),
        ("not the flask, the night light or the boots", ["L3"]),
        ("not the flask, only the pack and the boots", ["L3", "L4"]),
        ("drop the flask. The pack and the boots are fine", ["L2", "L3", "L4"]),
    ],
)
def test_a_list_that_is_left_out_covers_every_member(said: str, left: list[str]) -> None:
    assert narrowed(said, BOX, PRODUCTS, ["L1", "L2", "L3", "L4"]) == left


async def returning(parts: Parts, words: str) -> Talk:
    parts.desk.sign_in("talk", "C-4")
    talk = Talk(parts, "return_items_form")
    await talk.say(words, "return_item")
    return talk


@cases(
    ("said", "ids"),
    [
        ("return the flask of CH-60003, oops, I meant the night light", ["L1"]),
        ("return the flask and the shoes. Scratch that, the backpack and the night light please", ["L1", "L3"]),
        ("I'd like to return my running shoes... no wait, sorry, I mean return the flask and the pack", ["L2", "L3"]),
        ("send back the pack and the flask of CH-60003, since neither of them goes with the night light", ["L2", "L3"]),
    ],
)
async def test_a_return_takes_only_what_is_meant(parts: Parts, said: str, ids: list[str]) -> None:
    talk = await returning(parts, said)
    assert (talk.known["order_choice"], talk.known["items_choice"]) == ("CH-60003", ids)
    assert not talk.known.get("waiting_requests")


async def with_shirts(parts: Parts) -> Talk:
    parts.desk.sign_in("talk", "C-1")
    talk = Talk(parts, "return_items_form")
    await talk.say("return the desk lamp and a shirt of CH-20003", "return_item")
    assert (talk.known["items_kept"], talk.known["items_options"]) == (["L1"], ["L2", "L3"])
    return talk


@cases(
    ("said", "intent", "ids"),
    [
        ("no, only the lamp please. None of the shirts", "deny", ["L1"]),
        ("neither, just the lamp", "inform", ["L1"]),
        ("/change_mind", "change_mind", ["L1"]),
        ("no shirt at all", "deny", ["L1"]),
        ("the black one", "inform", ["L1", "L2"]),
        ("not the black one", "inform", ["L1", "L3"]),
        ("both shirts", "inform", ["L1", "L2", "L3"]),
    ],
)
async def test_none_of_those_offered_leaves_what_was_noted(parts: Parts, said: str, intent: str, ids: list[str]) -> None:
    talk = await with_shirts(parts)
    await talk.say(said, intent, "items_choice")
    assert talk.known["items_choice"] == ids
    assert talk.known.get("form_outcome") is None


async def test_none_of_those_offered_may_drop_the_return_too(parts: Parts) -> None:
    talk = await with_shirts(parts)
    await talk.say("none of this, forget the return", "change_mind", "items_choice")
    assert talk.known["form_outcome"] == {"kind": "stopped"}


@cases(
    ("said", "ids"),
    [
        ("wrong shirt, I mean the white shirt. Also the lamp", ["L1", "L3"]),
        ("no no, I said the white shirt, plus the lamp", ["L1", "L3"]),
        ("Not the black one! I mean the white shirt… Plus the lamp", ["L1", "L3"]),
        ("also the white shirt", ["L2", "L3"]),
    ],
)
async def test_another_of_its_kind_takes_the_place_of_the_wrong_one(parts: Parts, said: str, ids: list[str]) -> None:
    parts.desk.sign_in("talk", "C-1")
    talk = Talk(parts, "return_items_form")
    await talk.say("return the black shirt of CH-20003", "return_item")
    if not talk.known.get("proposal"):
        await talk.say("back on my card", "inform", "method_choice")
    await talk.say(said, "correct_request", "confirmation")
    assert talk.known["items_choice"] == ids


@cases(
    "said",
    [
        "I changed my mind, I don't want to return it, I'd rather exchange it for the very same, just one that isn't torn",
        "Actually no return. Swap it for a new one of the same please",
        "I don't want the refund, I'd prefer it replaced by the same one",
    ],
)
async def test_a_return_is_given_up_for_an_exchange_whatever_is_heard(parts: Parts, said: str) -> None:
    talk = await returning(parts, "return the backpack of CH-60003")
    await talk.say("the mastercard", "inform", "method_choice")
    await talk.say(said, "nlu_fallback", "confirmation")
    outcome = talk.known["form_outcome"]
    assert (outcome["kind"], outcome["request"]["intent"]) == ("switched", "exchange_item")


def test_a_turn_is_seen_in_the_middle_only() -> None:
    assert TURN.search("the mug, no wait, the rug")
    assert not TURN.search("no longer the mug")
