"""The single checks of a written sentence, on texts made for each."""

import pytest

from answers.checks import wording
from answers.checks.antonyms import opposites_in, strangers_in
from answers.checks.flips import find_flip
from answers.checks.lexicon import concepts, light_concepts, near_concepts
from answers.checks.normal import normalise
from answers.checks.numbers import without_own_count
from answers.checks.polarity import find_affirmed, find_duty, find_negation, is_negated, stems_of
from answers.checks.values import find_values


def _flip(sentence: str, evidence: str) -> str | None:
    said = normalise(sentence)
    return find_flip(said, said, [normalise(evidence)])


class TestDatesAndNumbersToCall:
    @pytest.mark.parametrize("text", ["It arrives on 09.03.2026.", "Between 05/03/2026 and 07/03/2026.", "On 2026-03-09 at 10:00."])
    def test_a_date_is_no_number_to_call(self, text):
        assert wording.find_links(text) == []

    @pytest.mark.parametrize("number", ["+49 40 5550 1234", "040 555 0199", "0049 40 123456"])
    def test_a_number_to_call_is_found_beside_a_date(self, number):
        assert wording.find_links(f"On 09.03.2026 call {number}") == [number]


class TestDeedsAndPromises:
    @pytest.mark.parametrize("text", ["I sent the invoice.", "We have refunded it.", "The invoice has been sent to you.", "I approve it."])
    def test_a_deed_is_found(self, text):
        assert wording.find_deeds(text)

    @pytest.mark.parametrize("text", ["We charge the difference.", "Keep it until we've answered.", "We exchange items."])
    def test_what_the_shop_does_in_general_is_no_deed(self, text):
        assert wording.find_deeds(text) == []

    def test_who_cannot_promise_does_not_promise(self):
        assert not wording.promises("We can't promise a date.")
        assert wording.promises("We promise a date.")


class TestWords:
    def test_forms_of_one_word_are_one(self):
        assert concepts("thrown") == concepts("throw")
        assert concepts("the quickest") == concepts("quick")

    def test_near_words_do_not_carry_over(self):
        [reach] = near_concepts("block")
        assert "lock" in reach
        assert not {"close", "shut"} & reach

    def test_a_word_with_the_stem_of_another_is_kept_apart(self):
        assert concepts("accountant") != concepts("account")

    def test_words_without_matter_are_light(self):
        assert light_concepts("use the mallet") == frozenset(concepts("use"))


class TestPolarity:
    @pytest.mark.parametrize(
        ("sentence", "evidence"),
        [
            ("We are not closed on Sunday.", "We are closed on Sunday."),
            ("The label is needed for a repair.", "The label is not needed for a repair."),
            ("Gift cards can be returned.", "These items cannot be returned: Gift cards"),
            ("Drops are a leak and not condensation.", "Drops are condensation and not a leak."),
            ("You cannot order without an account.", "You can order as a guest, without an account."),
            ("The blue lamp is not too bright.", "The blue lamp is too bright."),
            ("The mug fits the shelf.", "The mug is too tall to fit the shelf."),
        ],
    )
    def test_a_not_added_or_dropped_is_found(self, sentence, evidence):
        assert find_negation(normalise(sentence), [normalise(evidence)])

    @pytest.mark.parametrize(
        ("sentence", "evidence"),
        [
            ("We are closed on Sunday.", "We are not open on Sunday."),
            ("Gift cards cannot be returned.", "These items cannot be returned: Gift cards"),
            ("Pull them back rather than out.", "Pull them back instead of out."),
            ("If the battery is empty, charging does no harm.", "Charging does no harm if the battery is empty."),
            ("Blue switches are not for shared rooms.", "Blue switches are too loud for shared rooms."),
            ("The bag contains no plastic.", "The bag is free of plastic."),
            ("Blue switches are too loud.", "Blue switches are too loud for shared rooms."),
            ("Unplug the speaker first, otherwise the lamp will not start.", "The lamp does not start. Unplug the speaker first."),
        ],
    )
    def test_another_wording_of_the_same_is_not(self, sentence, evidence):
        assert find_negation(normalise(sentence), [normalise(evidence)]) is None

    def test_a_condition_is_not_denied_by_what_it_belongs_to(self):
        assert not is_negated("if the parcel is late")
        evidence = "You cannot return: Earphones whose seal is broken"
        assert find_negation("Earphones cannot return if their seal is broken.", [evidence]) is None

    def test_what_is_not_needed_is_not_demanded(self):
        page = ["A photo of the box helps us.", "A photo is not required."]
        assert find_duty("A photo of the box is required.", page)
        assert find_duty("A photo is not required.", page) is None

    def test_a_name_that_stands_under_a_not_alone_is_not_affirmed(self):
        page = ["We deliver to Germany and Austria.", "We do not deliver to Italy."]
        assert find_affirmed("We deliver to Germany and Italy.", page)
        assert find_affirmed("We deliver to Germany and Austria.", page) is None


