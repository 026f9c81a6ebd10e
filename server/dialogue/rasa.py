"""Rasa 3.6 behind the dialogue port. The only file that knows its HTTP surface, apart from the action webhook."""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx
import structlog

from server.dialogue.base import DialogueEvents, Reply, TurnInput
from server.dialogue.translate import read_replies, readable_text, recall, split_by_turn
from server.errors import DialogueError, DialogueTimeout, DialogueUnavailable
from server.settings import Settings

log = structlog.get_logger()

_KNOWN_CONVERSATIONS = 20_000
_TRUST_S = 2.0  # Rasa takes longer than this to start, so it cannot have been replaced unseen in between
_RETRY_S = 0.25
_RESTART = {"event": "restart"}
# A form that was open before a person stepped in must not take the customer's next words as its answer.
_PERSON_BETWEEN: DialogueEvents = [
    {"event": "active_loop", "name": None},
    {"event": "slot", "name": "requested_slot", "value": None},
    {"event": "action", "name": "action_listen"},
]


def create(settings: Settings) -> "RasaDialogue":
    """Build the client from the settings."""
    return RasaDialogue(settings.rasa_url, settings.rasa_token, settings.turn_deadline_s)


class _NotReady(DialogueUnavailable):
    def __init__(self) -> None:
        super().__init__("Rasa is starting or stopping.")


class _Refused(DialogueUnavailable):
    """Rasa's API takes the request for malformed."""


