"""Words that leave a form: a goodbye, a no before something else, another task, a request that was never meant."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.forms.step import Step
from actions.intents import QUESTIONS, TASKS
from actions.kept import wished_besides
from actions.meant import find_meant, others_waiting, refuses, retracted_rest
from actions.reply import HUMAN, Reply
from actions.smalltalk import HELP
from actions.spoken import find_order_ids
from actions.turn import WAITING, Request, Turn
from actions.waiting import opening_of
from actions.yes_no import is_question, plain, takes_back

TAKE_YOUR_TIME = Reply("Take your time, nothing is done before your yes.")
NOT_YET = Reply("Before you go: nothing is done yet, it still needs your yes.")
_LEFT = "All right, I leave that as it is."
_POINTS = re.compile(r"\b(?:return|exchange|swap|send|change|give)\s+(?:it|them|that|those|these|both)\b")
_NO_FIRST = re.compile(
    r"^\W*(?:no+|nope|nah)\s*[.,!;…–-]+\s*(?!(?:wait|hold on|hang on|thanks?|sorry|just a|one (?:moment|second))\b)(?=\w)"
    r"(?!.*\b(?:that'?s (?:all|everything|it)|nothing (?:else|more)|yes|go ahead|proceed|do it|how|what|when|where|which|why)\b)(?!.*\?)",
    re.DOTALL,
)


def not_this(turn: Turn, intents: frozenset[str]) -> Step | None:
    """A form that is opened by words which mean another request, or which refuse this one."""
    meant = find_meant(turn)
    if meant:
        return Step(outcome={"kind": "redirected", "request": meant.to_json()}, slots={WAITING: others_waiting(turn)})
    if turn.intent in intents and refuses(replace(turn.request, text=turn.whole_text)):
        return _left_alone(turn)
    return None


def _left_alone(turn: Turn) -> Step:
    """Say that nothing is touched; what is asked in the same breath is taken up."""
    instead = wished_besides(replace(turn, request=replace(turn.request, text=turn.whole_text)))
    if instead and not turn.waiting:
        return Step(outcome={"kind": "redirected", "request": instead.to_json()}, said=Reply(_LEFT))
    rest = retracted_rest(turn.whole_text, turn.intent) or ""
    if not turn.waiting and is_question(Request("", rest)):
        return Step(outcome={"kind": "redirected", "request": Request("ask_order_details", rest).to_json()}, said=Reply(_LEFT))
    if turn.waiting:
        return Step(outcome={"kind": "refused", "text": _LEFT, "buttons": [HUMAN]})
    return Step(outcome={"kind": "refused", "text": f"{_LEFT} What can I do for you instead?", "buttons": HELP})


def last_call(turn: Turn, asked: str) -> Step:
    """A goodbye drops what is going on; where only the yes is missing, that is said once."""
    if asked != "confirmation" or turn.slot("form_misses"):
        return Step(outcome={"kind": "stopped"})
    return Step(slots={"confirmation": None}, missed=True, said=NOT_YET)


def given_up(turn: Turn, asked: str) -> Step | None:
    """A no before words that are no correction: the proposal is dropped, and what they ask for is taken up; None without a no."""
    text = plain(turn.whole_text)
    if asked != "confirmation" or turn.request.pressed or not _NO_FIRST.match(text):
        return None
    asks = turn.intent in TASKS | QUESTIONS
    return Step(outcome={"kind": "switched", "request": turn.request.to_json()} if asks else {"kind": "stopped"})


def switch(turn: Turn, request: Request) -> Step:
    """Take another task up; what is going on is kept for later where it is neither taken back nor about the same order."""
    numbers = [re.sub(r"\D", "", number) for number in find_order_ids(request)]
    present = re.sub(r"\D", "", str(turn.slot("order_choice") or ""))
    elsewhere = bool(numbers) and present not in numbers
    kept = opening_of(turn) if elsewhere and not turn.request.pressed and not takes_back(turn.whole_text) else None
    method = turn.slot("method_choice")
    if kept and method:
        # What was answered before stays answered.
        kept = replace(kept, entities=(*kept.entities, {"entity": "payment_method", "value": method}))
    return Step(outcome={"kind": "switched", "request": request.to_json(), "kept": kept.to_json() if kept else None})


def about_items(turn: Turn, line_ids: Sequence[str]) -> Request:
    """The request with the items in hand, where its own words say no more than "it" or "them"."""
    if turn.request.pressed or not line_ids or not _POINTS.search(turn.text.lower()):
        return turn.request
    named = tuple({"entity": "line_id", "value": line_id} for line_id in line_ids)
    return replace(turn.request, entities=(*turn.request.entities, *named))
