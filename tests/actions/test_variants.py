"""Customers' words for versions of a product, over products of our own making."""

import pytest

from actions.variants import FallbackKind, Outcome, VariantChoice, choose_variant, wishes_by_line
from actions.variants.values import tokens_of
from shop.models import OrderLine, Product
from tests.actions.versions import (
    BEAM,
    BIKE,
    CAMP,
    CARDIGAN,
    CURTAIN,
    DRAPE,
    FRAME,
    GLOVES,
    GRIP,
    KNIT,
    LANTERN,
    LIGHT,
    POT,
    RIDE,
    SIMMER,
    TENT,
    TORCH,
    VIEW,
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
        (CURTAIN, DRAPE, "the same but with an eyelet heading", {"heading": "eyelet"}),
        (CURTAIN, DRAPE, "eyelet please", {"heading": "eyelet"}),
        (CURTAIN, DRAPE, "can i get it with eylet instead", {"heading": "eyelet"}),
        (CURTAIN, DRAPE, "the same one with a pencil heading and no lining", {"heading": "pencil", "lining": "none"}),
        (CURTAIN, DRAPE, "without a lining", {"lining": "none"}),
        (CURTAIN, DRAPE, "i want the white lining", {"lining": "white"}),
        (CURTAIN, DRAPE, "make it an 80% one", {"blackout": "80%"}),
        (CURTAIN, DRAPE, "the lowest blackout", {"blackout": "60%"}),
        (BIKE, RIDE, "I'd like the 16 inch one", {"frame size": "16-inch"}),
        (BIKE, RIDE, 'the 16" version', {"frame size": "16-inch"}),
        (BIKE, RIDE, "with 25 kilos", {"rack": "25kg rack"}),
        (BIKE, RIDE, "25kg rack please, rest unchanged", {"rack": "25kg rack"}),
        (BIKE, RIDE, "give me 25000 g", {"rack": "25kg rack"}),
        (BIKE, RIDE, "in silver with an n7", {"colour": "silver", "motor": "n7"}),
        (BIKE, RIDE, "in grey? no, in black", {"colour": "black"}),
        (BIKE, RIDE, "a bigger frame", {"frame size": "20-inch"}),
        (BIKE, RIDE, "the smallest frame", {"frame size": "16-inch"}),
        (BIKE, RIDE, "a stronger rack", {"rack": "25kg rack"}),
        (BIKE, RIDE, "a better motor", {"motor": "n7"}),
        (BIKE, RIDE, "the weakest rack", {"rack": "5kg rack"}),
        (LANTERN, LIGHT, "the dimmest one", {"light level": "dim"}),
        (LANTERN, LIGHT, "slightly less bright", {"light level": "medium"}),
        (LANTERN, LIGHT, "medium light level, everything else the same", {"light level": "medium"}),
        (LANTERN, LIGHT, "one that runs on gas", {"fuel": "gas canister"}),
        (LANTERN, LIGHT, "the white one", {"colour": "white"}),
        (LANTERN, LIGHT, "change the black one for a white one", {"colour": "white"}),
        (LANTERN, LIGHT, "change the colour from black to white", {"colour": "white"}),
        (LANTERN, LIGHT, "not black", {"colour": "white"}),
        (POT, SIMMER, "the biggest", {"volume": "3 l"}),
        (POT, SIMMER, "one size up", {"volume": "1.5 l"}),
        (POT, SIMMER, "two sizes bigger", {"volume": "3 l"}),
        (POT, SIMMER, "the 3 litre one", {"volume": "3 l"}),
        (POT, SIMMER, "1500ml", {"volume": "1.5 l"}),
        (POT, SIMMER, "i need the 1500 ml", {"volume": "1.5 l"}),
        (POT, SIMMER, "a little bigger", {"volume": "1.5 l"}),
        (POT, SIMMER, "bigger than 1500 ml", {"volume": "3 l"}),
        (POT, SIMMER, "in steel please", {"body": "stainless steel"}),
        (CARDIGAN, KNIT, "one size up", {"size": "L"}),
        (CARDIGAN, KNIT, "a size smaller", {"size": "S"}),
        (CARDIGAN, KNIT, "extra large", {"size": "XL"}),
        (CARDIGAN, KNIT, "purple instead, leave the rest of it alone", {"colour": "purple"}),
        (CARDIGAN, KNIT, "size small in red", {"size": "S", "colour": "red"}),
        (CARDIGAN, KNIT, "the largest you have", {"size": "XL"}),
        (CARDIGAN, KNIT, "buttons instead of a zip", {"front": "wooden buttons"}),
        (GLOVES, GRIP, "size 10", {"size": "10"}),
        (GLOVES, GRIP, "the washable ones", {"washable": "yes"}),
        (GLOVES, GRIP, "in 8 and washable", {"size": "8", "washable": "yes"}),
        (GLOVES, GRIP, "anything but leather", {"palm": "synthetic"}),
        (TORCH, BEAM, "the one that is not dust resistant", {"dust resistance": "no"}),
        (TORCH, BEAM, "dust resistance: no", {"dust resistance": "no"}),
        (TORCH, BEAM, "one without dust resistance", {"dust resistance": "no"}),
        (TORCH, BEAM, "a longer burn time", {"burn time": "20 hours"}),
        (TORCH, BEAM, "longest time please", {"burn time": "20 hours"}),
        (TORCH, BEAM, "green, 20h", {"strap": "green", "burn time": "20 hours"}),
        (FRAME, VIEW, "non reflectiv glazing", {"glazing": "non-reflective"}),
        (FRAME, VIEW, "not reflective", {"glazing": "non-reflective"}),
        (FRAME, VIEW, "a black edge", {"edge colour": "black"}),
        (FRAME, VIEW, "a black mat", {"mat colour": "black"}),
        (TENT, CAMP, "without a porch", {"porch": "without porch"}),
        (TENT, CAMP, "no porch please", {"porch": "without porch"}),
        (TENT, CAMP, "the cotton one", {"cloth": "cotton"}),
    ],
)  # fmt: skip
def test_what_is_named_changes_and_the_rest_is_kept(product: Product, present: OrderLine, text: str, changed: dict[str, str]) -> None:
    assert options_of(choose_variant(text, product, present)) == {**present.options, **changed}


