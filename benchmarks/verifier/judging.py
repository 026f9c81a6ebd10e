"""Asks the shipped verifier about every reply, sentence by sentence, and keeps what it said and how long it took."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from answers.drafting import SentenceCutter
from answers.evidence import Evidence
from answers.verifier import Verifier
from benchmarks.verifier.cases import Case, Reply, evidence_of
from knowledge_base.embedders.base import Embedder


@dataclass(frozen=True)
class Judged:
    """What became of a reply.

    Attributes:
        reason: Why a sentence of it was refused; empty where all may be sent.
        score: The least support of its sentences, 0 to 1.
        cosine: The similarity to the nearest line of evidence, which is all that an embedding can say.
        wall_ms: Time per sentence, with the preparation of the evidence's lines in the first.
        cpu_ms: The same in processor time of this thread: what a busy machine does not change.
    """

    reply: Reply
    part: str
    reason: str
    score: float
    cosine: float
    wall_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]

    def stopped(self, threshold: float = 0.0) -> bool:
        """Whether something of it is held back, where sentences below `threshold` are refused as well."""
        return bool(self.reason) or self.score < threshold


def judge_all(cases: Sequence[Case], embedder: Embedder, *, alone: bool = False) -> Iterator[Judged]:
    """Judge every reply of every case."""
    for case in cases:
        evidence = evidence_of(case, cases, embedder, alone=alone)
        for reply in case.replies:
            yield _judge(case, reply, evidence, embedder)


def _judge(case: Case, reply: Reply, evidence: Evidence, embedder: Embedder) -> Judged:
    wall, cpu, reasons, scores = [], [], [], []
    began = time.perf_counter(), time.thread_time()
    verifier = Verifier(evidence, embedder)
    for sentence in _sentences(reply.text):
        verdict = verifier.verify(sentence)
        ended = time.perf_counter(), time.thread_time()
        wall.append((ended[0] - began[0]) * 1000)
        cpu.append((ended[1] - began[1]) * 1000)
        reasons.append(verdict.reason)
        scores.append(verdict.score)
        began = ended
    reason = next(filter(None, reasons), "")
    return Judged(reply, case.part, reason, min(scores), _nearest(reply, evidence, embedder), tuple(wall), tuple(cpu))


def _sentences(text: str) -> list[str]:
    cutter = SentenceCutter()
    return [*cutter.feed(text), *cutter.flush()]


def _nearest(reply: Reply, evidence: Evidence, embedder: Embedder) -> float:
    vectors = embedder.embed([reply.text, *(unit.text for unit in evidence.units)])
    return float(np.max(vectors[1:] @ vectors[0]))
