"""Proving an order without an account: its number and the code that was e-mailed to it.

What is said is the same whether the order exists or not. Shops may allow weaker proof by setting.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.base import ShopAction
from actions.foreign import foreign_reply
from actions.forms.ask import Ask
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.step import Step
from actions.in_passing import is_in_passing
from actions.intents import COURTESIES, QUESTIONS, TASKS, words_ask_for
from actions.met import PROOFS, PROVE_IDENTITY, UNKNOWN, proof_of
from actions.reply import HUMAN, Reply, button
from actions.resolve import find_order_ids
from actions.services import Services
from actions.smalltalk import HELP
from actions.spoken import tells_postal_code
from actions.turn import WAITING, Request, Turn
from actions.yes_no import is_noise, is_stop, plain, takes_back
from shop.models import Level

log = logging.getLogger(__name__)

_CODE = re.compile(r"(?<!\d)(\d{3})[\s-]?(\d{3})(?!\d)")
_OF_PROOF = re.compile(
    r"\b(?:codes?|e-?mails?|mails?|spam|inbox|sign(?:ed)? in|log(?:ged)? in|order (?:number|no|nr|id)|which number|"
    r"didn'?t (?:get|receive)|nothing (?:came|arrived))\b"
)
_DIGITS = re.compile(r"^\W*(?:ch\W*)?\d[\d\s-]{2,11}\W*$", re.IGNORECASE)
ORDER_QUESTIONS = frozenset({"track_order", "list_orders", "ask_invoice", "check_refund"})
_NUMBER = re.compile(r"(?:^|\s)([a-z]{2,3})\s?-?\s?#?(\d{4,9})$", re.IGNORECASE)
_ELSEWHERE = {
    "You can sign in on this page, or tell me the order number": "Please tell me the order number,",
    " You can also sign in on this page.": "",
    ", or you can sign in on this page": "",
}
MOST_MISSES = 3
_ANSWER_WORDS = 8
_CODE_WHY = (
    "To see an order I need to know that it is yours. You can sign in on this page, or tell me the order number "
    "and I'll send a code to the e-mail address of that order."
)
_MISSING = {
    "postal_code": "Thank you. And what is your postal code?",
    "name": "Thank you. And what are your first and last name?",
    "no_email": "Your first name, last name and postal code will do as well. What are they?",
}


_NO_MAIL = re.compile(
    r"\b(?:don'?t|do not|can'?t|cannot|can not) (?:\w+ ){0,2}?(?:know|remember|recall|have|find)\b.*\be?-?mail|\bno e?-?mail\b"
    r"|\b(?:forgot|forgotten|lost)\b.*\be?-?mail"
)
_WHY_ASKED = re.compile(
    r"\bis (?:that|this|it) (?:really )?(?:necessary|needed|required)\b"
    r"|\b(?:why|what) (?:do|would|for)\b.*\b(?:need|want|ask|for|that|it|this)\b"
    r"|\bdo i (?:really )?(?:have|need) to\b|\bmust i\b|\bwhat for\b|\bwhy\W*$"
)
_OTHER_PROOF = re.compile(r"\bname\b.*\b(?:postal|post|zip)\b.*\b(?:do|enough|ok(?:ay)?|work|too|as well|instead|fine|possible)\b")
_NOT_ENOUGH = Reply("A name and a postal code are not enough for that here.")


def why(proofs: Sequence[str]) -> str:
    """Why a proof is needed, and what may be given for one."""
    if set(proofs) <= {"order_code"}:
        return _CODE_WHY
    return f"To see your orders I need {', or '.join(PROOFS[proof] for proof in proofs)}. You can also sign in on this page."


def on_channel(text: str, turn: Turn) -> str:
    """The text as it holds where the customer writes: one can sign in on some web pages alone."""
    if turn.can_sign_in:
        return text
    for page, elsewhere in _ELSEWHERE.items():
        text = text.replace(page, elsewhere)
    return text


def spelled(order_id: str) -> str:
    """An order number as we write it, whether it exists or not: "order ch10277" is CH-10277."""
    found = _NUMBER.search(order_id)
    return f"{found[1].upper()}-{found[2]}" if found else order_id


_NO_MORE_CODES = (
    "For safety I can't send another code for that order number right now. A code that you already have still works for ten minutes. "
    "Otherwise please try again in an hour, or a person can help you."
)


class ValidateOrderProofForm(ShopForm):
    """Reads order number and code, or the facts of a weak proof."""

    form = "order_proof_form"
    finish = "action_finish_proof"
    intents = frozenset()

    def answers(self, request: Request, asked: str) -> bool:
        """A bare code, or a word about the code, is for this form, whatever NLU takes it for."""
        about = _CODE.search(request.text) or ("code" in request.text.lower() and "promo" not in request.text.lower())
        return asked == "proof_code" and bool(about)

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """As every form; but who has signed in on the page meanwhile needs no proof any more."""
        actor = await self.services.identity.get_actor(turn.conversation_id)
        if actor.level is Level.CUSTOMER and asked is not None and turn.intent != "request_human":
            asks = turn.intent in (QUESTIONS | TASKS) - {"ask_account", "thank", "greet"}
            return Step(outcome={"kind": "signed_in", "request": turn.request.to_json() if asks else turn.slot("pending_request")})
        if actor.customer_id and asked is not None and not foreign_reply(turn):
            return _proved(turn)
        if asked is not None and not turn.request.pressed and (told := self._told(turn)):
            return Step(slots={"proof_sent": told})
        if asked is not None and turn.intent == PROVE_IDENTITY:
            return self._read_weak(turn)
        if asked is not None and not foreign_reply(turn) and self._wants_more(turn, asked):
            return _asked_more(turn)
        if asked is not None and "name_zip" not in self.services.settings.guest_proof and tells_postal_code(turn.text):
            return Step(said=_NOT_ENOUGH)
        if asked is not None and not foreign_reply(turn) and self._is_something_else(turn, asked):
            return None
        return await super().step(turn, asked)

    def _told(self, turn: Turn) -> str | None:
        """What is said to doubts about the proof: why it is needed, or what else will do; None where there are none."""
        text = plain(turn.text)
        if find_order_ids(turn.request) or proof_of(turn).get("sure"):
            return None
        if "name_zip" in self.services.settings.guest_proof and (_NO_MAIL.search(text) or _OTHER_PROOF.search(text)):
            return "no_email"
        return "why" if _WHY_ASKED.search(text) and len(text.split()) <= _ANSWER_WORDS else None

    def _wants_more(self, turn: Turn, asked: str) -> bool:
        """Whether the words ask for another task, and not only NLU, which hears one in "I never got the code" too."""
        if turn.intent not in TASKS or is_stop(turn.request, asked):
            return False
        return words_ask_for(turn.request) and (turn.request.pressed or not _OF_PROOF.search(turn.text.lower()))

    def _is_something_else(self, turn: Turn, asked: str) -> bool:
        """Whether a message has nothing of a proof in it; it is then answered as if no proof were open, which waits meanwhile."""
        if turn.intent in TASKS or turn.request.pressed or is_stop(turn.request, asked) or turn.intent in {"say_goodbye", "affirm"}:
            return False
        if self._is_weak_answer(turn):
            return False
        if asked == "proof_order" and find_order_ids(turn.request) and turn.intent not in QUESTIONS - ORDER_QUESTIONS:
            return False
        if find_order_ids(turn.request) and turn.intent in ORDER_QUESTIONS:
            return False
        return not (_CODE.search(turn.text) or _OF_PROOF.search(turn.text.lower()) or _DIGITS.match(turn.text))

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer."""
        if asked is not None and self._is_weak_answer(turn):
            return self._read_weak(turn)
        if "order_code" not in self.services.settings.guest_proof:
            return Step() if asked is None else self._miss(turn)
        if asked == "proof_code":
            return await self._read_code(turn)
        written = find_order_ids(turn.request)
        hint = "You find the order number in the confirmation e-mail; it looks like CH-10234."
        return Step(slots={"proof_order": written[0]}) if written else self._miss(turn, hint)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Another order number after all."""
        written = find_order_ids(turn.request)
        return Step(slots={"proof_order": written[0] if written else None, "proof_code": None, "proof_sent": None})

    async def _read_code(self, turn: Turn) -> Step:
        found = _CODE.search(turn.text)
        if not found:
            written = find_order_ids(turn.request)
            if written:
                return Step(slots={"proof_order": written[0], "proof_sent": None})
            return self._miss(
                turn, "The code goes to the e-mail address that the order was placed with. Please look into the spam folder too."
            )
        if await self.services.identity.prove_order(turn.conversation_id, str(turn.slot("proof_order")), found[1] + found[2]):
            return Step(slots={"proof_code": "proved"}, outcome={"kind": "confirmed"})
        # The mail may never have been sent: a wrong code and a missing order look the same.
        step = self._miss(turn)
        return step if step.outcome else Step(missed=True, said=Reply("That code doesn't fit that order number. Please check both."))

    def _is_weak_answer(self, turn: Turn) -> bool:
        """Whether the words, where the server doubts them, are taken for a proof because one was asked for."""
        proof = proof_of(turn)
        return bool(proof) and (proof["sure"] or (len(turn.text.split()) <= _ANSWER_WORDS and "?" not in turn.text))

    def _read_weak(self, turn: Turn) -> Step:
        if proof_of(turn).get("outcome") == "incomplete":
            return Step(slots={"proof_sent": proof_of(turn)["missing"]})
        step = self._miss(turn)
        return step if step.outcome else Step(missed=True, said=Reply(UNKNOWN))

    def _miss(self, turn: Turn, hint: str = "") -> Step:
        if int(turn.slot("form_misses") or 0) + 1 >= MOST_MISSES:
            text = "I couldn't confirm that the order is yours, so I can't show it. A person can help you, or you can sign in on this page."
            return Step(outcome={"kind": "refused", "text": on_channel(text, turn), "buttons": [HUMAN]})
        return Step(missed=True, said=Reply(hint) if hint else None)


def _proved(turn: Turn) -> Step:
    """Who they are is settled: what the proof was needed for comes first, then what is asked for in the same breath."""
    slots = {"proof_order": "proved", "proof_code": "proved"}
    says_more = not is_noise(turn.request) and not is_in_passing(turn.text)
    asks = not turn.request.pressed and turn.intent in (QUESTIONS | TASKS) - COURTESIES and says_more
    return Step(slots={**slots, **(_pending(turn) if asks else {})}, outcome={"kind": "confirmed"})


def _asked_more(turn: Turn) -> Step:
    """Something else is wanted while the proof is open: it waits for the proof like the rest, and names its own order."""
    written = find_order_ids(turn.request)
    proof = {"proof_order": written[0], "proof_code": None, "proof_sent": None} if written else {}
    refused = proof_of(turn).get("outcome") == "refused" and proof_of(turn).get("sure")
    return Step(slots={**_pending(turn), **proof}, said=Reply(UNKNOWN) if refused else None)


def _pending(turn: Turn) -> dict[str, Any]:
    """The slots by which a request waits for the proof; one that waited for it before stays the first."""
    before = turn.slot("pending_request")
    again = before and before["intent"] == turn.intent and (find_order_ids(turn.request) or before["text"] == turn.text)
    if not before or again or takes_back(turn.whole_text):
        return {"pending_request": turn.request.to_json()}
    earlier = Request.from_json(before)
    if earlier.intent != turn.intent:
        return {"pending_request": before, WAITING: [one.to_json() for one in (turn.request, *turn.waiting)]}
    # The same again, or more of it: nothing that was said is lost.
    entities = (*earlier.entities, *turn.request.entities)
    return {"pending_request": replace(earlier, text=f"{earlier.text} {turn.text}".strip(), entities=entities).to_json()}


class AskProofOrder(Ask):
    """Asks for the order number, and says why."""

    action_name = "action_ask_proof_order"

    async def act(self, turn: Turn) -> Reply:
        """Ask; for the rest where half of a proof was given."""
        told = str(turn.slot("proof_sent"))
        text = _MISSING.get(told) or ("It is so that nobody else sees your orders. " if told == "why" else "") + on_channel(
            why(self.services.settings.guest_proof), turn
        )
        return Reply(text, buttons=[HUMAN, button("Leave it", "change_mind")], slots={"proof_sent": None})


class AskProofCode(AskProofOrder):
    """Has the code sent, once per order number, and asks for it."""

    action_name = "action_ask_proof_code"

    async def act(self, turn: Turn) -> Reply:
        """Send and ask, in the same words whether there is such an order or not; where no codes are taken, ask for what is."""
        if "order_code" not in self.services.settings.guest_proof:
            return await super().act(turn)
        order_id = str(turn.slot("proof_order"))
        buttons = [button("Leave it", "change_mind"), HUMAN]
        if turn.slot("proof_sent") == order_id:
            return Reply(f"Please type the 6-digit code that was sent to the e-mail address of order {spelled(order_id)}.", buttons=buttons)
        try:
            await self.services.identity.start_order_proof(turn.conversation_id, order_id)
        except Exception as exc:  # the service's own errors live in `server`, which actions must not import
            if type(exc).__name__ != "ProofLimitReached":
                raise
            return Reply(_NO_MORE_CODES, buttons=[HUMAN])
        text = (
            f"If there is an order {spelled(order_id)}, a 6-digit code is on its way to its e-mail address. "
            "Please type the code here; it is valid for ten minutes."
        )
        return Reply(text, buttons=buttons, slots={"proof_sent": order_id})


class ActionFinishProof(FinishForm):
    """Ends the proof, and takes up what it was asked for."""

    action_name = "action_finish_proof"
    task = "that"

    async def settle(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """As every form; a sign-in ends it too."""
        if outcome["kind"] != "signed_in":
            return await super().settle(turn, outcome)
        request = Request.from_json(outcome["request"]) if outcome["request"] else Request(intent="list_orders", text="")
        return Reply("You're signed in now, thank you.", slots={"pending_request": None}, replay=request)

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Go on with what the customer wanted in the first place."""
        pending = turn.slot("pending_request")
        if not pending:
            return Reply("Thank you, that fits. What can I do for you?", buttons=HELP)
        return Reply("Thank you, that fits.", slots={"pending_request": None}, replay=Request.from_json(pending))


