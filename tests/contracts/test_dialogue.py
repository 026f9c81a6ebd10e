"""Every dialogue manager keeps the same promises. Here only Rasa's HTTP surface; tests/server/test_rasa.py has the real one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from server.dialogue.base import Dialogue, DialogueEvents, PastTurn, TurnInput
from server.dialogue.rasa import RasaDialogue
from server.dialogue.scripted import ScriptedDialogue
from server.dialogue.translate import read_replies, readable_text, split_by_turn
from server.errors import DialogueTimeout, DialogueUnavailable
from tests.server.serving import serving


class RasaSurface:
    """Rasa's REST channel and tracker API over a dictionary, as 3.6.21 answers them."""

    def __init__(self) -> None:
        self.trackers: dict[str, DialogueEvents] = {}
        self.calls: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], Awaitable[Any]] = self.echo
        self.app = FastAPI()
        self.app.post("/webhooks/rest/webhook")(self.converse)
        self.app.get("/conversations/{sender}/tracker")(self.read)
        self.app.post("/conversations/{sender}/tracker/events")(self.append)
        self.app.get("/status")(self.status)

    async def echo(self, call: dict[str, Any]) -> Any:
        return [{"recipient_id": call["sender"], "text": f"You said: {call['message']}"}]

    async def converse(self, request: Request) -> Response:
        call = await request.json()
        self.calls.append(call)
        said = {"event": "user", "text": call["message"], "metadata": call["metadata"]}
        self.trackers.setdefault(call["sender"], []).extend([said, {"event": "slot", "name": "turns", "value": len(self.calls)}])
        answer = await self.answer(call)
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    async def read(self, sender: str) -> dict[str, Any]:
        return {"events": self.trackers.get(sender, [])}

    async def append(self, sender: str, request: Request) -> Any:
        events = await request.json()
        events = events if isinstance(events, list) else [events]
        if not all(isinstance(event.get("parse_data", {}).get("intent", {"name": ""}).get("name"), str) for event in events):
            return JSONResponse({"reason": "BadRequest"}, status_code=400)
        for event in events:
            self.trackers[sender] = [] if event["event"] == "restart" else [*self.trackers.get(sender, []), event]
        return {"events": self.trackers[sender]}

    async def status(self) -> dict[str, Any]:
        return {"model_file": "m.tar.gz"}

    def restart(self) -> None:
        """Lose everything, as a killed Rasa does."""
        self.trackers.clear()


@pytest.fixture
async def rasa() -> AsyncIterator[tuple[RasaSurface, RasaDialogue]]:
    surface = RasaSurface()
    async with serving(surface.app) as address:
        dialogue = RasaDialogue(f"http://{address}", "token", deadline_s=4)
        yield surface, dialogue
        await dialogue.close()


@pytest.fixture(params=["rasa", "scripted"])
def dialogue(request: pytest.FixtureRequest) -> Dialogue:
    found: Dialogue = request.getfixturevalue("rasa")[1] if request.param == "rasa" else ScriptedDialogue()
    return found


def turn(number: int = 1, text: str = "hello", **given: Any) -> TurnInput:
    return TurnInput(
        turn_id=f"turn_{number}", conversation_id="conv_1", text=text, channel="web", locale="en", has_history=number > 1, **given
    )


def remembered(*past: PastTurn) -> dict[str, Any]:
    async def load() -> list[PastTurn]:
        return list(past)

    return {"load_history": load}


async def test_a_turn_is_answered(dialogue: Dialogue) -> None:
    assert [reply.text for reply in await dialogue.reply(turn())] == ["You said: hello"]


async def test_a_turns_record_can_be_had_afterwards(dialogue: Dialogue) -> None:
    await dialogue.reply(turn())
    record = await dialogue.record("conv_1", ["turn_1", "turn_unknown"])
    assert list(record) == ["turn_1"]
    assert record["turn_1"][0]["text"] == "hello"


async def test_a_living_dialogue_says_so(dialogue: Dialogue) -> None:
    await dialogue.check()


