"""The two files of the embedding model: the small one speaks as the exact one does."""

import numpy as np
import pytest

from cli.paths import EMBEDDING
from knowledge_base.embedders.onnx_export import FP32_NAME, INT8_NAME, TOKENIZER_NAME, embed

SENTENCES = [
    "I never got the second parcel",
    "wich of the two lamps is brighter??",
    "cancel it, but only if it hasn't left your warehouse; otherwise send it to my new address at Quay Street 4",
    "ok",
    "Können Sie mir helfen?",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_eight_bits_say_the_same(sentence: str) -> None:
    exact, small = (embed(EMBEDDING / name, EMBEDDING / TOKENIZER_NAME, [sentence])[0] for name in (FP32_NAME, INT8_NAME))
    assert float(np.linalg.norm(small)) == pytest.approx(1, abs=1e-5)
    assert float(exact @ small) > 0.995


def test_eight_bits_keep_sentences_apart() -> None:
    small = embed(EMBEDDING / INT8_NAME, EMBEDDING / TOKENIZER_NAME, SENTENCES)
    likeness = small @ small.T - np.eye(len(SENTENCES))
    assert likeness.max() < 0.8


def test_eight_bits_take_less_room() -> None:
    assert (EMBEDDING / INT8_NAME).stat().st_size < 0.7 * (EMBEDDING / FP32_NAME).stat().st_size