@pytest.mark.parametrize(
    ("product", "present", "text", "options"),
    [
        (BIKE, RIDE, "the cheapest one that is n5 or better", "n5 / 16-inch / 5kg rack / silver"),
        (BIKE, RIDE, "the cheapest", "n3 / 16-inch / 5kg rack / silver"),
        (BIKE, RIDE, "the most expensive version", "n7 / 20-inch / 25kg rack / black"),
        (BIKE, RIDE, "least expensive with at least 15 kg", "n3 / 16-inch / 15kg rack / silver"),
        (GLOVES, GRIP, "the priciest but the same size", "9 / synthetic / no"),
        (GLOVES, GRIP, "an 8 in synthetic, washable or not is all one to me", "8 / synthetic / no"),
        (LANTERN, LIGHT, "the dimmest, crank before solar before gas", "dim / crank / black"),
        (LANTERN, LIGHT, "dim light, prefer gas canister > crank > solar", "dim / gas canister / black"),
        (LANTERN, LIGHT, "medium, any colour, whatever is in stock", "medium / solar / black"),
    ],
)  # fmt: skip
def test_superlatives_of_price_leave_open_what_is_not_named(
    product: Product, present: OrderLine, text: str, options: dict[str, str]
) -> None:
    assert set(options_of(choose_variant(text, product, present)).values()) == set(options.split(" / "))


@pytest.mark.parametrize(
    ("product", "present", "text", "options"),
    [
        (GLOVES, GRIP, "your cheapest pair in my size", "9 / leather / yes"),
        (GLOVES, GRIP, "the dearest pair you have in my size", "9 / synthetic / no"),
        (GLOVES, GRIP, "the lowest priced ones in the size I have, synthetic", "9 / synthetic / yes"),
        (GLOVES, GRIP, "the pair that costs least, same size as before", "9 / leather / yes"),
        (GLOVES, GRIP, "your best priced ones of my size, synthetic this time", "9 / synthetic / yes"),
        (BIKE, RIDE, "the top of the range in the colour of mine", "20-inch / n7 / 25kg rack / storm grey"),
        (BIKE, RIDE, "the priciest one, but the frame size as mine", "18-inch / n7 / 25kg rack / black"),
        (BIKE, RIDE, "the one that costs the most, storm grey again", "20-inch / n7 / 25kg rack / storm grey"),
        (BIKE, RIDE, "the entry-level version in my colour", "16-inch / n3 / 5kg rack / storm grey"),
        (TENT, CAMP, "your highest-priced tent, canvas again", "without porch / canvas"),
        (POT, SIMMER, "the least expensive in the same body as mine", "1 l / glass / red"),
    ],
)  # fmt: skip
def test_superlatives_in_loose_words_keep_what_is_the_customers(product: Product, present: OrderLine, text: str, options: str) -> None:
    choice = choose_variant(text, product, present, same_allowed=True)
    assert choice.variants, choice
    assert " / ".join(choice.variants[0].options.values()) == options


