"""Customers' words for versions of a product, over products of our own making."""

import pytest

from actions.variants import FallbackKind, Outcome, VariantChoice, choose_variant, wishes_by_line
from shop.models import OrderLine, Product
from tests.actions.versions import (
    BOOK,
    BOOTS,
    BOTTLE,
    CHAIR,
    GLASSES,
    KEYBOARD,
    KEYS,
    LAMP,
    LAPTOP,
    LIGHT,
    PATH,
    SEAT,
    SHIRT,
    SIP,
    SPEAKER,
    SUN,
    TEE,
    TUNE,
    line,
    made,
)


def options_of(choice: VariantChoice) -> dict[str, str]:
    assert choice.outcome is Outcome.CHOSEN, (choice.outcome, choice.wish, [v.options for v in choice.variants])
    assert choice.variant is not None
    return choice.variant.options


@pytest.mark.parametrize(
    ("product", "present", "text", "changed"),
    [
        (KEYBOARD, KEYS, "the same but with clicky switches", {"switch type": "clicky"}),
        (KEYBOARD, KEYS, "clicky please", {"switch type": "clicky"}),
        (KEYBOARD, KEYS, "can i get it in clikcy instead", {"switch type": "clicky"}),
        (KEYBOARD, KEYS, "the same one with tactile switches and no backlight", {"switch type": "tactile", "backlight": "none"}),
        (KEYBOARD, KEYS, "without a backlight", {"backlight": "none"}),
        (KEYBOARD, KEYS, "i want the white backlight", {"backlight": "white"}),
        (KEYBOARD, KEYS, "make it an 80% one", {"layout": "80%"}),
        (KEYBOARD, KEYS, "the smallest layout", {"layout": "60%"}),
        (LAPTOP, BOOK, "I'd like the 13 inch one", {"screen size": "13-inch"}),
        (LAPTOP, BOOK, 'the 13" version', {"screen size": "13-inch"}),
        (LAPTOP, BOOK, "with 1 TB", {"storage": "1TB SSD"}),
        (LAPTOP, BOOK, "1tb storage please, rest unchanged", {"storage": "1TB SSD"}),
        (LAPTOP, BOOK, "give me 1000 GB", {"storage": "1TB SSD"}),
        (LAPTOP, BOOK, "in silver with an i9", {"colour": "silver", "processor": "i9"}),
        (LAPTOP, BOOK, "in grey? no, in black", {"colour": "black"}),
        (LAPTOP, BOOK, "a bigger screen", {"screen size": "17-inch"}),
        (LAPTOP, BOOK, "the smallest screen", {"screen size": "13-inch"}),
        (LAPTOP, BOOK, "more storage", {"storage": "1TB SSD"}),
        (LAPTOP, BOOK, "a better processor", {"processor": "i9"}),
        (LAPTOP, BOOK, "the least storage", {"storage": "256GB SSD"}),
        (LAMP, LIGHT, "the dimmest one", {"brightness": "low"}),
        (LAMP, LIGHT, "slightly less bright", {"brightness": "medium"}),
        (LAMP, LIGHT, "medium brightness, everything else the same", {"brightness": "medium"}),
        (LAMP, LIGHT, "one that runs on battery", {"power source": "battery"}),
        (LAMP, LIGHT, "the white one", {"colour": "white"}),
        (LAMP, LIGHT, "change the black one for a white one", {"colour": "white"}),
        (LAMP, LIGHT, "change the colour from black to white", {"colour": "white"}),
        (LAMP, LIGHT, "not black", {"colour": "white"}),
        (BOTTLE, SIP, "the biggest", {"capacity": "1 l"}),
        (BOTTLE, SIP, "one size up", {"capacity": "750 ml"}),
        (BOTTLE, SIP, "two sizes bigger", {"capacity": "1 l"}),
        (BOTTLE, SIP, "the 1 litre one", {"capacity": "1 l"}),
        (BOTTLE, SIP, "1000ml", {"capacity": "1 l"}),
        (BOTTLE, SIP, "i need the 750", {"capacity": "750 ml"}),
        (BOTTLE, SIP, "a little bigger", {"capacity": "750 ml"}),
        (BOTTLE, SIP, "bigger than 750 ml", {"capacity": "1 l"}),
        (BOTTLE, SIP, "in steel please", {"material": "stainless steel"}),
        (SHIRT, TEE, "one size up", {"size": "L"}),
        (SHIRT, TEE, "a size smaller", {"size": "S"}),
        (SHIRT, TEE, "extra large", {"size": "XL"}),
        (SHIRT, TEE, "purple instead, leave the rest of it alone", {"colour": "purple"}),
        (SHIRT, TEE, "size small in red", {"size": "S", "colour": "red"}),
        (SHIRT, TEE, "the largest you have", {"size": "XL"}),
        (SHIRT, TEE, "crew neck instead of v neck", {"neck": "crew neck"}),
        (BOOTS, PATH, "size 42", {"size": "42"}),
        (BOOTS, PATH, "the waterproof ones", {"waterproof": "yes"}),
        (BOOTS, PATH, "in 40 and waterproof", {"size": "40", "waterproof": "yes"}),
        (BOOTS, PATH, "anything but leather", {"material": "synthetic"}),
        (SPEAKER, TUNE, "the one that is not water resistant", {"water resistance": "no"}),
        (SPEAKER, TUNE, "water resistance: no", {"water resistance": "no"}),
        (SPEAKER, TUNE, "one without water resistance", {"water resistance": "no"}),
        (SPEAKER, TUNE, "longer battery life", {"battery life": "20 hours"}),
        (SPEAKER, TUNE, "longest battery please", {"battery life": "20 hours"}),
        (SPEAKER, TUNE, "green, 20h", {"colour": "green", "battery life": "20 hours"}),
        (GLASSES, SUN, "non polarised lenses", {"lens type": "non-polarized"}),
        (GLASSES, SUN, "not polarized", {"lens type": "non-polarized"}),
        (GLASSES, SUN, "a black frame", {"frame colour": "black"}),
        (GLASSES, SUN, "black lenses", {"lens colour": "black"}),
        (CHAIR, SEAT, "without armrests", {"armrests": "without armrests"}),
        (CHAIR, SEAT, "no armrests please", {"armrests": "without armrests"}),
        (CHAIR, SEAT, "the fabric one", {"material": "fabric"}),
    ],
)  # fmt: skip
def test_what_is_named_changes_and_the_rest_is_kept(product: Product, present: OrderLine, text: str, changed: dict[str, str]) -> None:
    assert options_of(choose_variant(text, product, present)) == {**present.options, **changed}


