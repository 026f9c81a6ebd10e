"""Where nothing with all else equal has more: what has, an end with nothing changed, and the very same again only where it is asked for."""

import pytest

from actions.variants import Outcome, choose_variant, question_words, variant_titles
from tests.actions.parts import Parts
from tests.actions.test_best_price import opened
from tests.actions.versions import line, made

MOST_ZOOM = "exchange my scope for the one with the maximum zoom, everything else the same"


@pytest.mark.parametrize(
    "words",
    [MOST_ZOOM, "swap the scope for one with the most zoom, all else unchanged", "my scope for the highest zoom, the rest the same"],
)
async def test_what_has_more_is_offered_the_most_first_where_none_is_otherwise_the_same(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", words)
    asked = talk.known["swaps"]["open"]["L1"]
    assert asked["said"].startswith("No Larkmoor Scout with 65 mm and hard case has more zoom than yours.")
    assert asked["variants"] == ["P-17-4", "P-17-3", "P-17-6"]


@pytest.mark.parametrize(
    "words",
    [
        "Mine is 20x, that's the LEAST zoom you have! I want 65 mm and hard case like mine but with more zoom. Have you got one or not?",
        "65 mm and a hard case like mine, but more zoom",
        "more zoom, and lens and cover must stay the same",
    ],
)
async def test_what_has_no_more_is_not_offered_for_more(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", MOST_ZOOM)
    await talk.say(words, "inform", "variant_choice")
    assert set(talk.known["swaps"]["open"]["L1"]["variants"]) == {"P-17-3", "P-17-4", "P-17-6"}


@pytest.mark.parametrize(
    "words",
    [
        "No, none of those, I said everything else must be the same. If you can't do that, leave it. Useless.",
        "80 mm isn't the same. Leave it then. Bye.",
        "I nearly took the 45x one... but no, lens and cover have to be the same as mine. Then I'll leave it, thank you",
        "if there is none with all else the same then keep mine",
    ],
)
async def test_who_leaves_it_ends_the_exchange(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", MOST_ZOOM)
    await talk.say(words, "inform", "variant_choice")
    assert talk.known["form_outcome"] == {"kind": "stopped"}
    assert talk.known.get("proposal") is None


@pytest.mark.parametrize("words", ["the 45x one, if that's gone leave it", "30x with the 65 mm lens, otherwise leave it"])
async def test_who_would_only_leave_it_otherwise_gets_what_is_there(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", MOST_ZOOM)
    await talk.say(words, "inform", "variant_choice")
    assert talk.known["swaps"]["chosen"]["L1"] in {"P-17-3", "P-17-4"}


@pytest.mark.parametrize(
    "words",
    [
        "exchange my hammock for the same item, the very same hammock, just not broken",
        "I'd rather exchange it for the same item, the very same hammock, it came with broken pieces",
        "swap the hammock for an identical one please, mine is torn",
    ],
)
async def test_the_very_same_is_proposed_at_once_where_it_is_asked_for(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", words)
    assert talk.changes() == {"L1": "P-15-7"}


@pytest.mark.parametrize(
    "words",
    [
        "Same seal as the other travel speaker I bought. The cheapest speaker from the rest of that order.",
        "I want it to become the same as the cheapest of those two",
        "like the cheaper of the other two speakers in that order",
    ],
)
async def test_other_pieces_of_ones_own_are_models_and_stay(parts: Parts, words: str) -> None:
    talk = await opened(parts, "C-5", "please exchange my waterproof speaker of CH-70004")
    await talk.say(words, "inform", "variant_choice")
    assert talk.changes() == {"L3": "P-18-1"}


LANTERN = made(
    "Arbel Glow", "camping lantern", {"light level": ["dim", "medium", "bright"], "fuel": ["gas", "solar", "crank"]},
    gone=({"light level": "dim", "fuel": "gas"},),
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "less bright, preferably on gas, or else solar, or else crank if that's all there is",
        "mine is medium, I want it dim, gas if there is one, otherwise solar, otherwise crank",
        "a dimmer one, ideally gas, else solar, else crank",
    ],
)
def test_likings_are_tried_in_turn_and_less_stays_less(words: str) -> None:
    choice = choose_variant(words, LANTERN, line(LANTERN, light_level="medium", fuel="solar"))
    assert choice.variant is not None
    assert choice.variant.options == {"light level": "dim", "fuel": "solar"}
    assert choice.missed is not None


def test_less_is_never_met_by_ones_own() -> None:
    dim = line(LANTERN, light_level="dim", fuel="solar")
    assert choose_variant("less bright, or else solar", LANTERN, dim).outcome is Outcome.NEAREST


HAMMOCK = made("Sola Sling", "hammock", {"length": ["2 m", "3 m"], "cloth": ["cotton", "hemp"], "pattern": ["plain", "striped"]})
OWN_HAMMOCK = line(HAMMOCK, length="3 m", cloth="cotton", pattern="plain")


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("The striped one sounds fun... nah, actually the most expensive one in 2 m", "2 m / hemp / striped"),
        ("cotton looks nice, but no, the dearest", "3 m / hemp / striped"),
        ("the dearest, the plain one at 64.00", "3 m / hemp / plain"),
        ("not the cheapest, the most expensive", "3 m / hemp / striped"),
        ("which is the most expensive? switch it to the cheapest", "2 m / cotton / plain"),
    ],
)
def test_what_was_only_thought_of_weighs_nothing(words: str, options: str) -> None:
    choice = choose_variant(words, HAMMOCK, OWN_HAMMOCK)
    assert choice.variant is not None
    assert " / ".join(choice.variant.options.values()) == options


def test_a_price_that_was_paid_or_is_a_limit_picks_no_version() -> None:
    for words in ("I paid 64.00 for mine", "something under 64.00"):
        assert choose_variant(words, HAMMOCK, OWN_HAMMOCK).wish.picked == ()


def test_titles_tell_what_differs_from_what_is_had_too() -> None:
    short = [one for one in HAMMOCK.variants if one.options["length"] == "2 m" and one.options["cloth"] == "cotton"]
    assert variant_titles(short, HAMMOCK, OWN_HAMMOCK) == ["2 m, plain (50.00 EUR)", "2 m, striped (57.00 EUR)"]


def test_that_none_has_more_is_only_said_where_it_is_so() -> None:
    choice = choose_variant("the longest, everything else the same", HAMMOCK, line(HAMMOCK, length="3 m", cloth="hemp", pattern="plain"))
    assert "more length" not in question_words(choice, HAMMOCK, OWN_HAMMOCK)
