"""Embeds many texts on all cores, behind whatever else the machine has to do."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from knowledge_base.embedders.base import Embedder
from knowledge_base.models import FloatArray

_SLICE = 64
"""So many texts, of nearly one length, are one piece of work: little padding, and no core waits long for another."""
_NICE = 10


def embed_all(embedder: Embedder, texts: Sequence[str], threads: int = 0) -> FloatArray:
    """Embed texts in several threads at low priority, so that answers go first.

    Args:
        embedder: Each of its calls uses the core it runs on.
        texts: In any order.
        threads: How many work at once; 0 for one per core.

    Returns:
        Shape (n_texts, dimensions), in the order of `texts`.
    """
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    slices = [order[start : start + _SLICE] for start in range(0, len(order), _SLICE)]
    vectors = np.zeros((len(texts), embedder.dimensions), dtype=np.float32)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1, "embed", _step_back) as pool:
        # The longest first: the last piece of work is then a short one.
        for numbers, found in zip(slices[::-1], pool.map(lambda one: embedder.embed([texts[n] for n in one]), slices[::-1]), strict=True):
            vectors[numbers] = found
    return vectors


def _step_back() -> None:
    """Lower this thread's priority, where the system has one for threads."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, min(19, os.getpriority(os.PRIO_PROCESS, thread) + _NICE))
