"""Values that are asked for and that a product does not come in, such as a colour it lacks."""

from collections.abc import Sequence

from actions.variants.scales import option_names, option_values
from actions.variants.spans import Named
from actions.variants.values import Token, tokens_of, value_words
from shop.models import Product

_COLOURS = frozenset(
    """black white gray red blue green yellow orange purple pink brown beige silver gold navy teal turquoise cream ivory violet lilac
    maroon khaki olive burgundy charcoal bronze copper mint coral magenta cyan tan rose""".split()  # noqa: SIM905
)


def find_unmet(tokens: Sequence[Token], named: Sequence[Named], product: Product, known: Sequence[Product]) -> tuple[str, ...]:
    """The words that name a value that no variant has: of an option that other products have too, or a plain colour."""
    taken = {at for one in named for at in range(one.start, one.end)}
    own = {word for name in option_names(product) for value in option_values(product, name) for word in value_words(value)[1]}
    own |= {token.key for token in tokens_of(f"{product.name} {product.product_type} {product.brand} {' '.join(product.keywords)}")}
    foreign = _foreign(product, known)
    found = [token.raw for at, token in enumerate(tokens) if at not in taken and token.key in foreign and token.key not in own]
    measures = [value for one in named if one.rank is not None and not one.denied for _, value in one.options[:1]]
    return tuple(dict.fromkeys([*found, *measures]))


def _foreign(product: Product, known: Sequence[Product]) -> frozenset[str]:
    names = option_names(product)
    words = {
        value_words(value)[1][0]
        for other in known
        for name in names
        for value in option_values(other, name)
        if len(value_words(value)[1]) == 1 and len(value_words(value)[1][0]) > 2 and not value_words(value)[1][0].startswith("=")
    }
    has_colour = any(word in name.lower() for name in names for word in ("colour", "color"))
    return frozenset(word for word in words if not word[0].isdigit()) | (_COLOURS if has_colour else frozenset())