@pytest.mark.parametrize(
    ("product", "present", "text", "count"),
    [
        (POT, SIMMER, "a bigger one", 2),
        (LANTERN, LIGHT, "less bright", 2),
        (BIKE, RIDE, "in black or silver", 2),
        (FRAME, VIEW, "in black", 2),
        (GLOVES, GRIP, "8 or 10", 2),
        (CURTAIN, DRAPE, "not pleated", 2),
        (LANTERN, LIGHT, "a cheaper one", 5),
    ],
)
def test_what_several_fit_is_asked(product: Product, present: OrderLine, text: str, count: int) -> None:
    choice = choose_variant(text, product, present)
    assert (choice.outcome, len(choice.variants)) == (Outcome.SEVERAL, count)


NO_EYELET = made(
    "Arbel Drape", "curtain", {"heading": ["pleated", "eyelet"], "lining": ["none", "thermal"], "blackout": ["60%", "full"]},
    gone=({"heading": "eyelet", "lining": "thermal", "blackout": "full"},),
)  # fmt: skip
NO_DRAPE = line(NO_EYELET, heading="pleated", lining="thermal", blackout="full")


class TestWhatCannotBeHad:
    def test_the_nearest_are_given_and_the_sold_out_one_is_named(self) -> None:
        choice = choose_variant("the same with eyelet", NO_EYELET, NO_DRAPE)
        assert choice.outcome is Outcome.NEAREST
        assert [one.options["blackout"] for one in choice.sold_out] == ["full"]
        assert choice.variants[0].options["heading"] == "eyelet"

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("eyelet, but if that isn't available then leave it", FallbackKind.LEAVE),
            ("eyelet please. if there is no such curtain, only exchange the lamp", FallbackKind.LEAVE),
            ("eyelet. if it's sold out just return it", FallbackKind.RETURN),
            ("eyelet, otherwise cancel the order", FallbackKind.CANCEL),
            ("leave it if you don't have it with eyelet", FallbackKind.LEAVE),
        ],
    )
    def test_what_to_do_then_is_told_in_kind(self, text: str, kind: FallbackKind) -> None:
        choice = choose_variant(text, NO_EYELET, NO_DRAPE)
        assert choice.outcome is Outcome.NEAREST
        assert choice.fallback is not None
        assert choice.fallback.kind is kind

    @pytest.mark.parametrize(
        ("text", "options"),
        [
            (
                "eyelet, if there is none with thermal lining i'd go for no lining",
                {"heading": "eyelet", "lining": "none", "blackout": "full"},
            ),
            ("eyelet, otherwise the 60% pleated one", {"heading": "pleated", "lining": "thermal", "blackout": "60%"}),
            (
                "eyelet, or the one without lining if that's not available",
                {"heading": "eyelet", "lining": "none", "blackout": "full"},
            ),
        ],
    )
    def test_a_second_wish_is_taken_where_the_first_cannot_be_met(self, text: str, options: dict[str, str]) -> None:
        choice = choose_variant(text, NO_EYELET, NO_DRAPE)
        assert choice.used_fallback
        assert options_of(choice) == options

    @pytest.mark.parametrize(
        ("text", "options"),
        [
            ("eyelet with thermal, else eyelet with no lining, else leave it", "eyelet / none / full"),
            ("thermal eyelet, failing that no lining, failing that keep mine", "eyelet / none / full"),
            ("eyelet please. if there is none with thermal, then no lining; if neither is there leave it", "eyelet / none / full"),
            (
                "first choice eyelet with thermal, if not available 60% eyelet, if not available either then return it",
                "eyelet / thermal / 60%",
            ),
            ("eyelet under 20 euros, if none then the cheapest eyelet", "eyelet / none / 60%"),
            ("eyelet for less than 30 eur, and if there are none below 30 the cheapest", "eyelet / none / 60%"),
            ("one under 20 euros or else the cheapest there is", "pleated / none / 60%"),
        ],
    )
    def test_a_chain_is_followed_to_the_first_that_can_be_had(self, text: str, options: str) -> None:
        assert " / ".join(options_of(choose_variant(text, NO_EYELET, NO_DRAPE)).values()) == options

    @pytest.mark.parametrize(
        "text",
        [
            "in red, else in purple, else leave it",
            "red or, failing that, purple or, failing that, nothing",
            "preferably red, then purple, then leave it",
        ],
    )
    def test_a_chain_that_ends_ends_with_what_was_said(self, text: str) -> None:
        gone = made(
            "Arbel Basic Knit", "cardigan", {"colour": ["white", "red", "purple", "navy"]}, gone=({"colour": "red"}, {"colour": "purple"})
        )
        choice = choose_variant(text, gone, line(gone, colour="white"))
        assert choice.variant is None
        assert choice.fallback is not None
        assert choice.fallback.kind is FallbackKind.LEAVE

    def test_a_second_wish_is_not_taken_where_the_first_can_be_met(self) -> None:
        choice = choose_variant("eyelet, if there is none then pencil", CURTAIN, DRAPE)
        assert not choice.used_fallback
        assert options_of(choice)["heading"] == "eyelet"

    def test_a_measure_that_does_not_exist_brings_the_nearest(self) -> None:
        choice = choose_variant("the 1.4 l one", POT, SIMMER)
        assert (choice.outcome, choice.wish.unmet) == (Outcome.NEAREST, ("1.4 l",))
        assert choice.variants[0].options["volume"] == "1.5 l"

    def test_a_colour_that_does_not_exist_is_said_to_be_missing(self) -> None:
        choice = choose_variant("in pink", CARDIGAN, KNIT)
        assert (choice.outcome, choice.wish.unmet) == (Outcome.NEAREST, ("pink",))

    def test_what_is_not_bigger_than_the_biggest_brings_no_choice(self) -> None:
        biggest = line(POT, volume="3 l", body="glass", colour="black")
        assert choose_variant("a bigger one", POT, biggest).outcome is Outcome.NEAREST

    def test_what_the_customer_has_is_no_change(self) -> None:
        assert choose_variant("the pleated one", CURTAIN, DRAPE).outcome is Outcome.PRESENT


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
        choice = choose_variant(text, BIKE, RIDE)
        assert (choice.outcome is Outcome.CHOSEN) is is_met, choice.wish


