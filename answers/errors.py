"""What can go wrong while answering. None of these reaches a customer: the answerer falls back to quoting."""


class AnswerError(Exception):
    """Base of all errors of this package."""


class GeneratorUnavailable(AnswerError):
    """The language model's server refuses, breaks off, or sends what cannot be read."""


class GenerationTimeout(AnswerError):
    """The language model took too long."""


class GeneratorBusy(AnswerError):
    """As many answers as may be are being written, and as many as may wait are waiting."""


class DraftCutShort(AnswerError):
    """The model reached its longest text in the middle of a sentence; what was complete before counts."""


class NoGroundedAnswer(AnswerError):
    """Too little of what was written is supported by evidence."""


class AuditedAnswersUnreadable(AnswerError):
    """The file of audited answers is missing or malformed; says where."""


class FamiliarQuestionsUnreadable(AnswerError):
    """The file of familiar questions is missing or malformed; says where."""


class EntailerUnavailable(AnswerError):
    """The entailment model, or a package that it needs, is missing; says what to do."""