class TestFlips:
    @pytest.mark.parametrize(
        ("sentence", "evidence"),
        [
            ("Wrapping costs 3.50 EUR per order.", "Wrapping costs 3.50 EUR per item."),
            ("Empty the jug every week.", "Empty the jug daily."),
            ("You get a refund and a new parcel.", "You choose between a refund and a new parcel."),
            ("An order can have both a return and an exchange.", "An order can have either a return or an exchange."),
            ("All of it is refunded except the delivery.", "All of it is refunded, delivery included."),
            ("Points are credited 30 days after the order.", "The points of an order are credited 30 days after delivery."),
            ("It arrives on the last round.", "It arrives on the next round."),
            ("The order is shipped.", "The order is pending."),
            ("Shipped orders can be cancelled.", "For a cancelled order all that you paid is refunded, delivery included."),
            ("Hold the volume-up button.", "Hold the volume-down button."),
            ("Only new mugs are wrapped.", "New mugs are wrapped, but no lamps."),
            ("All mugs and lamps can be wrapped.", "Mugs and lamps can be wrapped."),
            ("A code works again.", "A code works once."),
        ],
    )
    def test_what_is_turned_round_is_found(self, sentence, evidence):
        assert _flip(sentence, evidence)

    @pytest.mark.parametrize(
        ("sentence", "evidence"),
        [
            ("Wrapping is 3.50 EUR for each item.", "Wrapping costs 3.50 EUR per item."),
            ("You may choose a refund or a new parcel.", "You choose between a refund and a new parcel."),
            ("The part of the order has been shipped once paid.", "The part of the order is shipped when it is paid."),
            ("We ship to lockers.", "We deliver to lockers."),
            ("It only holds for lamps and not for mugs.", "It holds for lamps and does not hold for mugs."),
            ("Mugs, plates and lamps can all be wrapped.", "Mugs, plates and lamps can be wrapped."),
            ("A code does not work a second time.", "A code works once and not again."),
        ],
    )
    def test_a_fair_rewording_is_not(self, sentence, evidence):
        assert _flip(sentence, evidence) is None

    def test_opposites_are_told_from_mere_others(self):
        assert opposites_in(stems_of("open"), stems_of("closed")) == [("open", "close")]
        assert opposites_in(stems_of("shipped"), stems_of("pending")) == []
        assert strangers_in(frozenset(["shipped"]), frozenset(["pending"])) == [("shipped", "pending")]


class TestValues:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("a quarter of an hour", "15 minutes"),
            ("a fortnight", "2 weeks"),
            ("an hour and a half", "90 minutes"),
            ("a dozen", "12"),
            ("60 degree", "60 degrees"),
            ("three quarters of a litre", "750 ml"),
            ("half a metre", "50 cm"),
            ("20 grams", "20 g"),
            ("2 kilograms", "2 kg"),
            ("5 centimetres", "5 cm"),
        ],
    )
    def test_two_writings_of_one_value_are_equal(self, one, other):
        assert [value.key for value in find_values(one)] == [value.key for value in find_values(other)]

    @pytest.mark.parametrize(
        ("stated", "known"),
        [
            ("two thirds full", "one third full"),
            ("with two balls", "for 2 to 3 hours"),
            ("3 times", "twice"),
            ("every 3 weeks", "every week"),
        ],
    )
    def test_another_value_does_not_stand_for_it(self, stated, known):
        [value, *_] = find_values(stated)
        assert not any(one.stands_for(value) for one in find_values(known))

    @pytest.mark.parametrize(
        ("sentence", "left"),
        [
            ("We send to three towns: Rome, Oslo and Bern.", "We send to towns: Rome, Oslo and Bern."),
            ("It comes in two sizes, 80 cm and 90 cm.", "It comes in sizes, 80 cm and 90 cm."),
            ("We send to four towns: Rome, Oslo and Bern.", "We send to four towns: Rome, Oslo and Bern."),
            ("You have two days to decide.", "You have two days to decide."),
        ],
    )
    def test_a_number_that_counts_what_is_listed_is_its_own_evidence(self, sentence, left):
        assert without_own_count(sentence) == left

    def test_no_more_than_is_a_limit_and_no_denial(self):
        assert not is_negated(normalise("Stay no more than 2 metres away."))
        [value] = find_values(normalise("Stay no more than 2 metres away."))
        assert value.limit == "most"

    def test_a_second_time_is_no_time(self):
        assert find_values("it does not work a second time") == []
