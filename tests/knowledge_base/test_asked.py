"""What a question asks of a product is told apart from what is only near to it."""

from pathlib import Path

import pytest
import yaml

from knowledge_base.retrievers import asked
from knowledge_base.retrievers.asked import Asked, read, told

WORDINGS = yaml.safe_load(Path(__file__).with_name("matters.yml").read_text("utf8"))

RUCKSACK = [
    "material: waxed canvas",
    "weight: 920 g",
    "dimensions: 46 x 30 x 14 cm",
    "pockets: 4",
    "care: wipe with a damp cloth",
    "The straps are wide and soft.",
    "A bottle fits into the side.",
]
ABOUT = "Corrie Rucksack, backpack"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("how heavy is it?", 1),
        ("How wide is the rucksack?", 2),
        ("how many pockets does it have", 3),
        ("how do I clean it", 4),
        ("are the straps wide", 5),
        ("what is it made of?", 0),
    ],
)
def test_the_line_that_speaks_of_what_is_asked_tells_it(question, line):
    found = told(question, RUCKSACK, ABOUT)
    assert found is not None
    assert found[line]


@pytest.mark.parametrize(
    "question",
    [
        "how wide is the waist belt's buckle?",
        "how wide are the zips?",
        "how much weight can it carry?",
        "does it have a rain cover?",
        "is there a whistle on it?",
        "how many buckles are there?",
        "in which country is it made?",
        "does it have an app?",
        "which lining does it have",
        "is a key ring included?",
        "can the battery be replaced?",
    ],
)
def test_what_is_only_near_does_not_tell_it(question):
    assert told(question, RUCKSACK, ABOUT) == [False] * len(RUCKSACK)


@pytest.mark.parametrize("question", ["is it any good?", "would you give it to your mother", "tell me about it"])
def test_a_question_of_no_known_matter_stays_open(question):
    assert told(question, RUCKSACK, ABOUT) is None


def test_how_long_it_charges_is_not_how_long_it_plays():
    assert told("how long does it take to charge", ["battery life: 16 h", "charging time: 2 h"]) == [False, True]
    assert told("how long does it play on one charge", ["battery life: 16 h", "charging port: USB-C"]) == [True, False]


def test_the_product_itself_is_no_part_of_it():
    assert read("how tall is the lamp", "Fell Lamp, desk lamp").things == ()
    assert read("how long is the cable", "Fell Lamp, desk lamp").things != ()


def test_one_thing_may_go_by_many_names():
    assert told("how long is the cord", ["cable length: 2 m"]) == [True]
    assert told("does it have a numpad", ["a number pad beside the keys"]) == [True]


def test_field_names_with_underscores_are_read_as_words():
    assert told("how heavy is it", ["item_weight: 920 g"]) == [True]


@pytest.mark.parametrize("matter", WORDINGS)
def test_every_matter_is_found_in_what_people_say(matter):
    assert {wording: read(wording).matter for wording in WORDINGS[matter]["asked"]} == dict.fromkeys(WORDINGS[matter]["asked"], matter)


@pytest.mark.parametrize("matter", WORDINGS)
def test_every_matter_is_told_by_what_records_say(matter):
    assert [line for line in WORDINGS[matter]["told"] if not Asked(matter).told_by(line)] == []


def test_every_matter_has_its_wordings():
    assert list(WORDINGS) == list(asked._matters())


def test_how_long_a_part_is_is_told_by_no_other_part():
    assert told("how long is the zip", ["sleeve length: 62 cm", "pockets: 2"]) == [False, False]
    assert told("how long's the cable?", ["height: 52 cm", "cable length: 2 m"]) == [False, True]


def test_a_unit_may_stand_close_to_its_number():
    assert told("how heavy is it", ["weight: 620g", "material: steel"]) == [True, False]
    assert told("how loud is it", ["29dB at night", "material: steel"]) == [True, False]