@pytest.mark.parametrize(
    ("product", "present", "text", "options"),
    [
        (LAPTOP, BOOK, "the cheapest one that is i7 or better", "i7 / 13-inch / 256GB SSD / silver"),
        (LAPTOP, BOOK, "the cheapest", "i5 / 13-inch / 256GB SSD / silver"),
        (LAPTOP, BOOK, "the most expensive version", "i9 / 17-inch / 1TB SSD / black"),
        (LAPTOP, BOOK, "least expensive with at least 512 gb", "i5 / 13-inch / 512GB SSD / silver"),
        (BOOTS, PATH, "the priciest but the same size", "41 / synthetic / no"),
        (BOOTS, PATH, "a 40 in synthetic, waterproof or not is all one to me", "40 / synthetic / no"),
        (LAMP, LIGHT, "the dimmest, battery before USB before AC", "low / battery / black"),
        (LAMP, LIGHT, "low brightness, prefer AC adapter > battery > USB", "low / AC adapter / black"),
        (LAMP, LIGHT, "medium, any colour, whatever is in stock", "medium / USB / black"),
    ],
)  # fmt: skip
def test_superlatives_of_price_leave_open_what_is_not_named(
    product: Product, present: OrderLine, text: str, options: dict[str, str]
) -> None:
    assert set(options_of(choose_variant(text, product, present)).values()) == set(options.split(" / "))


