"""The frame of every form: read an answer, or step aside for a question, a correction, a change of mind.

A form's validation reads the customer's words itself, so that what fills a slot is decided by code. It returns no slot
where the message is not for the form: Rasa then finds the rule for it, and the answering action resumes the form.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.assent import find_assent
from actions.base import FORM_SLOTS, PATIENT_FORMS, REPEATABLE, ShopAction, queue_events, say
from actions.beside import answer_about, asks_figures, figures
from actions.closing import is_closing
from actions.conditions import read_condition, task_named
from actions.foreign import foreign_reply
from actions.handover import hand_over
from actions.intents import QUESTIONS, REPORTS, TASKS, only_wonders, words_ask_for
from actions.knowledge import answer_question, in_full
from actions.meant import find_meant, others_waiting, refuses
from actions.met import PROVE_IDENTITY, meet
from actions.methods import asks_for_method, find_method, names_method
from actions.own_facts import plain_fact
from actions.reply import HUMAN, TROUBLE, Reply, beside_question
from actions.services import Services
from actions.smalltalk import HELP
from actions.spoken import find_order_ids
from actions.totals import sum_reply
from actions.turn import WAITING, Request, Turn
from actions.understanding import HELPED, is_open, restate_answer
from actions.waiting import opening_of, without_figures
from actions.yes_no import is_all_said, is_noise, is_question, is_stop, plain, takes_back

log = logging.getLogger(__name__)

_POINTS = re.compile(r"\b(?:return|exchange|swap|send|change|give)\s+(?:it|them|that|those|these|both)\b")
_GRUMBLES = frozenset({"make_complaint", "give_feedback", *TASKS})
_NOT_DONE = frozenset({"stopped", "switched", "refused", "failed"})
_WHY = re.compile(
    r"^\W*(?:(?:and|but|so|god|seriously|honestly)\W+)*(?:why|how come|what kind of|are you (?:kidding|serious|joking))\b"
    r"(?!.*\b(?:only|just|not|instead|said|meant|wanted)\b)"
)
"""Words that ask for no answer and change nothing."""
_NO_FIRST = re.compile(
    r"^\W*(?:no+|nope|nah)\s*[.,!;…–-]+\s*(?!(?:wait|hold on|hang on|thanks?|sorry|just a|one (?:moment|second))\b)(?=\w)"
    r"(?!.*\b(?:that'?s (?:all|everything|it)|nothing (?:else|more)|yes|go ahead|proceed|do it|how|what|when|where|which|why)\b)(?!.*\?)",
    re.DOTALL,
)
_SORRY = Reply("I'm sorry about that. A person can help if you prefer; otherwise we go on here.", buttons=[HUMAN])
SURE = 0.6
"""Below it a question in the middle of a form is taken for a clumsy answer."""


@dataclass(frozen=True)
class Step:
    """What reading an answer led to.

    Attributes:
        slots: What is known now; None opens a question again.
        said: A word about it, before the next question.
        outcome: How the form ended, for its finishing action; None while it goes on.
        missed: Whether the answer was not understood.
    """

    slots: dict[str, Any] = field(default_factory=dict)
    said: Reply | None = None
    outcome: dict[str, Any] | None = None
    missed: bool = False


class ShopForm(FormValidationAction):
    """A form of a topic.

    Attributes:
        form: Its name in the domain.
        finish: The action that ends it, whatever the outcome.
        intents: The intents that start it, and so belong to it.
        free_slots: Slots whose answer is the customer's own words, whatever they sound like.
        reads_conditions: Whether the form itself reads what a message falls back on ("if there is none, the black one").
    """

    form: ClassVar[str]
    finish: ClassVar[str]
    intents: ClassVar[frozenset[str]]
    free_slots: ClassVar[frozenset[str]] = frozenset()
    reads_conditions: ClassVar[bool] = False

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """The name under which Rasa calls it."""
        return f"validate_{self.form}"

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read an answer to the slot `asked`, or the words that opened the form (None)."""
        raise NotImplementedError

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Take back what the customer says was wrong. By default their words are simply read again."""
        return await self.read(turn, asked)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answer Rasa's call."""
        turn = Turn.of(tracker, self.form)
        if not turn.is_new:
            return []
        asked = turn.slot("requested_slot") if turn.form == self.form else None
        # A form that a person's claim cut short has left its answers behind.
        stale = {slot: None for slot in FORM_SLOTS if asked is None and turn.slot(slot) is not None}
        tracker.slots.update(stale)
        step: Step | None
        try:
            met = await meet(self.services, turn)
            step = _met_step(met.said, asked) if met and met.ends else await self._helped(turn, asked, await self.step(turn, asked))
            if met and not met.ends and step is not None and self.form not in PATIENT_FORMS:
                say(dispatcher, met.said)
        except Exception:
            log.exception("form.failed form=%s turn_id=%s", self.form, turn.turn_id)
            step = Step(outcome={"kind": "failed"})
        return [] if step is None else self._events(dispatcher, turn, replace(step, slots={**stale, **step.slots}))

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """Decide what a message is to the form; None where it is a question that its own rule answers."""
        foreign = foreign_reply(turn)
        if asked is None:
            if foreign:
                return Step(outcome={"kind": "refused", "text": foreign.text, "buttons": foreign.buttons})
            # What plainly asks a fact opens no form, whatever NLU took it for.
            fact = await plain_fact(self.services, turn)
            asked_fact = Step(outcome={"kind": "redirected", "request": replace(turn.request, intent=fact).to_json()}) if fact else None
            return _not_this(turn, self.intents) or asked_fact or await self._open(turn)
        if foreign:
            return Step(said=foreign)
        if turn.intent == PROVE_IDENTITY:
            return Step()
        return await self._read_assent(turn, asked) or await self._read_inside(turn, asked)

    async def _read_assent(self, turn: Turn, asked: str) -> Step | None:
        """Read a yes to what was proposed; what is said beside it waits."""
        yes = find_assent(turn, self.intents) if asked == "confirmation" else None
        if yes is None or await self.takes_out(turn, asked):
            return None
        step = await self.read(replace(turn, request=yes.said), asked)
        return replace(step, slots={**step.slots, WAITING: [one.to_json() for one in yes.waiting] or None})

    async def _read_inside(self, turn: Turn, asked: str) -> Step | None:
        """Take what is no yes, in this order: noise, fewer items, an end, a question, another task, a correction, an answer."""
        if is_noise(turn.request):
            return Step(missed=True)
        if await self.takes_out(turn, asked):
            return await self.read(turn, asked)
        if is_closing(turn.text) and not is_all_said(turn.request):
            return _last_call(turn, asked)
        wonders = asked == "confirmation" and only_wonders(turn.request)
        if not wonders and (self.drops(turn, asked) or turn.intent == "say_goodbye"):
            return Step(outcome={"kind": "stopped"})
        return await self._asked_for_method(turn, asked) or await self._answer(turn, asked) or await self._sort_out(turn, asked)

    async def _asked_for_method(self, turn: Turn, asked: str) -> Step | None:
        """A yes or a no first, then the rule, where it is asked if the money can go another way; None for all other words."""
        present = turn.slot("method_choice")
        turn = turn if turn.request.pressed else replace(turn, request=replace(turn.request, text=turn.whole_text))
        if not (asked == "method_choice" or (asked == "confirmation" and present)) or not asks_for_method(turn.request):
            return None
        order_id, actor = str(turn.slot("order_choice")), await self.services.identity.get_actor(turn.conversation_id)
        named = find_method(turn.request, await self.services.shop.list_payment_methods(actor, order_id))
        if named and asked == "confirmation" and named.payment_method_id == present:
            return Step(slots={asked: None}, said=Reply(f"Yes. {figures(turn.slot('proposal') or {})}"))
        step = await self.read(turn, asked)
        if named and step.slots.get("method_choice") == named.payment_method_id:
            return replace(step, said=Reply(f"Yes, that is possible. {step.said.text if step.said else ''}".strip()))
        return (
            replace(step, said=replace(step.said, text=f"No. {step.said.text}"), missed=False) if step.said and not step.outcome else None
        )

    async def _answer(self, turn: Turn, asked: str) -> Step | None:
        """Answer what is asked of the proposal, or for a sum; None where neither is."""
        if asked in self.free_slots or (self.answers(turn.request, asked) and not asks_figures(turn.request)):
            return None
        about = await answer_about(self.services, turn, turn.slot("proposal") or {}) if asked == "confirmation" else None
        told = about or await sum_reply(self.services, turn)
        return Step(slots={asked: None}, said=told) if told else None

    async def _helped(self, turn: Turn, asked: str | None, step: Step | None) -> Step | None:
        """Where the words were not understood, read them as a language model puts them; what comes of it is asked, never done."""
        if self.services.reader is None or step is None or step.outcome or asked not in HELPED or not self._is_unread(step, asked):
            return step
        restated = await restate_answer(self.services, turn, self.intents, {**turn.tracker.slots, **step.slots})
        again = await self.step(replace(turn, request=restated.request), asked) if restated else None
        if restated is None or again is None or self._is_unread(again, asked) or (again.outcome or {}).get("kind", "refused") != "refused":
            return step
        # What is wanted otherwise was read from the customer's own words.
        otherwise = {"fallback": step.slots["fallback"]} if "fallback" in step.slots else {}
        return replace(again, slots={**restated.slots, **otherwise, **again.slots})

    def _is_unread(self, step: Step, asked: str | None) -> bool:
        opened = asked is None and step.outcome is None
        return step.missed or (opened and is_open(self.intents, step.slots))

    async def _sort_out(self, turn: Turn, asked: str) -> Step | None:
        """Take a message as another task, a question, a correction, or an answer, in this order."""
        if self._is_other_task(turn, asked):
            return self._switch(turn, self.handed_on(turn))
        if self._is_question(turn, asked):
            return None
        comments = _WHY.search(turn.text.lower()) or (turn.intent in REPORTS and not words_ask_for(turn.request))
        heard = await self._heard_out(turn, asked) if asked == "confirmation" and comments else None
        if heard:
            return heard
        corrects = turn.intent == "correct_request"
        step = await (self._corrected(turn, asked) if corrects else self.read(turn, asked))
        unheard = step.missed and step.outcome is None and step.said is None
        return (await self._heard_out(turn, asked) or self._given_up(turn, asked) or step) if unheard else step

    def _given_up(self, turn: Turn, asked: str) -> Step | None:
        """A no before words that are no correction: the proposal is dropped, and what they ask for is taken up; None without a no."""
        text = plain(turn.whole_text)
        if asked != "confirmation" or turn.request.pressed or not _NO_FIRST.match(text):
            return None
        asks = turn.intent in TASKS | QUESTIONS
        return Step(outcome={"kind": "switched", "request": turn.request.to_json()} if asks else {"kind": "stopped"})

    async def _heard_out(self, turn: Turn, asked: str) -> Step | None:
        """What is said to a grumble or a question that is no answer and changes nothing; None for all other words."""
        if turn.request.pressed or asked in self.free_slots:
            return None
        if asked == "confirmation" and is_question(turn.request):
            question, _ = await in_full(self.services, turn, turn.text)
            return Step(slots={asked: None}, said=beside_question(await answer_question(self.services, turn, question)))
        if asked == "confirmation" and names_method(turn.request):
            return Step(slots={asked: None}, said=Reply(figures(turn.slot("proposal") or {})))
        return Step(slots={asked: None}, said=_SORRY) if turn.intent in _GRUMBLES - self.intents else None

    async def _corrected(self, turn: Turn, asked: str) -> Step:
        """Take a correction for another task where it names one, else for an answer that is taken back."""
        task = task_named(turn.text)
        if task in TASKS - self.intents and not self.answers(replace(turn.request, intent=task), asked):
            return self._switch(turn, replace(self.handed_on(turn), intent=str(task)))
        return await self.correct(turn, asked)

    def _switch(self, turn: Turn, request: Request) -> Step:
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

    async def _open(self, turn: Turn) -> Step:
        """Read the words that opened the form; what they fall back on is kept until the rules have spoken."""
        condition = read_condition(turn.request)
        if condition is None:
            return await self.read(turn, None)
        if condition.first_intent in TASKS - self.intents:
            first = replace(turn.request, intent=str(condition.first_intent))
            return Step(outcome={"kind": "redirected", "request": first.to_json()})
        kept = {"intent": condition.second_intent, "text": condition.second}
        turn.tracker.slots["fallback"] = kept
        own = tuple(one for one in turn.request.entities if "start" not in one or str(one.get("value")) in condition.first)
        first = turn.request if self.reads_conditions else replace(turn.request, text=condition.first, entities=own)
        step = await self.read(replace(turn, request=first), None)
        if (step.outcome or {}).get("kind") == "unproved":
            # The whole message is taken up again once the order is proved.
            return replace(step, outcome={**(step.outcome or {}), "request": turn.request.to_json()})
        return replace(step, slots={"fallback": kept, **step.slots})

    def handed_on(self, turn: Turn) -> Request:
        """What another task that takes over is told."""
        return turn.request

    async def takes_out(self, turn: Turn, asked: str) -> bool:
        """Whether the words drop some of several items, and not what is going on; never where they name another task."""
        return False

    def names_other_task(self, turn: Turn) -> bool:
        """Whether the words themselves, and not only NLU, name a task of another form."""
        task = task_named(turn.text)
        return task is not None and task not in self.intents

    def drops(self, turn: Turn, asked: str) -> bool:
        """Whether the customer drops what is going on."""
        return is_stop(turn.request, asked)

    def _is_other_task(self, turn: Turn, asked: str) -> bool:
        """Whether the words ask for another task; what only sounds like one to NLU, or only wonders, asks for none."""
        if turn.intent not in TASKS - self.intents or not self._is_sure(turn, asked) or self.answers(turn.request, asked):
            return False
        return words_ask_for(turn.request) and not (asked == "confirmation" and only_wonders(turn.request))

    def _is_question(self, turn: Turn, asked: str) -> bool:
        if turn.intent == "request_human":
            return True
        grumbles = turn.intent in _GRUMBLES and not turn.request.pressed
        return turn.intent in QUESTIONS and not grumbles and self._is_sure(turn, asked) and not self.answers(turn.request, asked)

    def _is_sure(self, turn: Turn, asked: str) -> bool:
        if turn.request.pressed:
            return True
        return turn.request.confidence >= SURE and (asked not in self.free_slots or "?" in turn.text)

    def answers(self, request: Request, asked: str) -> bool:
        """Whether the words are plainly an answer to `asked`, whatever NLU takes them for."""
        return False

    def _events(self, dispatcher: CollectingDispatcher, turn: Turn, step: Step) -> list[EventType]:
        misses = int(turn.slot("form_misses") or 0) + 1 if step.missed else 0
        said = Reply("Sorry, I didn't get that.", buttons=[HUMAN] if misses > 1 else []) if step.missed and not step.said else step.said
        if said:
            say(dispatcher, said)
        events: list[EventType] = [*queue_events(turn), *(SlotSet(name, value) for name, value in step.slots.items())]
        events.append(SlotSet("form_misses", misses))
        if turn.intent in REPEATABLE:
            events.append(SlotSet("last_intent", turn.intent))
        if step.outcome is not None:
            events += [SlotSet("form_outcome", step.outcome), SlotSet("requested_slot", None), FollowupAction(self.finish)]
        return events


