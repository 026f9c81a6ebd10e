"""Telegram: `create(settings)` builds the channel."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.channels.telegram.channel import TelegramChannel
    from server.settings import Settings


def create(settings: "Settings") -> "TelegramChannel":
    """Build the channel.

    Raises:
        ChannelMisconfigured: If the token, the secret or the public https address is missing; says which.
    """
    from server.channels.telegram.channel import TelegramChannel

    return TelegramChannel(settings)
