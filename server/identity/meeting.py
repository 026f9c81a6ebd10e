"""Meets a customer who says who they are, before the dialogue manager reads the words.

Where the shop's settings take an e-mail address, or name and postal code, as proof, such facts are taken out of the message, so that
what remains is what the customer wants, and what they prove never reaches Rasa. The outcome travels as metadata of the turn:

`{"outcome": "accepted" | "refused" | "another" | "incomplete", "sure": bool, "missing"?: "postal_code" | "name"}`

- accepted: the facts are those of one account, and the conversation is that customer's now;
- refused: no account has them; which part is wrong is told to nobody;
- another: the conversation is a customer's already, and these facts are not theirs;
- incomplete: a name without a postal code, or the reverse.

Where it is not `sure`, the words may have meant something else and are left as they are.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from server.dialogue.base import TurnInput
from server.identity.facts import Facts, Found, read_facts, text_without
from shop.models import Actor

WEAK: Final = frozenset({"email", "name_zip"})
PROVE: Final = "/prove_identity"
"""What the dialogue manager gets for a message that holds nothing but a proof."""
_LOOK_BACK = 4


class Proofs(Protocol):
    """What a meeting needs of the identity service."""

    async def get_actor(self, conversation_id: str) -> Actor:
        """Who is writing so far."""

    async def prove_weakly(self, conversation_id: str, facts: dict[str, str]) -> bool:
        """Check facts against the records."""

    async def may_try(self, conversation_id: str) -> bool:
        """Count a message with facts to check; false where there were too many."""


@dataclass(frozen=True)
class _Try:
    facts: dict[str, str]
    pieces: tuple[Found, ...]


async def meet(turn: TurnInput, proofs: Proofs, allowed: Collection[str]) -> TurnInput:
    """Read a turn's words for a proof, check it, and give the turn as the dialogue manager is to see it."""
    facts = read_facts(turn.text)
    if facts.is_empty:
        return turn
    claimed = _claimed(facts, allowed)
    known = (await proofs.get_actor(turn.conversation_id)).customer_id is not None
    if known and not claimed:
        return turn
    earlier = [] if known else [read_facts(said) for said in await _said_before(turn)]
    tries = list(_tries(facts, earlier, allowed))
    if tries and not await proofs.may_try(turn.conversation_id):
        tries = []
    for one in tries:
        if await proofs.prove_weakly(turn.conversation_id, one.facts):
            return _told(turn, "accepted", one.pieces)
    if claimed:
        return _told(turn, "another" if known else "refused", _pieces(facts))
    return _doubtful(turn, facts, allowed)


def _doubtful(turn: TurnInput, facts: Facts, allowed: Collection[str]) -> TurnInput:
    if (facts.postal_codes and facts.names) or "name_zip" not in allowed:
        return replace(turn, proof={"outcome": "refused", "sure": False})
    missing = "name" if facts.postal_codes else "postal_code"
    if facts.names_alone:
        return _told(turn, "incomplete", _pieces(facts), missing=missing)
    return replace(turn, proof={"outcome": "incomplete", "sure": False, "missing": missing})


def _claimed(facts: Facts, allowed: Collection[str]) -> bool:
    return bool(facts.emails and "email" in allowed) or bool(facts.claimed and not facts.emails and "name_zip" in allowed)


async def _said_before(turn: TurnInput) -> list[str]:
    past = await turn.load_history() if turn.has_history else []
    return [one.said for one in past[-_LOOK_BACK:]]


def _tries(facts: Facts, earlier: Sequence[Facts], allowed: Collection[str]) -> Iterator[_Try]:
    """Every account that the words may mean. A name may have been said before its postal code, or after it."""
    if "email" in allowed:
        yield from (_Try({"email": email.text}, (email,)) for email in facts.emails)
    if "name_zip" not in allowed:
        return
    before_names = [name for one in reversed(earlier) for name in one.names] if not facts.names else []
    before_codes = [code for one in reversed(earlier) for code in one.postal_codes] if not facts.postal_codes else []
    for name in [*facts.names, *before_names]:
        for code in [*facts.postal_codes, *before_codes]:
            here = (*(name.words if name in facts.names else ()), *([code] if code in facts.postal_codes else []))
            yield _Try({"first_name": name.first, "last_name": name.last, "zip": code.text}, here)


def _pieces(facts: Facts) -> tuple[Found, ...]:
    """What a claim that fits no account consists of, as far as can be told."""
    return (*facts.emails, *(facts.names[0].words if facts.names and not facts.emails else ()), *facts.postal_codes)


def _told(turn: TurnInput, outcome: str, pieces: Sequence[Found], **more: str) -> TurnInput:
    rest = text_without(turn.text, pieces)
    proof = {"outcome": outcome, "sure": True, **more}
    return replace(turn, text=rest, proof=proof) if rest else replace(turn, payload=PROVE, language=None, proof=proof)