class ActionMeetIdentity(ShopAction):
    """Answers somebody who says who they are, and nothing else."""

    action_name = "action_meet_identity"

    async def act(self, turn: Turn) -> Reply:
        """Go on with what waited for it, or ask what is wanted, or for what is missing."""
        outcome = (turn.metadata.get("proof") or {}).get("outcome")
        if outcome in {"refused", "incomplete"}:
            missing = (turn.metadata.get("proof") or {}).get("missing")
            return Reply("", slots={"proof_order": None, "proof_code": None, "proof_sent": missing}, then="order_proof_form")
        if outcome == "accepted" and (pending := turn.slot("pending_request")):
            return Reply("", slots={"pending_request": None}, replay=Request.from_json(pending))
        return Reply("What can I do for you?", buttons=HELP)


def needs_proof(turn: Turn) -> Reply:
    """Start the proof, and keep what it is for."""
    written = find_order_ids(turn.request)
    open_already = turn.form == ValidateOrderProofForm.form
    slots = {
        **(_pending(turn) if open_already else {"pending_request": turn.request.to_json()}),
        "proof_order": written[0] if written else None,
        "proof_code": None,
        "proof_sent": None,
    }
    return Reply("", slots=slots, then="order_proof_form")


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    kinds = (ValidateOrderProofForm, AskProofOrder, AskProofCode, ActionFinishProof, ActionMeetIdentity)
    return [kind(services) for kind in kinds]
