"""The plain retriever that tutorials build: langchain's Chroma with a sentence-transformers model, top ten by similarity.

Runs in a process of its own, by the interpreter that has PyTorch. Reads queries, one a line; answers each with a line of JSON.
Where `--model` is not given it embeds with the same MiniLM on onnxruntime as it comes, without settings.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

_LIMIT = 10
_BATCH = 2000


def sentence_transformers(model: str) -> Any:
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(model_name=model, encode_kwargs={"normalize_embeddings": True})


def plain_onnx(folder: Path) -> Any:
    from langchain_core.embeddings import Embeddings
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    session, tokenizer = InferenceSession(str(folder / "minilm-fp32.onnx")), Tokenizer.from_file(str(folder / "tokenizer.json"))

    class Onnx(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [self.embed_query(text) for text in texts]

        def embed_query(self, text: str) -> list[float]:
            row = tokenizer.encode(text)
            inputs = {"input_ids": np.array([row.ids]), "attention_mask": np.array([row.attention_mask])}
            vector: list[float] = session.run(["sentence_embedding"], inputs)[0][0].tolist()
            return vector

    return Onnx()


def build(vectors: Path, embeddings: Any) -> Any:
    """A retriever over vectors that were made before: both sides search the same ones."""
    from langchain_chroma import Chroma

    store = Chroma(collection_name="products", embedding_function=embeddings, collection_metadata={"hnsw:space": "cosine"})
    table = np.load(vectors)
    ids = [str(i) for i in table["ids"]]
    for start in range(0, len(ids), _BATCH):
        part = slice(start, start + _BATCH)
        store._collection.add(ids=ids[part], embeddings=table["vectors"][part], documents=[str(text) for text in table["texts"][part]])
    return store.as_retriever(search_kwargs={"k": _LIMIT})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--embedding-dir", type=Path, required=True)
    parser.add_argument("--model", default="")
    parser.add_argument("--packages", action="append", default=[], help="folders with packages that this interpreter lacks")
    given = parser.parse_args()
    sys.path[1:1] = given.packages[:1]
    sys.path += given.packages[1:]
    retriever = build(given.vectors, sentence_transformers(given.model) if given.model else plain_onnx(given.embedding_dir))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        begun, used = time.perf_counter(), time.process_time()
        found = retriever.invoke(json.loads(line))
        answer = {"wall_s": time.perf_counter() - begun, "cpu_s": time.process_time() - used, "ids": [one.id for one in found]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
