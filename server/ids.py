"""Identifiers: opaque, random, each carrying its noun."""

import secrets
from typing import NewType

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
TurnId = NewType("TurnId", str)
StaffId = NewType("StaffId", str)


def new_id(noun: str) -> str:
    """Make an id such as `msg_3f9c…`: 96 random bits behind the noun."""
    return f"{noun}_{secrets.token_hex(12)}"


def new_conversation_id() -> ConversationId:
    """Make the id of a conversation."""
    return ConversationId(new_id("conv"))


def new_message_id() -> MessageId:
    """Make the id of a message."""
    return MessageId(new_id("msg"))


def new_turn_id() -> TurnId:
    """Make the id of a turn."""
    return TurnId(new_id("turn"))