class TestTheSameAgain:
    @pytest.mark.parametrize(
        "text", ["the same one again", "for the exact same item", "a replacement please", "same item", "an identical one"]
    )
    def test_an_exchange_may_bring_the_same(self, text: str) -> None:
        assert options_of(choose_variant(text, CURTAIN, DRAPE, same_allowed=True)) == DRAPE.options

    def test_a_change_may_not(self) -> None:
        assert choose_variant("the same one again", CURTAIN, DRAPE).outcome is Outcome.PRESENT

    def test_a_sold_out_piece_is_not_promised(self) -> None:
        gone = made("Arbel Simmer", "stock pot", {"colour": ["red", "blue"]}, gone=({"colour": "red"},))
        choice = choose_variant("the same again", gone, line(gone, colour="red"), same_allowed=True)
        assert (choice.outcome, [one.options for one in choice.variants]) == (Outcome.NEAREST, [{"colour": "blue"}])


class TestAmong:
    OFFERED = tuple(str(v.variant_id) for v in POT.variants if v.options["body"] == "glass" and v.options["colour"] == "black")[1:]

    @pytest.mark.parametrize(
        ("text", "volume"),
        [
            ("the second one", "3 l"),
            ("the smaller one of them", None),
            ("1500 ml", "1.5 l"),
            ("the cheaper one", "1.5 l"),
            ("the most expensive", "3 l"),
        ],
    )
    def test_words_choose_among_what_was_offered(self, text: str, volume: str | None) -> None:
        choice = choose_variant(text, POT, SIMMER, among=self.OFFERED)
        if volume is not None:
            assert options_of(choice)["volume"] == volume