def _not_this(turn: Turn, intents: frozenset[str]) -> Step | None:
    """A form that is opened by words which mean another request, or which refuse this one."""
    meant = find_meant(turn)
    if meant:
        return Step(outcome={"kind": "redirected", "request": meant.to_json()}, slots={WAITING: others_waiting(turn)})
    if turn.intent in intents and refuses(replace(turn.request, text=turn.whole_text)):
        return Step(
            outcome={"kind": "refused", "text": "All right, I leave that as it is. What can I do for you instead?", "buttons": HELP}
        )
    return None


def _last_call(turn: Turn, asked: str) -> Step:
    """A goodbye drops what is going on; where only the yes is missing, that is said once."""
    if asked != "confirmation" or turn.slot("form_misses"):
        return Step(outcome={"kind": "stopped"})
    return Step(slots={"confirmation": None}, missed=True, said=Reply("Before you go: nothing is done yet, it still needs your yes."))


def _met_step(said: Reply, asked: str | None) -> Step:
    if asked is not None:
        return Step(said=said)
    return Step(outcome={"kind": "refused", "text": said.text, "buttons": said.buttons})


def about_items(turn: Turn, line_ids: Sequence[str]) -> Request:
    """The request with the items in hand, where its own words say no more than "it" or "them"."""
    if turn.request.pressed or not line_ids or not _POINTS.search(turn.text.lower()):
        return turn.request
    named = tuple({"entity": "line_id", "value": line_id} for line_id in line_ids)
    return replace(turn.request, entities=(*turn.request.entities, *named))


