"""What a message in the middle of an exchange is, where it is no answer: another task, another order, or a question for a version."""

import re
from dataclasses import replace

from actions.conditions import task_named
from actions.forms import Step
from actions.intents import ABOUT_GOODS, TASKS
from actions.methods import names_method
from actions.owned import get_products
from actions.reply import Reply
from actions.services import Services
from actions.swapping import Counter, Swaps
from actions.turn import Request, Turn
from actions.variants import LineWish, Outcome, is_named, names_lines, variant_titles
from actions.variants.fallbacks import split_fallback
from actions.yes_no import is_question
from shop.wording import join

_INSTEAD = frozenset({"return_item", "cancel_order"})
_GIVES_UP = re.compile(
    r"\b(?:no|forget|drop|skip|leave|scrap|stop|don'?t want|do not want|not) (?:\w+ ){0,3}?(?:exchang\w*|swap\w*|new|change)\b"
    r"|\brather\b|\binstead\b|\b(?:just|only) (?:return|send|take|cancel|refund)\b"
)


def given_up_for(turn: Turn, counter: Counter, swaps: Swaps) -> Request | None:
    """The return or cancellation for which an exchange is given up, whatever NLU hears: "no exchange, I'd rather return it"."""
    task, words = task_named(turn.whole_text), turn.whole_text
    if turn.request.pressed or task not in _INSTEAD or not _GIVES_UP.search(words.lower().replace("’", "'")):
        return None
    wished = any(counter.choose_again(LineWish(one, words), swaps).outcome in {Outcome.CHOSEN, Outcome.SEVERAL} for one in swaps.line_ids)
    if wished or names_method(turn.request):
        # "The refund on my gift card instead" is about the money alone.
        return None
    if split_fallback(words).fallback or any(one.intent in TASKS - {task} for one in turn.waiting):
        return None
    return replace(turn.request, intent=str(task), text=words)


async def later_order(services: Services, turn: Turn, counter: Counter) -> Step | None:
    """An item of another order waits until this one is settled: each order has its own proposal and its own yes."""
    if turn.request.pressed or turn.intent != "exchange_item" or names_lines(turn.text, counter.order.lines, counter.products):
        return None
    if not [order for order in counter.others if is_named(turn.text, order.lines, await get_products(services, [order]))]:
        return None
    waiting = [request.to_json() for request in (turn.request, *turn.waiting)]
    said = Reply("That is part of another order, so I come to it next. This is the question about the first:")
    return Step(slots={"confirmation": None, "waiting_requests": waiting}, said=said)


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
