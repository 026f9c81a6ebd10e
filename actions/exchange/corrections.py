"""What a message in the middle of an exchange is, where it is no answer: another task, a version that was wrong, or a question for one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.conditions import task_named
from actions.exchange.counter import Counter
from actions.exchange.naming import named_lines
from actions.exchange.swaps import Swaps
from actions.intents import ABOUT_GOODS, TASKS
from actions.methods import names_method
from actions.reply import Reply
from actions.turn import Request, Turn
from actions.variants import LineWish, Outcome, VariantChoice, question_words, variant_titles
from actions.variants.fallbacks import split_fallback
from actions.yes_no import is_question
from shop.wording import join

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_LEAVES = re.compile(
    r"\b(?:leave|forget|drop|skip|keep) (?:it|that|this|everything|things|mine)"
    r"(?: all)?(?: then| (?:just )?(?:as|how|like) (?:it|they|that) "
    r"(?:is|are)| be| alone| altogether)*(?=\W*(?:$|[.,;!]|\b(?:then|thanks|thank|bye|goodbye|please|and (?:that|bye|good))\b))"
)
"""What ends an exchange with nothing done."""
_CONDITION = re.compile(r"\b(?:if|unless|otherwise|else|in case|when)\b")
_INSTEAD = frozenset({"return_item", "cancel_order"})
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|(?:not|isn't|wasn't|never) (?:quite )?(?:the )?right|not what i \w+"
    r"|(?:not|isn't) (?:it|the one|that one|this one|that version)"
    r"|(?:don't|do not|didn't) want (?:that|this|it|the) ?(?:one|version)?|not (?:that|this)(?: one| version)?(?=\W*$)"
    r"|(?:other|another|different) (?:one|version)(?: please| then)?(?=\W*$))\b"
)
_NOT_OF_VERSION = re.compile(r"\b(?:order|card|address|method|account|paypal|amount|price|person|items?|product)\b")
_DENIES = re.compile(r"^\W*(?:no+|nope|nah)\b|\b(?:don't|do not) (?:want|need) (?:that|this|it|the)\b")
_ADDS = re.compile(r"^\W*(?:(?:ok|okay|good|fine|and|please|can you|could you|then)\W+)*(?:add|also|plus)\b")
_GIVES_UP = re.compile(
    r"\b(?:no|forget|drop|skip|leave|scrap|stop|don'?t want|do not want|not) (?:\w+ ){0,3}?(?:exchang\w*|swap\w*|new|change)\b"
    r"|\brather\b|\binstead\b|\b(?:just|only) (?:return|send|take|cancel|refund)\b"
)


def given_up_for(turn: Turn, counter: Counter, swaps: Swaps) -> Request | None:
    """The return or cancellation for which an exchange is given up, whatever NLU hears: "no exchange, I'd rather return it"."""
    task, words = task_named(turn.whole_text), turn.whole_text
    if turn.request.pressed or task not in _INSTEAD or not _GIVES_UP.search(words.lower().replace("’", "'")):
        return None
    # "The other colours are nothing for me. Let me just return it": what is wished for stands beside the task.
    sentences = [one for one in _SENTENCE.split(words) if re.search(r"\w", one)]
    given = " ".join(one for at, one in enumerate(sentences) if any(task_named(said) == task for said in sentences[: at + 1]))
    wished = any(counter.choose_again(LineWish(one, given), swaps).outcome in {Outcome.CHOSEN, Outcome.SEVERAL} for one in swaps.line_ids)
    if wished or names_method(turn.request):
        # "The refund on my gift card instead" is about the money alone.
        return None
    if split_fallback(words).fallback or any(one.intent in TASKS - {task} for one in turn.waiting):
        return None
    # What is told before is about versions, and names no order: "navy and olive aren't the same".
    return replace(turn.request, intent=str(task), text=given)


def existing_reply(turn: Turn, counter: Counter, swaps: Swaps) -> Reply | None:
    """The versions that a question means, of the one item in hand that has such; None where it asks for something else."""
    if turn.intent not in ABOUT_GOODS or not is_question(turn.request):
        return None
    choices = [(line_id, counter.choose(LineWish(line_id, turn.text))) for line_id in swaps.line_ids]
    found = [(line_id, choice) for line_id, choice in choices if choice.outcome in {Outcome.CHOSEN, Outcome.SEVERAL}]
    if len(found) != 1:
        return None
    line_id, choice = found[0]
    line = counter.line(line_id)
    titles = variant_titles(choice.variants, counter.products[str(line.product_id)])
    return Reply(f"Yes, there is the {line.name} as {join(titles, 'or')}. Tell me if you would like that instead.")


def denies(request: Request) -> bool:
    """Whether a question comes with a no to what is proposed."""
    return not request.pressed and bool(_DENIES.search(request.text.lower().replace("’", "'")))


def adds(request: Request, counter: Counter, swaps: Swaps) -> bool:
    """Whether words add an item of the same order, whatever NLU hears: "add the mug, for a blue one"."""
    if request.pressed or not _ADDS.search(request.text.lower()):
        return False
    new = [wish for wish in named_lines(counter, request, chosen=swaps.line_ids) if wish.line_id not in swaps.line_ids]
    return any(counter.choose(wish).outcome in {Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST} for wish in new)


def is_wrong_version(turn: Turn) -> bool:
    """Whether words only say that the version is not the one that was meant: "no, wrong mug"."""
    words = turn.text.lower().replace("’", "'")
    return not turn.request.pressed and bool(_WRONG.search(words)) and not _NOT_OF_VERSION.search(words)


def reopened(swaps: Swaps, counter: Counter, line_ids: Sequence[str]) -> Swaps:
    """The same items with the versions of some of them open again, each to be asked for."""
    asked = {one: {"said": _which(counter, one), "variants": []} for one in line_ids}
    return replace(swaps, chosen={key: value for key, value in swaps.chosen.items() if key not in line_ids}, open={**swaps.open, **asked})


def leaves_all(request: Request, counter: Counter, swaps: Swaps) -> bool:
    """Whether the customer leaves it where what was wished for is not there: "if you can't do that, leave it"; "then I'll leave it"."""
    sentences = [one for one in _SENTENCE.split(request.text.lower().replace("’", "'")) if one]
    at = next((at for at, one in enumerate(sentences) if _LEAVES.search(one)), None)
    if request.pressed or at is None:
        return False
    leaves = sentences[at]
    after = " ".join([leaves[_end_of(leaves) :], *sentences[at + 1 :]])
    before = " ".join([*sentences[:at], leaves]) if _CONDITION.search(leaves) else ""
    wished = {Outcome.CHOSEN, Outcome.SEVERAL, Outcome.NEAREST}
    return not any(counter.choose(LineWish(one, words)).outcome in wished for one in swaps.line_ids for words in (before, after) if words)


def _end_of(leaves: str) -> int:
    found = _LEAVES.search(leaves)
    return found.end() if found else 0


def _which(counter: Counter, line_id: str) -> str:
    product = counter.products.get(str(counter.line(line_id).product_id))
    return f"All right, not that one. {question_words(VariantChoice(Outcome.NOT_SAID), product)}" if product else ""
