"""What can go wrong while finding evidence. Catch `KnowledgeBaseError` where a question can do without evidence."""


class KnowledgeBaseError(Exception):
    """Base of all errors of this package."""


class StoreUnavailable(KnowledgeBaseError):
    """The passage store does not answer or its files are damaged; keyword search still works."""


class IndexLocked(StoreUnavailable):
    """Another process owns the index folder."""


class EmbedderUnavailable(KnowledgeBaseError):
    """The embedding model cannot be loaded."""


class RerankerUnavailable(KnowledgeBaseError):
    """The reranking model cannot be loaded or does not answer."""


class DimensionMismatch(KnowledgeBaseError):
    """Vectors of one length met an index of another."""


class UnreadableDocument(KnowledgeBaseError):
    """A file cannot be made into a document; the message says why."""


class PassageNotFound(KnowledgeBaseError):
    """No such passage."""

    def __init__(self, passage_id: str) -> None:
        super().__init__(f"No passage {passage_id!r}.")
        self.passage_id = passage_id


class DocumentNotFound(KnowledgeBaseError):
    """No such document, or not one that customers may read now."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"No document {slug!r}.")
        self.slug = slug


class UnknownPart(KnowledgeBaseError):
    """The settings name a part that has no file."""

    def __init__(self, family: str, name: str, available: list[str]) -> None:
        super().__init__(f"No {family} {name!r}. Available: {', '.join(available)}.")