@pytest.mark.parametrize(
    ("product", "present", "text", "count"),
    [
        (BOTTLE, SIP, "a bigger one", 2),
        (LAMP, LIGHT, "less bright", 2),
        (LAPTOP, BOOK, "in black or silver", 2),
        (GLASSES, SUN, "in black", 2),
        (BOOTS, PATH, "40 or 42", 2),
        (KEYBOARD, KEYS, "not linear", 2),
        (LAMP, LIGHT, "a cheaper one", 5),
    ],
)
def test_what_several_fit_is_asked(product: Product, present: OrderLine, text: str, count: int) -> None:
    choice = choose_variant(text, product, present)
    assert (choice.outcome, len(choice.variants)) == (Outcome.SEVERAL, count)


NO_CLICKY = made(
    "Arbel Type", "keyboard", {"switch type": ["linear", "clicky"], "backlight": ["none", "RGB"], "layout": ["60%", "full size"]},
    gone=({"switch type": "clicky", "backlight": "RGB", "layout": "full size"},),
)  # fmt: skip
NO_KEYS = line(NO_CLICKY, switch_type="linear", backlight="RGB", layout="full size")


class TestWhatCannotBeHad:
    def test_the_nearest_are_given_and_the_sold_out_one_is_named(self) -> None:
        choice = choose_variant("the same in clicky", NO_CLICKY, NO_KEYS)
        assert choice.outcome is Outcome.NEAREST
        assert [one.options["layout"] for one in choice.sold_out] == ["full size"]
        assert choice.variants[0].options["switch type"] == "clicky"

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("clicky, but if that isn't available then leave it", FallbackKind.LEAVE),
            ("clicky please. if there is no such keyboard, only exchange the thermostat", FallbackKind.LEAVE),
            ("clicky. if it's sold out just return it", FallbackKind.RETURN),
            ("clicky, otherwise cancel the order", FallbackKind.CANCEL),
            ("leave it if you don't have it in clicky", FallbackKind.LEAVE),
        ],
    )
    def test_what_to_do_then_is_told_in_kind(self, text: str, kind: FallbackKind) -> None:
        choice = choose_variant(text, NO_CLICKY, NO_KEYS)
        assert choice.outcome is Outcome.NEAREST
        assert choice.fallback is not None
        assert choice.fallback.kind is kind

    @pytest.mark.parametrize(
        ("text", "options"),
        [
            (
                "clicky, if there is none with RGB i'd go for no backlight",
                {"switch type": "clicky", "backlight": "none", "layout": "full size"},
            ),
            ("clicky, otherwise the 60% linear one", {"switch type": "linear", "backlight": "RGB", "layout": "60%"}),
            (
                "clicky, or the one without backlight if that's not available",
                {"switch type": "clicky", "backlight": "none", "layout": "full size"},
            ),
        ],
    )
    def test_a_second_wish_is_taken_where_the_first_cannot_be_met(self, text: str, options: dict[str, str]) -> None:
        choice = choose_variant(text, NO_CLICKY, NO_KEYS)
        assert choice.used_fallback
        assert options_of(choice) == options

    def test_a_second_wish_is_not_taken_where_the_first_can_be_met(self) -> None:
        choice = choose_variant("clicky, if there is none then tactile", KEYBOARD, KEYS)
        assert not choice.used_fallback
        assert options_of(choice)["switch type"] == "clicky"

    def test_a_measure_that_does_not_exist_brings_the_nearest(self) -> None:
        choice = choose_variant("the 700 ml one", BOTTLE, SIP)
        assert (choice.outcome, choice.wish.unmet) == (Outcome.NEAREST, ("700 ml",))
        assert choice.variants[0].options["capacity"] == "750 ml"

    def test_a_colour_that_does_not_exist_is_said_to_be_missing(self) -> None:
        choice = choose_variant("in pink", SHIRT, TEE)
        assert (choice.outcome, choice.wish.unmet) == (Outcome.NEAREST, ("pink",))

    def test_what_is_not_bigger_than_the_biggest_brings_no_choice(self) -> None:
        biggest = line(BOTTLE, capacity="1 l", material="glass", colour="black")
        assert choose_variant("a bigger one", BOTTLE, biggest).outcome is Outcome.NEAREST

    def test_what_the_customer_has_is_no_change(self) -> None:
        assert choose_variant("the linear one", KEYBOARD, KEYS).outcome is Outcome.PRESENT


