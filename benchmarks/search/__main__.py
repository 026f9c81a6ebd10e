"""How well and how fast the shipped product search finds, on a public set of rated searches over some 19,000 products.

Beside it, in the same run: a tuned keyword index as the floor, meaning alone, and the plain langchain + Chroma retriever.
The first run embeds all products (some ten minutes of CPU); their vectors are kept in the cache folder.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.search import latency, measure, sets
from benchmarks.search.floor import keyword_floor
from benchmarks.search.latency import Timings
from benchmarks.search.measure import Rank, Scores
from knowledge_base import registry
from knowledge_base.catalogue import CatalogueIndex
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import ProductDocument
from knowledge_base.settings import KnowledgeBaseSettings

_EVERYTHING = 1_000_000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder that holds product_search/")
    parser.add_argument("--cache", type=Path, default=Path("var/cache/benchmarks"), help="keeps vectors between runs; safe to delete")
    parser.add_argument("--timed", type=int, default=480, help="how many queries are timed; 0 leaves the times and the plain retriever out")
    return parser.parse_args()


def _build(products: list[ProductDocument], embedder: Embedder, cache: Path) -> CatalogueIndex:
    index = CatalogueIndex(embedder, cache / "products.vectors")
    begun = time.perf_counter()
    asyncio.run(index.rebuild(products))
    print(f"{len(products)} products indexed in {time.perf_counter() - begun:.0f} s")
    return index


def _ours(index: CatalogueIndex) -> Rank:
    return lambda query: [one.product_id for one in asyncio.run(index.search(query, _EVERYTHING))]


def _meaning_alone(index: CatalogueIndex, embedder: Embedder) -> Rank:
    ids, vectors = index.vectors()

    def rank(query: str) -> list[str]:
        return [ids[i] for i in np.argsort(-(vectors @ embedder.embed([query])[0]), kind="stable")]

    return rank


def _print_part(part: str, judgements: sets.Judgements, rankers: dict[str, Rank]) -> dict[str, Scores]:
    found = {name: measure.score(rank, judgements) for name, rank in rankers.items()}
    empty = sum(not any(ratings.values()) for ratings in judgements.values())
    print(f"\n{part}: {len(found['ours'].ndcg)} queries with something relevant, {empty} without")
    print(f"{'ranker':16}{'nDCG@10':>9}{'95 %':>16}{'rated only':>12}{'j@10':>8}")
    for name, scores in found.items():
        low, high = measure.bootstrap(scores.ndcg)
        means = np.mean(scores.ndcg), np.mean(scores.rated_only), np.mean(scores.judged)
        print(f"{name:16}{means[0]:9.4f}{f'{low:.3f}-{high:.3f}':>16}{means[1]:12.4f}{means[2]:8.3f}")
    gains = np.subtract(found["ours"].ndcg, found["floor"].ndcg)
    low, high = measure.bootstrap(list(gains))
    print(f"ours - floor: {gains.mean():+.4f} [{low:+.3f}, {high:+.3f}], {(gains > 0).sum()} better, {(gains < 0).sum()} worse")
    return found


def _time(index: CatalogueIndex, products: list[ProductDocument], queries: list[str], cache: Path) -> tuple[Timings, Timings]:
    ids, vectors = index.vectors()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        file = Path(folder) / "vectors.npz"
        np.savez(file, ids=ids, vectors=vectors, texts=[one.fields["name"] for one in products])
        with latency.running_peer(file, KnowledgeBaseSettings().embedding_dir, cache) as peer:
            print(f"\n{len(queries)} queries, one after the other, ours and the plain retriever's in turns")
            print(f"plain: {peer.name}")
            ours, theirs = latency.time_both(index, peer, queries)
    print(f"{'':8}{'wall p50':>10}{'wall p95':>10}{'CPU p50':>10}{'CPU p95':>10}   ms")
    for name, timings in (("ours", ours), ("plain", theirs)):
        cells = [timings.wall_ms(50), timings.wall_ms(95), timings.cpu_ms(50), timings.cpu_ms(95)]
        print(f"{name:8}" + "".join(f"{cell:10.1f}" for cell in cells))
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return ours, theirs


def main() -> None:
    """Run, print the tables, and one JSON object as the last line."""
    given = _arguments()
    folder = sets.find(given.data)
    settings = KnowledgeBaseSettings(cached_questions=0)
    embedder: Embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    products = sets.products(folder)
    index = _build(products, embedder, given.cache)
    rankers = {"ours": _ours(index), "floor": keyword_floor(products), "meaning alone": _meaning_alone(index, embedder)}
    parts = [_print_part(part, judgements, rankers) for part, judgements in sets.judgements(folder).items()]
    summary: dict[str, float | None] = {
        "ndcg10": round(float(np.mean([value for part in parts for value in part["ours"].ndcg])), 4),
        "floor_ndcg10": round(float(np.mean([value for part in parts for value in part["floor"].ndcg])), 4),
        "p95_ms": None,
        "latency_ratio": None,
    }
    if given.timed:
        queries = (sets.other_queries(folder) or [query for part in sets.judgements(folder).values() for query in part])[: given.timed]
        ours, theirs = _time(index, products, queries, given.cache)
        summary |= {"p95_ms": round(ours.wall_ms(95), 1), "latency_ratio": round(ours.wall_ms(95) / theirs.wall_ms(95), 3)}
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
