"""What is said to a customer who has just told who they are. The server has read and checked it; its outcome is in the turn's metadata."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.reply import HUMAN, Reply
from actions.services import Services
from actions.turn import Turn
from shop.errors import ShopError
from shop.models import Level

PROVE_IDENTITY = "prove_identity"
"""The intent of a message that holds nothing but a proof of identity; made by the server."""
UNKNOWN = "I can't find an account with that."
ANOTHER = (
    "I can help one customer per conversation, and this one belongs to the account that was confirmed first, so I can't look into "
    "another one here. For somebody else's orders please start a new conversation."
)
PROOFS = {
    "email": "the e-mail address that you order with",
    "name_zip": "your first name, last name and postal code",
    "order_code": "an order number, so that I can send a code to its e-mail address",
}
"""What may be given for a proof, by the setting's names."""


def without_account(proofs: Sequence[str]) -> str:
    """What a customer can do for an account that cannot be signed in to."""
    if "order_code" not in proofs:
        return f"Please tell me {', or '.join(PROOFS[proof] for proof in proofs)}; or a person can help you."
    return "With an order's number and a code sent to its e-mail address I can help you with that order; a person with the account."


@dataclass(frozen=True)
class Met:
    """What a proof in the customer's words led to.

    Attributes:
        said: The words about it.
        ends: Whether the turn ends with them, whatever else was asked.
    """

    said: Reply
    ends: bool = False


def proof_of(turn: Turn) -> dict[str, Any]:
    """The outcome of the proof in this message; empty where there was none, or where it has been answered already."""
    found: dict[str, Any] = turn.metadata.get("proof") or {}
    return found if turn.is_new else {}


async def meet(services: Services, turn: Turn) -> Met | None:
    """Say what a proof that was surely meant as one led to; None where there is nothing to say."""
    proof = proof_of(turn)
    match proof.get("outcome") if proof.get("sure") else None:
        case "accepted":
            return Met(Reply(f"Thank you{await _name(services, turn)}."))
        case "another":
            return Met(Reply(ANOTHER, buttons=[HUMAN]), ends=True)
        case "refused":
            return Met(Reply(UNKNOWN))
        case _:
            return None


async def _name(services: Services, turn: Turn) -> str:
    actor = await services.identity.get_actor(turn.conversation_id)
    if actor.level is Level.ANONYMOUS or actor.customer_id is None:
        return ""
    try:
        return f", {(await services.shop.get_customer(actor)).first_name}"
    except ShopError:
        return ""
