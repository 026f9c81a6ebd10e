import pytest

from actions.mentions import Thing, find_mentions, find_ordinal, words_of

LAMP = Thing("lamp", words_of("Nordlys Fold", "desk lamp", "white"))
BLACK = Thing("black", words_of("Pellworth Heavy Tee", "t-shirt shirt tee", "M", "black"))
WHITE = Thing("white", words_of("Pellworth Heavy Tee", "t-shirt shirt tee", "M", "white"))
THINGS = [LAMP, BLACK, WHITE]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the lamp", ["lamp"]),
        ("the black shirt", ["black"]),
        ("both shirts", ["black", "white"]),
        ("the shirts please", ["black", "white"]),
        ("the lamp and the black shirt", ["lamp", "black"]),
        ("everything except the lamp", ["black", "white"]),
        ("my order without the lamp", ["black", "white"]),
        ("not the lamp but the black shirt", ["black"]),
        ("all but the white shirt", ["lamp", "black"]),
        ("the whole order", ["lamp", "black", "white"]),
        ("everything", ["lamp", "black", "white"]),
        ("the second one", ["black"]),
        ("the last one", ["white"]),
        ("2", ["black"]),
        ("the nordlis lamp", ["lamp"]),
        ("my pelworth in white", ["white"]),
    ],
)
def test_words_mean_the_things_they_name(text: str, meant: list[str]) -> None:
    assert list(find_mentions(text, THINGS).keys) == meant


@pytest.mark.parametrize("text", ["the shirt", "that tee", "pellworth"])
def test_a_word_that_fits_two_things_is_not_guessed_at(text: str) -> None:
    mention = find_mentions(text, THINGS)
    assert mention.keys == ()
    assert set(mention.unsure) == {"black", "white"}


@pytest.mark.parametrize("text", ["the toaster", "", "please", "number 7"])
def test_words_that_name_nothing_mean_nothing(text: str) -> None:
    mention = find_mentions(text, THINGS)
    assert (mention.keys, mention.unsure) == ((), ())


def test_an_exception_that_is_open_leaves_the_whole_open() -> None:
    assert set(find_mentions("everything except the shirt", THINGS).unsure) == {"black", "white"}


def test_numbers_are_never_mended() -> None:
    sizes = [Thing("42", words_of("Trail shoe", "42")), Thing("44", words_of("Trail shoe", "44"))]
    assert find_mentions("the shoe in 42", sizes).keys == ("42",)
    assert set(find_mentions("the shoe in 43", sizes).unsure) == {"42", "44"}


def test_an_ordinal_beyond_the_list_picks_nothing() -> None:
    assert find_ordinal("the fifth one", 3) is None
    assert find_ordinal("the third", 3) == 2
