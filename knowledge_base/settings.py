"""Settings of the knowledge base; the server's settings object builds them."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

SHIPPED_ARTICLES = Path(__file__).with_name("articles")
"""The demo shop's articles: they give way where a shop's own have the same slug."""


class KnowledgeBaseSettings(BaseModel):
    """Where documents live and how they are found.

    Attributes:
        index_dir: Folder of the embedded Chroma index, the manifest and the lock. Runtime state, safe to delete.
        embedding_dir: Folder with the embedding model's ONNX file and tokenizer.
        store: Name of the passage store: `chroma` or `memory`.
        embedder: Name of the embedder: `minilm`, or `huggingface` for the one that `embedder_model` names.
        embedder_model, reranker_model: Folders or names on the Hugging Face hub.
        reranker: Name of the reranker: `light` needs no model of its own, `huggingface` is a cross-encoder.
        chroma_url: Address of a Chroma server; empty for the embedded index.
        collection: Name of the Chroma collection.
        passage_chars: Longest passage; longer sections are split at paragraph and sentence borders.
        store_retry_s: How long a store that failed is left alone; keyword search answers meanwhile.
        crawl_allow: `host:port` entries that websites may be read from although their address is not public.
        spare_dir: Folder of documents that give way to any other document of the same slug.
        cached_questions: How many embedded texts are remembered.
    """

    model_config = ConfigDict(frozen=True)

    index_dir: Path = Path("var/chroma")
    embedding_dir: Path = Path("var/embedding")
    store: str = "chroma"
    embedder: str = "minilm"
    embedder_model: str = ""
    reranker_model: str = ""
    reranker: str = "light"
    chroma_url: str = ""
    collection: str = "articles"
    passage_chars: int = 1200
    store_retry_s: float = 30.0
    crawl_allow: tuple[str, ...] = ()
    spare_dir: Path = SHIPPED_ARTICLES
    cached_questions: int = 4096