class FinishForm(ShopAction):
    """Ends a form: does what was confirmed, or says truthfully that nothing was done.

    Attributes:
        task: What was going on, such as "the cancellation".
    """

    task: ClassVar[str]

    async def act(self, turn: Turn) -> Reply:
        """Act on the outcome, and forget the form."""
        outcome = turn.slot("form_outcome") or {"kind": "failed"}
        reply = await self.settle(turn, outcome)
        forget = {slot: None for slot in FORM_SLOTS if turn.slot(slot) is not None}
        return replace(reply, slots={**forget, **reply.slots})

    async def still_waiting(self, turn: Turn) -> tuple[Request, ...]:
        """What is still open; questions for the figures of what was not done after all are none, and what gave way comes back."""
        outcome = turn.slot("form_outcome") or {}
        if outcome.get("kind") not in _NOT_DONE:
            return await super().still_waiting(turn)
        kept = [Request.from_json(outcome["kept"])] if outcome.get("kept") else []
        return without_figures(await super().still_waiting(replace(turn, waiting=(*kept, *turn.waiting))))

    async def settle(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Say how the form ended."""
        match outcome["kind"]:
            case "confirmed":
                return await self.commit(turn, outcome)
            case "unproved":
                return Reply(
                    "", slots={"pending_request": outcome["request"], "proof_order": outcome.get("order")}, then="order_proof_form"
                )
            case "refused":
                return self._refused(turn, outcome)
            case "staff":
                return await hand_over(self.services, turn, outcome["reason"], outcome["facts"], outcome["text"])
            case "redirected":
                return Reply("", replay=Request.from_json(outcome["request"]))
            case "stopped":
                await self.services.shop.withdraw(turn.conversation_id)
                return Reply(f"All right, I've dropped {self.task}. Nothing was changed.")
            case "switched":
                await self.services.shop.withdraw(turn.conversation_id)
                then = "I'll come back to it afterwards." if outcome.get("kept") else "Nothing was changed."
                return Reply(f"I'll leave {self.task} then. {then}", replay=Request.from_json(outcome["request"]))
            case _:
                return TROUBLE

    def _refused(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Tell the rule and what is possible instead, or do what the customer wanted in that case."""
        slots, fallback = outcome.get("slots", {}), turn.slot("fallback")
        if not fallback:
            return Reply(outcome["text"], buttons=outcome.get("buttons") or [HUMAN], slots=slots, offer=outcome.get("offer"))
        if fallback["intent"] is None:
            return Reply(f"{outcome['text']} So I leave everything as it is.", slots=slots)
        order_id = slots.get("order_id") or turn.slot("order_id")
        about = [{"entity": "order_id", "value": order_id}] if order_id else []
        return Reply(outcome["text"], slots=slots, replay=Request(fallback["intent"], fallback["text"], entities=tuple(about)))

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Do what the customer confirmed."""
        raise NotImplementedError


class Ask(ShopAction):
    """Asks for one slot of a form. It neither resumes nor continues anything: the form is running."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answer Rasa's call."""
        turn = Turn.of(tracker)
        try:
            reply = await self.act(turn)
        except Exception:
            log.exception("ask.failed action=%s turn_id=%s", self.action_name, turn.turn_id)
            reply = TROUBLE
        say(dispatcher, reply)
        return [SlotSet(name, value) for name, value in reply.slots.items()]