class RasaDialogue:
    """Sends turns to Rasa's REST channel, and gives Rasa its memory back whenever it, or we, lost it.

    Rasa keeps trackers in its own memory. A mark left in a conversation of our own tells whether Rasa is still the process
    that we last spoke to; where it is not, or where a turn did not get to its commit, the tracker is rebuilt from the log.
    """

    name = "rasa"

    def __init__(self, url: str, token: str, deadline_s: float) -> None:
        self._deadline_s = deadline_s
        self._http = httpx.AsyncClient(
            base_url=url,
            params={"token": token} if token else None,
            timeout=httpx.Timeout(deadline_s, connect=2.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
            trust_env=False,
        )
        self._known: OrderedDict[str, int] = OrderedDict()  # conversation id -> the life of Rasa's process that holds its tracker
        self._after_person: OrderedDict[str, None] = OrderedDict()
        self._mark = f"counterhand-mark-{secrets.token_hex(6)}"
        self._life = 0
        self._checked_at = float("-inf")
        self._checking = asyncio.Lock()
        self._down_since: float | None = None

    async def reply(self, turn: TurnInput) -> list[Reply]:
        """Answer a turn, trying again while Rasa restarts, until the deadline.

        Raises:
            DialogueUnavailable: If Rasa stays away, or answers with nothing.
            DialogueTimeout: If it did not answer in time.
        """
        until = time.monotonic() + self._deadline_s
        while True:
            try:
                async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - time.monotonic()):
                    return await self._try(turn)
            except TimeoutError as exc:
                self.forget(turn.conversation_id)
                raise DialogueTimeout(f"Rasa did not answer within {self._deadline_s:g} s.") from exc
            except (httpx.TransportError, _NotReady) as exc:
                self.forget(turn.conversation_id)
                self._checked_at = float("-inf")
                if not self._worth_waiting(until):
                    raise DialogueUnavailable(f"Rasa cannot be reached ({type(exc).__name__}).") from exc
            turn = replace(turn, attempt=turn.attempt + 1)  # Rasa may have kept half of the failed one
            await asyncio.sleep(_RETRY_S)

    async def record(self, conversation_id: str, turn_ids: Sequence[str]) -> dict[str, DialogueEvents]:
        """Fetch the events of finished turns from Rasa's tracker."""
        try:
            kept = await self._read_tracker(conversation_id)
        except (httpx.HTTPError, DialogueError):
            return {}
        found = {turn_id: kept[turn_id] for turn_id in turn_ids if turn_id in kept}
        for turn_id in found:
            if turn_id in self._after_person:
                del self._after_person[turn_id]
                found[turn_id] = [*_PERSON_BETWEEN, *found[turn_id]]
        return found

    def forget(self, conversation_id: str) -> None:
        """Rebuild Rasa's tracker before the next turn."""
        self._known.pop(conversation_id, None)

    async def check(self) -> None:
        """Ask Rasa for a sign of life.

        Raises:
            DialogueUnavailable: If there is none.
        """
        try:
            await self._call("GET", "/status", timeout=2.0)
        except (httpx.HTTPError, DialogueError) as exc:
            raise DialogueUnavailable(f"Rasa cannot be reached ({type(exc).__name__}).") from exc

    async def close(self) -> None:
        """Close connections."""
        await self._http.aclose()

    async def _try(self, turn: TurnInput) -> list[Reply]:
        await self._notice_restart()
        await self._remember(turn)
        message = turn.payload or readable_text(turn.text)
        body = {"sender": turn.conversation_id, "message": message, "metadata": turn.metadata}
        answer = await self._call("POST", "/webhooks/rest/webhook", json=body)
        replies = read_replies(answer)
        if not replies:
            self.forget(turn.conversation_id)
            raise DialogueUnavailable("Rasa answered with nothing; its action webhook may be down.")
        return replies

    async def _remember(self, turn: TurnInput) -> None:
        known = self._known.get(turn.conversation_id) == self._life
        if not known or turn.attempt > 1 or turn.person_between:
            await self._rebuild(turn)
        self._known[turn.conversation_id] = self._life
        self._known.move_to_end(turn.conversation_id)
        for memory in (self._known, self._after_person):
            if len(memory) > _KNOWN_CONVERSATIONS:
                memory.popitem(last=False)

    async def _rebuild(self, turn: TurnInput) -> None:
        if not turn.has_history and turn.attempt == 1:
            return
        past = await turn.load_history()
        kept = {} if all(one.events for one in past) else await self._read_tracker(turn.conversation_id)
        events = recall(past, kept)
        if turn.person_between:
            events += _PERSON_BETWEEN
            self._after_person[turn.turn_id] = None
        # A restart event makes this right for every tracker store: SQL stores only ever append.
        path, told = f"/conversations/{turn.conversation_id}/tracker/events", {"include_events": "NONE"}
        try:
            await self._call("POST", path, params=told, json=[_RESTART, *events])
        except _Refused:
            # A bot that has forgotten is better than none: it still answers, and nothing is done without a confirmation.
            log.error("rasa.memory_refused", conversation_id=turn.conversation_id, turns=len(past))  # noqa: TRY400  # no trace helps here
            await self._call("POST", path, params=told, json=[_RESTART])
        log.info("rasa.tracker_rebuilt", conversation_id=turn.conversation_id, turns=len(past), events=len(events))

    async def _read_tracker(self, conversation_id: str) -> dict[str, DialogueEvents]:
        path = f"/conversations/{conversation_id}/tracker"
        tracker = await self._call("GET", path, params={"include_events": "AFTER_RESTART"})
        return split_by_turn(tracker.get("events") or [])

    async def _notice_restart(self) -> None:
        if time.monotonic() - self._checked_at < _TRUST_S:
            return
        async with self._checking:
            if time.monotonic() - self._checked_at < _TRUST_S:
                return
            begun = time.monotonic()
            path = f"/conversations/{self._mark}/tracker"
            tracker = await self._call("GET", path, params={"include_events": "ALL"})
            if not any(event.get("text") == self._mark for event in tracker.get("events") or []):
                await self._call("POST", f"{path}/events", json=[{"event": "bot", "text": self._mark}])
                self._life += 1
            self._checked_at = begun
            self._down_since = None

    def _worth_waiting(self, until: float) -> bool:
        now = time.monotonic()
        self._down_since = self._down_since or now
        long_down = now - self._down_since > self._deadline_s
        return now + _RETRY_S < until and not long_down

    async def _call(self, method: str, path: str, **options: Any) -> Any:
        answer = await self._http.request(method, path, **options)
        if answer.is_success:
            return answer.json()
        if answer.status_code in {httpx.codes.CONFLICT, httpx.codes.SERVICE_UNAVAILABLE}:  # no model loaded yet, or going down
            raise _NotReady
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise _Refused(f"Rasa refused {method} {path.split('/')[1]!r}.")
        raise DialogueUnavailable(f"Rasa answered {method} {path.split('/')[1]!r} with status {answer.status_code}.")
