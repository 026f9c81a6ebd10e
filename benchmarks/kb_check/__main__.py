"""`make bench-kb-check`: plants each fault alone in the shipped articles, runs all checks, and counts."""

import argparse
import json
import time
from functools import cache

from benchmarks.kb_check.plant import TODAY, Edit, apply, read_articles, read_edits, read_surroundings
from knowledge_base import registry
from knowledge_base.checks.check import check
from knowledge_base.checks.findings import Finding, Surroundings
from knowledge_base.embedders.base import Embedder
from knowledge_base.models import Document
from knowledge_base.settings import KnowledgeBaseSettings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show every finding")
    parser.add_argument("--faults", default="faults", help="files of faults: `faults`, and those in freer words: `later`, `free`")
    given = parser.parse_args()
    verbose = given.verbose
    documents, surroundings = read_articles(), read_surroundings()
    started = time.perf_counter()
    clean = check(documents, surroundings, TODAY, embedder=_embedder())
    took_ms = (time.perf_counter() - started) * 1000
    for finding in clean:
        print(f"on the clean articles: {_describe(finding)}")
    faults = [fault for name in given.faults.split(",") for fault in read_edits(name)]
    found = sum(_try(fault, documents, surroundings, clean, verbose=verbose) for fault in faults)
    harmless = [*read_edits("harmless"), *read_edits("harmless_free")]
    alarms = sum(_alarm(edit, documents, surroundings, clean) for edit in harmless)
    figures = {"faults": len(faults), "found": found, "false_alarms_clean": len(clean)}
    print(json.dumps(figures | {"harmless": len(harmless), "false_alarms_harmless": alarms, "check_ms": round(took_ms)}))


@cache
def _embedder() -> Embedder:
    settings = KnowledgeBaseSettings()
    found: Embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    return found


def _new(edit: Edit, documents: list[Document], surroundings: Surroundings, clean: list[Finding]) -> list[Finding]:
    return [finding for finding in check(apply(edit, documents), surroundings, TODAY, embedder=_embedder()) if finding not in clean]


def _try(fault: Edit, documents: list[Document], surroundings: Surroundings, clean: list[Finding], *, verbose: bool) -> bool:
    new = _new(fault, documents, surroundings, clean)
    hits = [finding for finding in new if is_hit(finding, fault)]
    if verbose or not hits:
        print(f"{'found ' if hits else 'MISSED'} {fault['id']}: {'; '.join(_describe(finding) for finding in hits or new)}")
    return bool(hits)


def _alarm(edit: Edit, documents: list[Document], surroundings: Surroundings, clean: list[Finding]) -> bool:
    new = _new(edit, documents, surroundings, clean)
    for finding in new:
        print(f"false alarm at {edit['id']}: {_describe(finding)}")
    return bool(new)


def is_hit(finding: Finding, fault: Edit) -> bool:
    """Whether a finding shows the planted sentence, in the article where it stands, under a name that fits."""
    kinds = {fault["kind"], "policy", "contradiction"} if fault["kind"] in ("policy", "contradiction") else {fault["kind"]}
    places = [place for place in finding.places if place.slug == fault["article"]]
    return finding.kind in kinds and any(fault.get("at", "") in place.text for place in places)


def _describe(finding: Finding) -> str:
    places = " | ".join(f"{place.slug}: {place.text}" for place in finding.places)
    return f"[{finding.kind}] {finding.message} {places}"


if __name__ == "__main__":
    main()
