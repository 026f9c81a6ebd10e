"""What words leave out of an exchange: some of its items, or the exchange itself in favour of something else."""

import re
from dataclasses import replace

from actions.exchange.counter import Counter
from actions.exchange.naming import named_lines
from actions.exchange.swaps import Swaps
from actions.exchange.taking import take
from actions.forms.step import Step
from actions.item_choice import kept_words, narrowed, taken_out
from actions.reply import Reply
from actions.turn import Request, Turn
from actions.variants import FallbackKind, LineWish, Outcome

_SKIP = re.compile(
    r"\b(?:skip|leave|forget(?: about)?|drop|keep|not) (?:it|that|this)(?: one)?\b|\bas it is\b|\bnone of (?:these|those|them)\b"
)
_INSTEAD = {FallbackKind.RETURN: "return_item", FallbackKind.CANCEL: "cancel_order", FallbackKind.HUMAN: "request_human"}
_WORDS = {FallbackKind.RETURN: "return", FallbackKind.CANCEL: "cancel", FallbackKind.HUMAN: "a person please:"}


def drop_named(text: str, counter: Counter, swaps: Swaps) -> Swaps | None:
    """Without the lines that the words take out ("not the lamp", "just the shirt"); None where they take nothing out."""
    left = narrowed(text, counter.order, counter.products, swaps.line_ids)
    return swaps.only(left) if left else None


def fewer(request: Request, counter: Counter, swaps: Swaps) -> Swaps | None:
    """The items that are left where the words take some out; a version wished for one of these in the same breath counts."""
    left = drop_named(request.text, counter, swaps)
    if not left:
        return None
    for wish in named_lines(counter, replace(request, text=kept_words(request.text)), chosen=left.line_ids):
        choice = counter.choose(wish)
        if wish.line_id in left.line_ids and choice.outcome not in {Outcome.NOT_SAID, Outcome.PRESENT}:
            left = take(left, wish, choice, counter)
    return left


def denied(turn: Turn, counter: Counter, swaps: Swaps) -> list[str]:
    """The items in hand that the words take out, all of them where none of these was meant."""
    # The splitter leaves out what a message only says before it asks for something.
    return [] if turn.request.pressed else taken_out(turn.whole_text, counter.order, counter.products, swaps.line_ids)


def skips(request: Request) -> bool:
    """Whether the item that was asked about shall stay as it is."""
    return request.intent == "change_mind" if request.pressed else bool(_SKIP.search(request.text.lower()))


def kept_wishes(request: Request, counter: Counter, swaps: Swaps) -> list[LineWish]:
    """The lines that words speak of; one that they only leave out ("not the boots") is not asked about."""
    staying = {wish.line_id for wish in named_lines(counter, replace(request, text=kept_words(request.text)), chosen=swaps.line_ids)}
    return [wish for wish in named_lines(counter, request, chosen=swaps.line_ids) if wish.line_id in staying]


def turn_instead(counter: Counter, swaps: Swaps) -> Step:
    """Turn to what the customer wants where the version cannot be had."""
    kind, line_id = swaps.instead or (FallbackKind.HUMAN, "")
    about = [{"entity": "order_id", "value": counter.order.order_id}, {"entity": "line_id", "value": line_id}]
    words = f"{_WORDS.get(kind, '')} {counter.line(line_id).name}".strip()
    request = Request(_INSTEAD.get(kind, "request_human"), words, entities=tuple(about))
    return Step(outcome={"kind": "redirected", "request": request.to_json()}, said=Reply(" ".join(swaps.said)))
