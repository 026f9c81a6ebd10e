"""What can go wrong in the gateway. Each error knows the status it is answered with."""


class ServerError(Exception):
    """Base of all errors of the gateway. Catch it at the edge of a request.

    Attributes:
        status: The HTTP status that the one handler answers with.
    """

    status = 500


class BadRequest(ServerError):
    """The request is well formed but asks for something that makes no sense."""

    status = 400


class InvalidMessage(ServerError):
    """The text of a message cannot be taken: empty, too long, or not text."""

    status = 422


class NotAuthenticated(ServerError):
    """Nobody valid is asking: no token, a wrong one, or a session that has ended."""

    status = 401


class InvalidIdentityToken(NotAuthenticated):
    """The host page's identity token does not verify."""


class NotPermitted(ServerError):
    """We know who asks, and they may not."""

    status = 403


class ConversationBlocked(NotPermitted):
    """A member of staff has blocked this conversation."""


class ConversationNotFound(ServerError):
    """No such conversation for this asker."""

    status = 404

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"No conversation {conversation_id!r}.")


class MessageNotFound(ServerError):
    """No such message in this conversation."""

    status = 404

    def __init__(self, message_id: str) -> None:
        super().__init__(f"No message {message_id!r} in this conversation.")


class ButtonNotFound(ServerError):
    """The payload is no button of this conversation."""

    status = 404

    def __init__(self) -> None:
        super().__init__("This button does not belong to this conversation. Send the words as text instead.")


class AnswerNotFound(ServerError):
    """No such answer."""

    status = 404

    def __init__(self, answer_id: str) -> None:
        super().__init__(f"No answer {answer_id!r}.")


class DocumentNotFound(ServerError):
    """No such document in the knowledge base."""

    status = 404

    def __init__(self, slug: str) -> None:
        super().__init__(f"No document {slug!r}.")


class UnreadableDocument(ServerError):
    """An uploaded file cannot become a document; the message says why."""

    status = 422


class KnowledgeUnavailable(ServerError):
    """The knowledge base is not built yet, or does not answer."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The knowledge base does not answer now. Try again in a moment.")


class ConversationClosed(ServerError):
    """The conversation is resolved and this cannot be done to it."""

    status = 409


class IdentityConflict(ServerError):
    """The conversation already belongs to another customer."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This conversation belongs to another customer. Open a new one.")


class BodyTooLarge(ServerError):
    """The request's body is over the limit."""

    status = 413


class RateLimited(ServerError):
    """Too many requests.

    Attributes:
        retry_after_s: Seconds after which trying again can work.
    """

    status = 429

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ProofLimitReached(RateLimited):
    """Too many codes were asked for."""


class Misconfigured(ServerError):
    """A setting is missing or unsafe; says which and what to do."""


class UnknownPart(Misconfigured):
    """A setting names a file that a family does not have."""


class StorageUnavailable(ServerError):
    """The database does not answer."""

    status = 503


class HandoverError(ServerError):
    """Base of what can go wrong between bot and staff."""

    status = 409


class AlreadyAssigned(HandoverError):
    """Somebody else has the conversation; the message names them."""


class NotAssigned(HandoverError):
    """The conversation is not this person's."""


class NoAgentAvailable(HandoverError):
    """Nobody of the staff is there."""


class DialogueError(ServerError):
    """Base of what can go wrong with the dialogue manager. Catch it around a turn; the fallback answers."""

    status = 503


class DialogueUnavailable(DialogueError):
    """The dialogue manager does not answer, or answered with nothing."""


class DialogueTimeout(DialogueError):
    """The dialogue manager did not answer in time."""

    status = 504


class ChannelError(ServerError):
    """Base of what can go wrong with a channel."""

    status = 502


class ChannelMisconfigured(ChannelError):
    """A channel lacks a setting that it needs to be safe."""

    status = 500


class BadSignature(ChannelError):
    """The platform's proof of origin does not verify."""

    status = 401


class DeliveryFailed(ChannelError):
    """The platform surely did not take the message. Trying again is safe.

    Attributes:
        retry_after_s: What the platform asked us to wait, if it did.
        permanent: Whether trying again cannot help.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None, permanent: bool = False) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.permanent = permanent


class DeliveryUncertain(ChannelError):
    """Nobody can say whether the platform took the message. Never sent again blindly."""
