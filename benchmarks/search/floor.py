"""The keyword floor: one tuned BM25 index over title three times, supplier, description and attributes."""

from collections.abc import Sequence

import bm25s
import numpy as np
import Stemmer

from benchmarks.search.measure import Rank
from knowledge_base.models import ProductDocument


def keyword_floor(products: Sequence[ProductDocument]) -> Rank:
    """Index the products as bm25s does by its own defaults: English stop words, Snowball stems; k1 0.9, b 0.4."""
    fields = ("name", "name", "name", "brand", "description", "attributes")
    texts = [" ".join(one.fields[name] for name in fields) for one in products]
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25(k1=0.9, b=0.4)
    index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    ids = [one.product_id for one in products]

    def rank(query: str) -> list[str]:
        [words] = bm25s.tokenize([query], stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False)
        known = [word for word in words if word in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(len(ids), dtype=np.float32)
        return [ids[i] for i in np.argsort(-scores, kind="stable") if scores[i] > 0]

    return rank