class TestOthers:
    def test_another_product_is_refused_as_such(self) -> None:
        choice = choose_variant("i'd like to exchange the curtain for a camping lantern", CURTAIN, DRAPE, known=[LANTERN, CURTAIN])
        assert (choice.outcome, choice.other) == (Outcome.OTHER_PRODUCT, "camping lantern")

    def test_the_piece_of_another_order_may_be_the_model(self) -> None:
        other = line(LANTERN, light_level="dim", fuel="crank", colour="white")
        choice = choose_variant("the same as the one in my other order", LANTERN, LIGHT, own=[other])
        assert options_of(choice) == other.options

    @pytest.mark.parametrize(
        "text",
        [
            "exactly as in my delivered order",
            "exchange the black lantern for the same lantern as in order CH-70001",
            "like the one I got in CH-70001",
            "the same as my other one",
            "make it identical to the one I have in my other order",
        ],
    )
    def test_the_model_is_named_in_many_ways(self, text: str) -> None:
        other = line(LANTERN, light_level="dim", fuel="crank", colour="white")
        assert options_of(choose_variant(text, LANTERN, LIGHT, own=[other])) == other.options

    def test_a_model_may_differ_in_what_is_wished_besides(self) -> None:
        other = line(POT, volume="3 l", body="enamel", colour="red")
        choice = choose_variant("the same as in my other order but in blue", POT, SIMMER, own=[other])
        assert options_of(choice) == {**other.options, "colour": "blue"}

    @pytest.mark.parametrize(
        "text", ["the same colour as my pot", "in the same colour as my stock pot", "with the colour identical to my pot"]
    )
    def test_a_piece_of_another_kind_lends_an_option(self, text: str) -> None:
        other = line(POT, volume="3 l", body="enamel", colour="red").model_copy(update={"name": "Arbel Simmer stock pot"})
        assert options_of(choose_variant(text, CARDIGAN, KNIT, own=[other]))["colour"] == "red"

    def test_where_nothing_is_alike_the_same_once_more_is_not_meant(self) -> None:
        choice = choose_variant("the same as in my other order", LANTERN, LIGHT, same_allowed=True)
        assert choice.outcome is Outcome.NOT_SAID

    @pytest.mark.parametrize("text", ["exchange {0} for {1}", "item {0} to item {1}", "instead of {0} please send me {1}"])
    def test_of_two_ids_the_other_one_is_wished_for(self, text: str) -> None:
        wanted = CURTAIN.variants[0]
        assert choose_variant(text.format(DRAPE.variant_id, wanted.variant_id), CURTAIN, DRAPE).variant == wanted

    def test_an_id_of_what_the_customer_has_only_describes_it(self) -> None:
        choice = choose_variant(f"item {LIGHT.variant_id} for the dimmest one with a crank", LANTERN, LIGHT)
        assert options_of(choice)["fuel"] == "crank"

    def test_one_option_of_another_piece_may_be_the_model(self) -> None:
        other = line(TORCH, burn_time="20 hours", dust_resistance="no", strap="green")
        choice = choose_variant("with the same dust resistance as the other one i bought", TORCH, BEAM, own=[other])
        assert options_of(choice) == {**BEAM.options, "dust resistance": "no"}

    def test_would_like_is_no_likeness(self) -> None:
        other = line(POT, volume="3 l", body="glass", colour="red")
        choice = choose_variant("I'd like the pot in order CH-60001 in red instead", POT, SIMMER, own=[other])
        assert options_of(choice) == {**SIMMER.options, "colour": "red"}

    def test_an_id_names_a_variant(self) -> None:
        wanted = CURTAIN.variants[0]
        assert choose_variant(f"exchange it to item {wanted.variant_id}", CURTAIN, DRAPE).variant == wanted


@pytest.mark.parametrize("text", ["hello", "i want to change my curtain", "something else", "can i swap it?"])
def test_words_without_a_wish_are_asked_back(text: str) -> None:
    assert choose_variant(text, CURTAIN, DRAPE).outcome is Outcome.NOT_SAID