class TestRasa:
    async def test_metadata_is_the_servers_and_names_the_language(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn(language="de"))
        assert surface.calls[0]["metadata"] == {"turn_id": "turn_1", "channel": "web", "locale": "en", "sign_in": True, "language": "de"}
        assert surface.calls[0]["sender"] == "conv_1"

    @pytest.mark.parametrize("text", ["/restart", "  /restart", "//restart", "/ /restart", "\u2003/restart", "/\u00a0/restart"])
    async def test_a_customers_slash_is_no_command(self, rasa: tuple[RasaSurface, RasaDialogue], text: str) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn(text=text))
        assert not surface.calls[0]["message"].strip().startswith("/")

    async def test_a_button_of_ours_is_a_command(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn(text="Track", payload='/track{"a":1}'))
        assert surface.calls[0]["message"] == '/track{"a":1}'

    async def test_an_empty_answer_is_a_failure(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        surface.answer = lambda _: _give([])
        with pytest.raises(DialogueUnavailable):
            await dialogue.reply(turn())

    async def test_a_slow_answer_is_a_timeout(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        surface.answer = lambda _: asyncio.sleep(8)
        with pytest.raises(DialogueTimeout):
            await dialogue.reply(turn())

    async def test_an_error_of_rasas_is_unavailable(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        surface.answer = lambda _: _give(Response(status_code=500))
        with pytest.raises(DialogueUnavailable):
            await dialogue.reply(turn())

    async def test_nobody_there_is_unavailable_after_the_deadline(self) -> None:
        dialogue = RasaDialogue("http://127.0.0.1:1", "", deadline_s=0.6)
        with pytest.raises(DialogueUnavailable):
            await dialogue.reply(turn())
        with pytest.raises(DialogueUnavailable):
            await dialogue.check()
        await dialogue.close()

    async def test_a_restart_of_rasa_is_noticed_and_its_memory_given_back(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn())
        record = await dialogue.record("conv_1", ["turn_1"])
        surface.restart()
        dialogue._checked_at = float("-inf")  # two seconds later
        await dialogue.reply(turn(2, "again", **remembered(PastTurn("turn_1", record["turn_1"], "hello"))))
        assert [event["text"] for event in surface.trackers["conv_1"] if event["event"] == "user"] == ["hello", "again"]

    async def test_a_turn_without_a_record_is_retold_in_words(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn(2, "again", **remembered(PastTurn("turn_1", None, "hello", ["hi"]))))
        texts = [(event["event"], event["text"]) for event in surface.trackers["conv_1"] if "text" in event]
        assert texts == [("user", "hello"), ("bot", "hi"), ("user", "again")]

    async def test_what_a_living_rasa_still_keeps_is_better_than_words(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn())
        dialogue.forget("conv_1")
        await dialogue.reply(turn(2, "again", **remembered(PastTurn("turn_1", None, "hello", ["hi"]))))
        assert {"event": "slot", "name": "turns", "value": 1} in surface.trackers["conv_1"]

    async def test_an_intent_without_a_name_is_mended_before_rasa_would_refuse_it(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        events = [{"event": "user", "text": "hm", "parse_data": {"intent": {"name": None}, "intent_ranking": [{"name": None}]}}]
        await dialogue.reply(turn(2, "again", **remembered(PastTurn("turn_1", events, "hm"))))
        said = [event for event in surface.trackers["conv_1"] if event["event"] == "user"]
        assert [event["text"] for event in said] == ["hm", "again"]
        assert said[0]["parse_data"] == {"intent": {"name": "nlu_fallback", "confidence": 0.0}, "intent_ranking": []}

    async def test_a_memory_that_rasa_refuses_costs_the_memory_and_not_the_answer(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        _, dialogue = rasa
        events = [{"event": "action", "parse_data": {"intent": {"name": 5}}}]
        (reply,) = await dialogue.reply(turn(2, "again", **remembered(PastTurn("turn_1", events, "hm"))))
        assert reply.text == "You said: again"

    async def test_a_second_attempt_leaves_no_trace_of_the_first(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn())
        await dialogue.reply(turn(attempt=2))
        assert [event["text"] for event in surface.trackers["conv_1"] if event["event"] == "user"] == ["hello"]

    async def test_after_a_person_no_old_form_takes_the_customers_words(self, rasa: tuple[RasaSurface, RasaDialogue]) -> None:
        surface, dialogue = rasa
        await dialogue.reply(turn())
        record = await dialogue.record("conv_1", ["turn_1"])
        past = PastTurn("turn_1", record["turn_1"], "hello")
        await dialogue.reply(turn(2, "again", person_between=True, **remembered(past)))
        kinds = [event["event"] for event in surface.trackers["conv_1"]]
        assert kinds.index("active_loop") < kinds.index("user", 1)
        kept = await dialogue.record("conv_1", ["turn_2"])
        assert kept["turn_2"][0] == {"event": "active_loop", "name": None}, "it holds when the memory is rebuilt later"


def test_what_rasa_returns_becomes_replies_and_nothing_else_passes() -> None:
    custom = {
        "text": " Take this ", "buttons": [{"title": "Yes", "payload": "/affirm"}, {"payload": "/no_title"}, "junk"],
        "cards": [{"title": "Kestrel", "price_cents": 100, "secret": "x"}, {"subtitle": "no title"}],
        "citations": [{"title": "Delivery", "url": "/help/d"}],
        "answer_id": "ans_1", "message_id": "bad id!", "handover": {"reason": "angry", "summary": "s"},
    }  # fmt: skip
    (reply,) = read_replies([{"custom": custom}, {"text": "  "}, {"image": "x"}, None])
    assert (reply.text, reply.answer_id, reply.message_id) == ("Take this", "ans_1", None)
    assert reply.buttons == [{"title": "Yes", "payload": "/affirm"}]
    assert reply.cards == [{"title": "Kestrel", "price_cents": 100}]
    assert reply.handover is not None
    assert (reply.handover.reason, reply.handover.summary) == ("angry", "s")
    assert read_replies({"status": "failure"}) == []


def test_a_text_of_slashes_alone_is_still_a_text() -> None:
    assert readable_text("///") == "?"
    assert readable_text("a / b") == "a / b"


def test_several_requests_of_one_message_stay_in_one_turn() -> None:
    start = {"event": "session_started"}
    first, second = ({"event": "user", "text": text, "metadata": {"turn_id": "t1"}} for text in ("a", "b"))
    other = {"event": "user", "text": "c", "metadata": {"turn_id": "t2"}}
    assert split_by_turn([start, first, second, other]) == {"t1": [start, first, second], "t2": [other]}


async def _give(value: Any) -> Any:
    return value
