"""What can go wrong while answering. None of these reaches a customer: the answerer falls back to quoting."""


class AnswerError(Exception):
    """Base of all errors of this package."""


class GeneratorUnavailable(AnswerError):
    """The language model's server refuses, breaks off, or sends what cannot be read."""


class GenerationTimeout(AnswerError):
    """The language model took too long."""


class NoGroundedAnswer(AnswerError):
    """Too little of what was written is supported by evidence."""
