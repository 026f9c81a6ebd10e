"""The frame of every form: read an answer, or step aside for a question, a correction, a change of mind.

A form's validation reads the customer's words itself, so that what fills a slot is decided by code. It returns no slot
where the message is not for the form: Rasa then finds the rule for it, and the answering action resumes the form.
"""

import logging
import re
from dataclasses import replace
from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.assent import find_assent
from actions.base import FORM_SLOTS, PATIENT_FORMS, say
from actions.beside import answer_about, asks_figures
from actions.closing import is_closing, leaves
from actions.conditions import read_condition, task_named
from actions.foreign import foreign_reply
from actions.forms.beside import GRUMBLES, answer_for_method, hear_out
from actions.forms.leaving import TAKE_YOUR_TIME, given_up, last_call, not_this, switch
from actions.forms.step import Step, as_events, met_step
from actions.forms.supposing import suppose
from actions.handover import ASKED, asks_for_person, known_facts
from actions.heard import heard
from actions.in_passing import asks_for_a_moment
from actions.intents import QUESTIONS, REPORTS, TASKS, only_wonders, words_ask_for
from actions.met import PROVE_IDENTITY, meet
from actions.own_facts import plain_fact
from actions.regret import regret_for
from actions.services import Services
from actions.totals import done_reply, sum_reply
from actions.turn import WAITING, Request, Turn
from actions.understanding import HELPED, is_open, restate_answer
from actions.yes_no import is_all_said, is_noise, is_stop

log = logging.getLogger(__name__)
_WHY = re.compile(
    r"^\W*(?:(?:and|but|so|god|seriously|honestly)\W+)*(?:why|how come|what kind of|are you (?:kidding|serious|joking))\b"
    r"(?!.*\b(?:only|just|not|instead|said|meant|wanted)\b)"
)
"""Words that ask for no answer and change nothing."""
_SURE = 0.6
"""Below it a question in the middle of a form is taken for a clumsy answer."""


