"""Which items an exchange takes up, and which it leaves alone."""

import pytest

from tests.actions.calls import call, run, slots_of
from tests.actions.parts import Parts
from tests.actions.test_fewer_items import Talk


async def opened(parts: Parts, customer_id: str, words: str) -> Talk:
    parts.desk.sign_in("talk", customer_id)
    talk = Talk(parts)
    await talk.say(words, "exchange_item")
    return talk


def chosen(talk: Talk) -> dict[str, str]:
    found: dict[str, str] = talk.known["swaps"]["chosen"]
    return found


@pytest.mark.parametrize(
    "words",
    [
        "exchange the lamp in CH-20003 for brass, the shirts are fine",
        "exchange the lamp in CH-20003 for brass. I love the shirts!",
        "I got a lamp and two shirts in CH-20003, I'd like the lamp in brass",
        "my order CH-20003 had a lamp and shirts. the lamp I want in brass",
        "everything in CH-20003 came fine but I want the lamp in brass",
        "exchange the lamp for brass in CH-20003, I don't want to exchange the shirts",
        "exchange the lamp for brass from CH-20003 and keep both shirts",
        "exchange the lamp in CH-20003 for brass, the black shirt and the white shirt are fine",
        "in CH-20003 the lamp should be brass so that it goes with my white shirt",
    ],
)
async def test_items_that_are_only_told_of_are_left_alone(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-1", words)
    assert talk.known["swaps"]["line_ids"] == ["L1"]
    assert chosen(talk) == {"L1": "P-4-2"}


@pytest.mark.parametrize(
    ("words", "line_id"),
    [
        ("exchange a shirt of CH-20003 for the white one", "L2"),
        ("I want the tee in CH-20003 to be white", "L2"),
        ("exchange one of the shirts of CH-20003 for the black one", "L3"),
        ("the white tee of CH-20003 should be black like the other one", "L3"),
    ],
)
async def test_of_several_alike_the_one_that_is_not_so_already_is_meant(parts: Parts, words: str, line_id: str) -> None:
    talk = await opened(parts, "C-1", words)
    assert talk.known["swaps"]["line_ids"] == [line_id]


@pytest.mark.parametrize("words", ["exchange the shirt of CH-20003 for another colour", "swap a tee of CH-20003 for another colour"])
@pytest.mark.parametrize(("answer", "line_id", "variant_id"), [("the black one", "L2", "P-6-3"), ("the white one", "L3", "P-6-1")])
async def test_which_of_several_alike_is_asked_and_the_wish_is_kept(
    parts: Parts, words: str, answer: str, line_id: str, variant_id: str
) -> None:
    talk = await opened(parts, "C-1", words)
    assert talk.known["swaps"]["asked"]["lines"] == ["L2", "L3"]
    assert talk.known.get("items_choice") is None
    await talk.say(answer, "inform", "items_choice")
    assert chosen(talk) == {line_id: variant_id}


async def test_both_of_several_alike_are_taken_where_both_are_said(parts: Parts) -> None:
    talk = await opened(parts, "C-1", "exchange the shirt of CH-20003 for another colour")
    await talk.say("both of them", "inform", "items_choice")
    assert chosen(talk) == {"L2": "P-6-3", "L3": "P-6-1"}


@pytest.mark.parametrize(
    ("words", "order_id", "variant_id"),
    [
        ("make the flask from CH-60003 like the one in my other order", "CH-60003", "P-11-1"),
        ("exchange the black flask for the same as in order CH-60001", "CH-60003", "P-11-1"),
        ("exchange the flask in CH-60003 for the one I got in order CH-60001", "CH-60003", "P-11-1"),
        ("the flask in CH-60001 should be like the one I got in CH-60003", "CH-60001", "P-11-4"),
        ("i want the pack of CH-60002 exactly as in my delivered order", "CH-60002", "P-14-1"),
        ("exchange the backpack for the same item as in my other order", "CH-60003", "P-14-2"),
    ],
)
async def test_a_piece_of_another_order_is_the_model_and_its_order_stays_as_it_is(
    parts: Parts, words: str, order_id: str, variant_id: str
) -> None:
    talk = await opened(parts, "C-4", words)
    assert talk.known["order_choice"] == order_id
    assert list(chosen(talk).values()) == [variant_id]


@pytest.mark.parametrize(
    "words", ["exchange item P-12-4 for item P-12-8", "swap P-12-4 for P-12-8 please", "in CH-60003 change the article P-12-4 to P-12-8"]
)
async def test_items_and_versions_go_by_number(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-4", words)
    assert (talk.known["order_choice"], chosen(talk)) == ("CH-60003", {"L1": "P-12-8"})


@pytest.mark.parametrize(
    "words",
    [
        "make the flask from CH-60003 like the one in my other order",
        "exchange the flask of CH-60003 for 1 l black, else 500 ml black, else leave it",
        "exchange the night light of CH-60003 for the same one with low brightness",
    ],
)
async def test_words_for_a_version_choose_no_way_to_pay(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-4", words)
    assert talk.known.get("proposal") is None
    assert talk.known.get("method_choice") is None


@pytest.mark.parametrize(
    "words", ["exchange the black flask for the same as in order CH-60001", "exchange the black flask for the one I got in order CH-60001"]
)
async def test_a_number_that_nlu_found_in_the_model_is_not_the_order(parts: Parts, words: str) -> None:
    parts.desk.sign_in("talk", "C-4")
    found = {"entity": "order_id", "value": "CH-60001", "start": words.index("CH"), "end": words.index("CH") + 8}
    _, events = await run(parts.services, call("validate_exchange_items_form", words, "exchange_item", entities=[found]))
    assert slots_of(events)["order_choice"] == "CH-60003"


async def test_a_pressed_method_is_taken(parts: Parts) -> None:
    talk = await opened(parts, "C-4", "exchange the night light of CH-60003 for the bright one on mains")
    pressed = call(
        "validate_exchange_items_form",
        "/inform",
        "inform",
        {**talk.known, "requested_slot": "method_choice"},
        form="exchange_items_form",
        entities=[{"entity": "payment_method", "value": "pm-paypal-4"}],
    )
    _, events = await run(parts.services, pressed)
    assert slots_of(events)["proposal"]["arguments"]["payment_method_id"] == "pm-paypal-4"
