"""Which product of the catalogue a text means, typing errors forgiven. Where several fit as well, all are given."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from actions.mentions import STOP_WORDS, find_ordinal
from actions.turn import Request
from shop.filtering import singular
from shop.models import Product

_WORD = re.compile(r"[\w]+(?:[.'-][\w]+)*")
_IT = re.compile(r"\b(?:it|its|it's|this|that|the|same)\b")
_TYPO = 82
_LONG, _STEM = 6, 4
"""Letters from which on a mended word names something plainly, and from which on a word counts as another's stem."""
_FEW = 3
"""How many products a part of a comparison may stand for: "the Quillon keyboard" where there are two."""
_NO_NAMES = frozenset(
    """cheaper lighter heavier smaller bigger larger better thicker thinner lawyer letter later person people manager police friend
    family mother father sister brother doctor money account number answer question message matter reason problem customer company
    office street house school world weather morning evening night yesterday tomorrow please sorry thanks really maybe never
    always again right wrong court rights insurance complaint review""".split()  # noqa: SIM905
)
"""Words that compare, and words of everyday talk; no typing error makes them a name ("paper", "layer"). Where the catalogue has them
they are names all the same."""
_SPLIT = re.compile(r"\s*\b(?:vs\.?|versus|or|and|with|to|than|compared to|against)\b\s*|\s*[,/&]\s*")


@dataclass(frozen=True)
class ProductMatch:
    """What a text names.

    Attributes:
        products: The products that fit best, in catalogue order; empty where none is named.
        by_name: Whether a word of their own names was said, and not only their type or brand.
        is_plain: Whether words that stand for nothing else were said: a type, a brand, or a name's own word. "Heavy",
            "red" and mended words are in some names, but may as well ask something of what was just shown.
    """

    products: tuple[Product, ...] = ()
    by_name: bool = False
    is_plain: bool = False

    @property
    def only(self) -> Product | None:
        """The product, if exactly one is meant."""
        return self.products[0] if len(self.products) == 1 else None


@dataclass(frozen=True)
class _Words:
    name: frozenset[str]
    kind: frozenset[str]
    brand: frozenset[str]
    more: frozenset[str]

    @classmethod
    def of(cls, product: Product) -> "_Words":
        kind, brand = _words(product.product_type), _words(product.brand)
        return cls(_words(product.name) - kind - brand, kind, brand, _words(" ".join(product.keywords)))

    def score(self, said: frozenset[str]) -> float:
        more = self.more - self.name - self.kind
        return 3 * len(said & self.name) + 2 * len(said & self.brand) + 1.5 * len(said & self.kind) + len(said & more)