class ShopForm(FormValidationAction):
    """A form of a topic.

    Attributes:
        form: Its name in the domain.
        finish: The action that ends it, whatever the outcome.
        intents: The intents that start it, and so belong to it.
        free_slots: Slots whose answer is the customer's own words, whatever they sound like.
        reads_conditions: Whether the form itself reads what a message falls back on ("if there is none, the black one").
        of_goods: Whether it is about some of an order's goods, so that what only stands in the words must not be taken for one.
    """

    form: ClassVar[str]
    finish: ClassVar[str]
    intents: ClassVar[frozenset[str]]
    free_slots: ClassVar[frozenset[str]] = frozenset()
    reads_conditions: ClassVar[bool] = False
    feels_for: ClassVar[bool] = False
    """Whether a fault that the opening words tell of is met with a kind word."""
    of_goods: ClassVar[bool] = False

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
            turn = await heard(self.services, turn) if self.of_goods else turn
            met = await meet(self.services, turn)
            step = met_step(met.said, asked) if met and met.ends else await self._taken(turn, asked)
            if met and not met.ends and step is not None and self.form not in PATIENT_FORMS:
                say(dispatcher, met.said)
            if self.feels_for and asked is None and step is not None and step.outcome is None and (regret := regret_for(turn.request)):
                say(dispatcher, regret)
        except Exception:
            log.exception("form.failed form=%s turn_id=%s", self.form, turn.turn_id)
            step = Step(outcome={"kind": "failed"})
        return [] if step is None else as_events(dispatcher, turn, replace(step, slots={**stale, **step.slots}), self.finish)

    async def _taken(self, turn: Turn, asked: str | None) -> Step | None:
        """Tell the sums that are asked for before anything is decided; else take the words as the form does."""
        heard = asked not in self.free_slots and not asks_for_person(turn)
        supposed = await suppose(self.services, turn, asked) if heard else None
        return supposed or await self._helped(turn, asked, await self.step(turn, asked))

    async def step(self, turn: Turn, asked: str | None) -> Step | None:
        """Decide what a message is to the form; None where it is a question that its own rule answers."""
        foreign = foreign_reply(turn)
        if asked is None:
            if foreign:
                return Step(outcome={"kind": "refused", "text": foreign.text, "buttons": foreign.buttons})
            # What plainly asks a fact opens no form, whatever NLU took it for.
            fact = await plain_fact(self.services, turn)
            asked_fact = Step(outcome={"kind": "redirected", "request": replace(turn.request, intent=fact).to_json()}) if fact else None
            if not turn.request.pressed and is_closing(turn.whole_text):
                # "Nothing more to cancel, bye" opens nothing.
                return Step(outcome={"kind": "redirected", "request": replace(turn.request, intent="say_goodbye").to_json()})
            done = await done_reply(self.services, turn)
            asked_fact = Step(outcome={"kind": "refused", "text": done.text}) if done else asked_fact
            return not_this(turn, self.intents) or asked_fact or await self._open(turn)
        if foreign:
            return Step(said=foreign)
        if turn.intent == PROVE_IDENTITY:
            return Step()
        if asks_for_person(turn):
            facts = await known_facts(self.services, turn)
            return Step(outcome={"kind": "staff", "reason": ASKED, "facts": facts, "text": ""})
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
        if asked not in self.free_slots and not turn.request.pressed and asks_for_a_moment(turn.whole_text):
            # What is open stays open: who thinks has dropped nothing.
            return Step(slots={asked: None}, said=TAKE_YOUR_TIME)
        if await self.takes_out(turn, asked):
            return await self.read(turn, asked)
        if is_closing(turn.text) and (leaves(turn.text) or not is_all_said(turn.request)):
            return last_call(turn, asked)
        wonders = asked == "confirmation" and only_wonders(turn.request)
        if not wonders and (self.drops(turn, asked) or turn.intent == "say_goodbye"):
            return await self.stopped(turn)
        return (
            await answer_for_method(self.services, turn, asked, self.read)
            or await self._answer(turn, asked)
            or await self._sort_out(turn, asked)
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
            return switch(turn, self.handed_on(turn))
        if self._is_question(turn, asked):
            return None
        comments = _WHY.search(turn.text.lower()) or (turn.intent in REPORTS and not words_ask_for(turn.request))
        heard = await self._heard_out(turn, asked) if asked == "confirmation" and comments else None
        if heard:
            return heard
        corrects = turn.intent == "correct_request"
        step = await (self._corrected(turn, asked) if corrects else self.read(turn, asked))
        unheard = step.missed and step.outcome is None and step.said is None
        return (await self._heard_out(turn, asked) or given_up(turn, asked) or step) if unheard else step

    async def _heard_out(self, turn: Turn, asked: str) -> Step | None:
        """What is said to a grumble or a question that is no answer and changes nothing; None for all other words."""
        if turn.request.pressed or asked in self.free_slots:
            return None
        return await hear_out(self.services, turn, asked, self.intents)

    async def _corrected(self, turn: Turn, asked: str) -> Step:
        """Take a correction for another task where it names one, else for an answer that is taken back."""
        task = task_named(turn.text)
        if task in TASKS - self.intents and not self.answers(replace(turn.request, intent=task), asked):
            return switch(turn, replace(self.handed_on(turn), intent=str(task)))
        return await self.correct(turn, asked)

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

    async def stopped(self, turn: Turn) -> Step:
        """What comes of dropping it."""
        return Step(outcome={"kind": "stopped"})

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
        grumbles = turn.intent in GRUMBLES and not turn.request.pressed
        return turn.intent in QUESTIONS and not grumbles and self._is_sure(turn, asked) and not self.answers(turn.request, asked)

    def _is_sure(self, turn: Turn, asked: str) -> bool:
        if turn.request.pressed:
            return True
        return turn.request.confidence >= _SURE and (asked not in self.free_slots or "?" in turn.text)

    def answers(self, request: Request, asked: str) -> bool:
        """Whether the words are plainly an answer to `asked`, whatever NLU takes them for."""
        return False