class TestLimits:
    @pytest.mark.parametrize(
        ("text", "is_met"),
        [
            ("in silver if it's under 500 euros", True),
            ("in silver if it's under 20 €", False),
            ("in silver but not more than i paid", True),
            ("in black, no more than I paid", False),
            ("in black for at most 20 eur more", True),
            ("in black if the difference is under 5 euros", False),
            ("in silver, same price or cheaper", True),
            ("in black without paying extra", False),
            ("in silver, only if it's cheaper", True),
            ("in black, only if it is cheaper", False),
        ],
    )
    def test_a_price_limit_is_held(self, text: str, is_met: bool) -> None:
        choice = choose_variant(text, LAPTOP, BOOK)
        assert (choice.outcome is Outcome.CHOSEN) is is_met, choice.wish


class TestTheSameAgain:
    @pytest.mark.parametrize(
        "text", ["the same one again", "for the exact same item", "a replacement please", "same item", "an identical one"]
    )
    def test_an_exchange_may_bring_the_same(self, text: str) -> None:
        assert options_of(choose_variant(text, KEYBOARD, KEYS, same_allowed=True)) == KEYS.options

    def test_a_change_may_not(self) -> None:
        assert choose_variant("the same one again", KEYBOARD, KEYS).outcome is Outcome.PRESENT

    def test_a_sold_out_piece_is_not_promised(self) -> None:
        gone = made("Arbel Sip", "water bottle", {"colour": ["red", "blue"]}, gone=({"colour": "red"},))
        choice = choose_variant("the same again", gone, line(gone, colour="red"), same_allowed=True)
        assert (choice.outcome, [one.options for one in choice.variants]) == (Outcome.NEAREST, [{"colour": "blue"}])


class TestAmong:
    OFFERED = tuple(str(v.variant_id) for v in BOTTLE.variants if v.options["material"] == "glass" and v.options["colour"] == "black")[1:]

    @pytest.mark.parametrize(
        ("text", "capacity"),
        [
            ("the second one", "1 l"),
            ("the smaller one of them", None),
            ("750", "750 ml"),
            ("the cheaper one", "750 ml"),
            ("the most expensive", "1 l"),
        ],
    )
    def test_words_choose_among_what_was_offered(self, text: str, capacity: str | None) -> None:
        choice = choose_variant(text, BOTTLE, SIP, among=self.OFFERED)
        if capacity is not None:
            assert options_of(choice)["capacity"] == capacity


