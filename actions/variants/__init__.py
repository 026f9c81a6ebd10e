"""Which variant of a product a customer's words ask for.

`choose_variant` turns words, a product and the line that is to be changed into a `VariantChoice`. All of it is
deterministic: options are kept unless changed, nothing is guessed, and what does not exist is said to be missing.
"""

from actions.variants.choose import choose_variant
from actions.variants.likeness import likeness_in, without_likeness
from actions.variants.lines import LineWish, is_named, names_lines, wishes_by_line
from actions.variants.model import Fallback, FallbackKind, Outcome, VariantChoice, Wish
from actions.variants.reading import read_wish
from actions.variants.telling import asking_words
from actions.variants.wording import differences, question_words, reading_words, variant_titles

__all__ = [
    "Fallback",
    "FallbackKind",
    "LineWish",
    "Outcome",
    "VariantChoice",
    "Wish",
    "asking_words",
    "choose_variant",
    "differences",
    "is_named",
    "likeness_in",
    "names_lines",
    "question_words",
    "read_wish",
    "reading_words",
    "variant_titles",
    "wishes_by_line",
    "without_likeness",
]