class ProductNames:
    """The words that a catalogue's products go by."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = list(products)
        self._words = [_Words.of(product) for product in products]
        self._vocabulary = sorted(
            {word for words in self._words for part in (words.name, words.kind, words.brand, words.more) for word in part}
        )
        self._known = frozenset(self._vocabulary)
        hyphened = {part for product in products for part in re.findall(r"\w+(?:-\w+)+", product.name.lower())}
        kinds = hyphened | {product.product_type.lower() for product in products}
        self._joined = {re.sub(r"\W", "", kind): kind for kind in kinds if re.search(r"\w\W\w", kind)}
        self._heads = _heads(products)
        self._ordinary = _ordinary(products, self._words)
        self._prose = frozenset().union(*(_words(_prose(product)) for product in products)) | self._known

    @property
    def products(self) -> Sequence[Product]:
        """All products whose names these are."""
        return self._products

    def find(self, text: str) -> ProductMatch:
        """Find what a text names."""
        text = self._apart(text)
        said = frozenset(mended for word in _words(text) if (mended := self._mend(word)))
        scores = [words.score(said) for words in self._words]
        top = max(scores, default=0.0)
        if top <= 0 or not said & frozenset().union(*(words.name | words.kind | words.brand | words.more for words in self._words)):
            return ProductMatch()
        best = [index for index, score in enumerate(scores) if score == top]
        by_name = all(said & self._words[index].name for index in best)
        return ProductMatch(tuple(self._products[index] for index in best), by_name, self._is_plain(_words(text), best))

    def _apart(self, text: str) -> str:
        """The text with kinds that are written as one word as the catalogue writes them: "tshirts" are t-shirts."""

        def kind(found: re.Match[str]) -> str:
            word = found[0].lower()
            return self._joined.get(word) or self._joined.get(singular(word)) or found[0]

        return _WORD.sub(kind, text)

    def _is_plain(self, written: frozenset[str], best: Sequence[int]) -> bool:
        """Whether the words as they were written name these, and could hardly mean anything else."""
        meant = [self._words[index] for index in best]
        if any((words.kind and words.kind <= written) or (words.brand and words.brand <= written) for words in meant):
            return True
        mended = frozenset(self._mend(word) or "" for word in written if len(word) >= _LONG)
        named = [(written | mended) & words.name for words in meant]
        return any(len(found) >= 2 or found - self._ordinary for found in named)

    def find_plain(self, text: str) -> tuple[Product, ...]:
        """What a text names plainly: what `find` gives as plain, or by the head of its one type ("flask" of "vacuum flask")."""
        text = self._apart(text)
        match = self.find(text)
        kinds = {singular(product.product_type.lower().split()[-1]) for product in match.products}
        return match.products if match.is_plain or (len(kinds) == 1 and kinds <= _words(text)) else ()

    def mend_words(self, text: str) -> str:
        """The text with words that stand nowhere in the catalogue put right, where one that does is near: "coffe"."""

        def mended(found: re.Match[str]) -> str:
            word = found[0].lower()
            return found[0] if singular(word) in self._prose or word in STOP_WORDS else self._mend(singular(word)) or found[0]

        return _WORD.sub(mended, text)

    def are_of(self, words: str, kind: str) -> bool:
        """Whether all of the words are said of some product of a type: "thick" of yoga mats, whatever "bikes" may be."""
        known = frozenset().union(*(_words(_prose(product)) for product in self._products if product.product_type == kind))
        return all(any(one.startswith(word) or (word.startswith(one) and len(one) >= _STEM) for one in known) for word in _words(words))

    def is_sold(self, thing: str) -> bool:
        """Whether a thing ("bikes", "rucksacks") is what some product is, and not only what it is for."""
        return singular(thing.lower()) in self._heads

    def without_name(self, text: str, product: Product) -> str:
        """The text with the product's own words replaced by "it", so that what is asked stands alone."""
        own = self._words[next(index for index, one in enumerate(self._products) if one.product_id == product.product_id)]
        named = own.name | own.kind | own.brand
        kept = ["it" if self._mend(singular(word.lower())) in named else word for word in re.findall(r"[\w.'-]+|[?!,]", text)]
        return re.sub(r"\b(?:the |a )?it(?: it)+\b|\bthe it\b", "it", " ".join(kept)).replace(" ?", "?")

    def find_several(self, text: str) -> list[Product]:
        """The products that the parts of a comparison name, distinct: by name one each, by brand and type a few."""
        found: list[Product] = []
        for part in _SPLIT.split(text.lower()):
            match = self.find(part)
            few = match.products[:1] if match.by_name else match.products[: _FEW if len(match.products) <= _FEW else 0]
            found += [product for product in few if product not in found]
        return found

    def _mend(self, word: str) -> str | None:
        """The catalogue's word for a word: itself, or the nearest where it is long enough for a typing error."""
        if word in self._known:
            return word
        if len(word) < 5 or word in _NO_NAMES or any(sign.isdigit() for sign in word):
            return None
        near = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_TYPO)
        return near[0] if near else None


def _prose(product: Product) -> str:
    """All that a product's record says in words."""
    options = [value for variant in product.variants for value in variant.options.values()]
    own = [product.name, product.product_type, product.brand, product.description]
    return " ".join([*own, *product.keywords, *product.attributes, *product.attributes.values(), *options])


def _ordinary(products: Sequence[Product], words: Sequence[_Words]) -> frozenset[str]:
    """Words of names that records of other products use too, so that they name nothing by themselves."""
    named = Counter(word for one in words for word in one.name)
    used = Counter(word for product in products for word in _words(_prose(product)))
    options = frozenset().union(*(_words(value) for p in products for v in p.variants for value in v.options.values()))
    return frozenset(word for word, times in named.items() if used[word] > times or word in options)


def _heads(products: Sequence[Product]) -> frozenset[str]:
    """What products are called by what they are: the last word of type and name, and words that most of a type share."""
    heads = {singular(name.lower().split()[-1]) for product in products for name in (product.product_type, product.name)}
    for kind in {product.product_type for product in products}:
        own = [product for product in products if product.product_type == kind]
        shared = Counter(word for product in own for word in _words(" ".join(product.keywords)))
        heads |= {word for word, times in shared.items() if times * 2 >= len(own)}
    return frozenset(heads)


def points_back(request: Request) -> bool:
    """Whether a text speaks of what was shown before: "is it in stock?", "the second one"."""
    return bool(_IT.search(request.text.lower())) or find_ordinal(request.text, 9) is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in _WORD.findall(text.lower()) if word not in STOP_WORDS and len(word) > 1)