class TestOthers:
    def test_another_product_is_refused_as_such(self) -> None:
        choice = choose_variant("i'd like to exchange the keyboard for a desk lamp", KEYBOARD, KEYS, known=[LAMP, KEYBOARD])
        assert (choice.outcome, choice.other) == (Outcome.OTHER_PRODUCT, "desk lamp")

    def test_the_piece_of_another_order_may_be_the_model(self) -> None:
        other = line(LAMP, brightness="low", power_source="battery", colour="white")
        choice = choose_variant("the same as the one in my other order", LAMP, LIGHT, own=[other])
        assert options_of(choice) == other.options

    def test_one_option_of_another_piece_may_be_the_model(self) -> None:
        other = line(SPEAKER, battery_life="20 hours", water_resistance="no", colour="green")
        choice = choose_variant("with the same water resistance as the other one i bought", SPEAKER, TUNE, own=[other])
        assert options_of(choice) == {**TUNE.options, "water resistance": "no"}

    def test_would_like_is_no_likeness(self) -> None:
        other = line(BOTTLE, capacity="1 l", material="glass", colour="red")
        choice = choose_variant("I'd like the bottle in order CH-60001 in red instead", BOTTLE, SIP, own=[other])
        assert options_of(choice) == {**SIP.options, "colour": "red"}

    def test_an_id_names_a_variant(self) -> None:
        wanted = KEYBOARD.variants[0]
        assert choose_variant(f"exchange it to item {wanted.variant_id}", KEYBOARD, KEYS).variant == wanted


@pytest.mark.parametrize("text", ["hello", "i want to change my keyboard", "something else", "can i swap it?"])
def test_words_without_a_wish_are_asked_back(text: str) -> None:
    assert choose_variant(text, KEYBOARD, KEYS).outcome is Outcome.NOT_SAID


class TestLines:
    LINES = (KEYS.model_copy(update={"line_id": "K"}), LIGHT.model_copy(update={"line_id": "L"}), SIP.model_copy(update={"line_id": "B"}))
    PRODUCTS = {str(product.product_id): product for product in (KEYBOARD, LAMP, BOTTLE)}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("text", "changes"),
        [
            (
                "exchange the keyboard for the same one but clicky and the lamp for a white one",
                {"K": {"switch type": "clicky"}, "L": {"colour": "white"}},
            ),
            ("the bottle in 1 litre, and the desk lamp with battery", {"B": {"capacity": "1 l"}, "L": {"power source": "battery"}}),
            ("I want the biggest bottle and the dimmest lamp", {"B": {"capacity": "1 l"}, "L": {"brightness": "low"}}),
            (
                "change the size of the bottle to 750 ml, the lamp to low brightness",
                {"B": {"capacity": "750 ml"}, "L": {"brightness": "low"}},
            ),
            ("the keyboard, tactile and without backlight", {"K": {"switch type": "tactile", "backlight": "none"}}),
        ],
    )
    def test_each_line_gets_the_words_that_speak_of_it(self, text: str, changes: dict[str, dict[str, str]]) -> None:
        wishes = wishes_by_line(text, self.LINES, self.PRODUCTS)
        assert {one.line_id for one in wishes} == set(changes)
        for one in wishes:
            line_ = next(line_ for line_ in self.LINES if line_.line_id == one.line_id)
            choice = choose_variant(one.text, self.PRODUCTS[str(line_.product_id)], line_)
            assert options_of(choice) == {**line_.options, **changes[one.line_id]}, one.text

    def test_lines_that_are_only_listed_share_the_wish_that_follows(self) -> None:
        wishes = wishes_by_line("exchange the keyboard and the lamp for the cheapest version", self.LINES, self.PRODUCTS)
        assert [one.line_id for one in wishes] == ["K", "L"]
        assert all("cheapest" in one.text for one in wishes)

    def test_a_condition_that_names_a_line_belongs_to_it(self) -> None:
        text = "the keyboard in clicky and the lamp in white. if there is no clicky keyboard, i'd go for tactile"
        wishes = {one.line_id: one.text for one in wishes_by_line(text, self.LINES, self.PRODUCTS)}
        assert "tactile" in wishes["K"]
        assert "tactile" not in wishes["L"]

    def test_a_condition_stays_with_its_wish(self) -> None:
        text = "the lamp with battery and the keyboard in clicky, if there is none with RGB then leave it"
        wishes = {one.line_id: one.text for one in wishes_by_line(text, self.LINES, self.PRODUCTS)}
        assert "leave" in wishes["K"]
        assert "leave" not in wishes["L"]