class TestLines:
    LINES = (
        DRAPE.model_copy(update={"line_id": "K"}),
        LIGHT.model_copy(update={"line_id": "L"}),
        SIMMER.model_copy(update={"line_id": "B"}),
    )
    PRODUCTS = {str(product.product_id): product for product in (CURTAIN, LANTERN, POT)}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("text", "changes"),
        [
            (
                "exchange the curtain for the same one but with eyelet and the lantern for a white one",
                {"K": {"heading": "eyelet"}, "L": {"colour": "white"}},
            ),
            ("the pot in 3 litres, and the lantern with a crank", {"B": {"volume": "3 l"}, "L": {"fuel": "crank"}}),
            ("I want the biggest pot and the dimmest lantern", {"B": {"volume": "3 l"}, "L": {"light level": "dim"}}),
            (
                "change the size of the pot to 1.5 l, the lantern to dim light",
                {"B": {"volume": "1.5 l"}, "L": {"light level": "dim"}},
            ),
            ("the curtain, pencil and without lining", {"K": {"heading": "pencil", "lining": "none"}}),
        ],
    )
    def test_each_line_gets_the_words_that_speak_of_it(self, text: str, changes: dict[str, dict[str, str]]) -> None:
        wishes = wishes_by_line(text, self.LINES, self.PRODUCTS)
        assert {one.line_id for one in wishes} == set(changes)
        for one in wishes:
            line_ = next(line_ for line_ in self.LINES if line_.line_id == one.line_id)
            choice = choose_variant(one.text, self.PRODUCTS[str(line_.product_id)], line_)
            assert options_of(choice) == {**line_.options, **changes[one.line_id]}, one.text

    @pytest.mark.parametrize(
        "text",
        [
            "I'd like to exchange my pot and my lantern. The pot for 3 l, the lantern for a dim one",
            "pot and lantern please: the pot in 3 l and the lantern dim",
            "the lantern and the pot should be others. make the pot 3 l, and the lantern dim",
        ],
    )
    def test_lines_that_are_listed_first_get_their_own_words_and_no_others(self, text: str) -> None:
        found = {one.line_id: one.text for one in wishes_by_line(text, self.LINES, self.PRODUCTS)}
        assert options_of(choose_variant(found["B"], POT, self.LINES[2]))["volume"] == "3 l"
        assert options_of(choose_variant(found["L"], LANTERN, self.LINES[1]))["light level"] == "dim"

    @pytest.mark.parametrize(
        "text",
        [
            "the pot was smaller than I thought, give me the 3 l one",
            "my pot is heavier than expected, I want it in 3 l",
            "the pot is a lot bigger than we hoped, the 3 l one please",
        ],
    )
    def test_what_surprised_is_no_wish(self, text: str) -> None:
        [found] = wishes_by_line(text, self.LINES, self.PRODUCTS)
        assert options_of(choose_variant(found.text, POT, self.LINES[2]))["volume"] == "3 l"

    def test_without_words_no_line_is_named(self) -> None:
        assert wishes_by_line("", self.LINES, self.PRODUCTS) == []
        assert wishes_by_line(" ?!", self.LINES, self.PRODUCTS) == []

    def test_lines_that_are_only_listed_share_the_wish_that_follows(self) -> None:
        wishes = wishes_by_line("exchange the curtain and the lantern for the cheapest version", self.LINES, self.PRODUCTS)
        assert [one.line_id for one in wishes] == ["K", "L"]
        assert all("cheapest" in one.text for one in wishes)

    def test_a_condition_that_names_a_line_belongs_to_it(self) -> None:
        text = "the curtain with eyelet and the lantern in white. if there is no eyelet curtain, i'd go for pencil"
        wishes = {one.line_id: one.text for one in wishes_by_line(text, self.LINES, self.PRODUCTS)}
        assert "pencil" in wishes["K"]
        assert "pencil" not in wishes["L"]

    def test_a_condition_stays_with_its_wish(self) -> None:
        text = "the lantern with a crank and the curtain with eyelet, if there is none with thermal lining then leave it"
        wishes = {one.line_id: one.text for one in wishes_by_line(text, self.LINES, self.PRODUCTS)}
        assert "leave" in wishes["K"]
        assert "leave" not in wishes["L"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("three quarters of a litre", "750 ml"),
        ("a three-quarter litre one", "a 750 ml one"),
        ("a quarter of a litre", "250 ml"),
        ("half a litre", "500 ml"),
        ("one and a half litres", "1.5 l"),
        ("a litre and a half", "1.5 l"),
    ],
)
def test_parts_of_a_litre_are_measures(said: str, meant: str) -> None:
    assert [token.key for token in tokens_of(said)] == [token.key for token in tokens_of(meant)]
