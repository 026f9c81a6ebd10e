"""The planted faults are what the benchmark says they are, and the worst of them never pass."""

from collections import Counter

import pytest

from benchmarks.verifier import report
from benchmarks.verifier.cases import CLEAN, FAMILIES, PARTS, Case, evidence_of, load
from benchmarks.verifier.judging import Judged, judge_all
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.settings import KnowledgeBaseSettings

KINDS = [kind for kinds in FAMILIES.values() for kind in kinds]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return registry.build("knowledge_base.embedders", "minilm", KnowledgeBaseSettings())


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load()


def test_the_set_is_large_and_every_kind_is_in_both_halves(cases: list[Case]) -> None:
    counts = Counter((case.part, reply.kind) for case in cases for reply in case.replies)
    assert sum(counts[part, CLEAN] for part in PARTS) >= 600
    assert sum(counts[part, kind] for part in PARTS for kind in KINDS) >= 600
    assert not {kind for _, kind in counts} - {CLEAN, *KINDS}
    assert min(counts[part, kind] for part in PARTS for kind in KINDS) >= 15


def test_no_reply_is_both_faithful_and_at_fault(cases: list[Case]) -> None:
    for case in cases:
        texts = [reply.text for reply in case.replies]
        assert len(texts) == len(set(texts)), case.name


def test_the_halves_share_no_case_and_no_question(cases: list[Case]) -> None:
    dev, held_out = ([case for case in cases if case.part == part] for part in PARTS)
    assert not {case.name for case in dev} & {case.name for case in held_out}
    assert not {case.question for case in dev} & {case.question for case in held_out}


def test_a_case_is_judged_beside_passages_on_its_topic(cases: list[Case], embedder: Embedder) -> None:
    case = next(case for case in cases if case.name == "return-window")
    lonely = {unit.evidence_id for unit in evidence_of(case, cases, embedder, alone=True).units}
    beside = {unit.evidence_id for unit in evidence_of(case, cases, embedder).units}
    assert lonely == {passage.passage_id for passage in case.passages}
    assert lonely < beside


def test_no_foreign_link_and_no_number_to_call_passes(cases: list[Case], embedder: Embedder) -> None:
    planted = [_only(case, {"link", "id"}) for case in cases if case.part == PARTS[0]]
    judged = list(judge_all([case for case in planted if case.replies], embedder))
    assert judged
    assert [row.reply.reply_id for row in judged if not row.stopped()] == []


def test_the_figures_count_a_reply_once_per_family() -> None:
    case = next(case for case in load(PARTS[:1]) if {"price", "polarity", "word"} <= {reply.kind for reply in case.replies})
    judged = [
        Judged(reply, case.part, "" if reply.kind in {CLEAN, "word"} else "refused", 0.7, 0.9, (2.0,), (1.0,)) for reply in case.replies
    ]
    figures = report.figures(judged)
    assert figures["numeric_caught"] == figures["polarity_caught"] == 1.0
    assert figures["clean_blocked"] == 0.0
    assert 0.0 <= figures["textual_caught"] < 1.0
    assert figures["p95_ms"] == 2.0


def _only(case: Case, kinds: set[str]) -> Case:
    return Case(**{**vars(case), "replies": tuple(reply for reply in case.replies if reply.kind in kinds)})
