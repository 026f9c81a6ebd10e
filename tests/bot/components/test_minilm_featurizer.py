import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.minilm_featurizer import MiniLMFeaturizer


@pytest.fixture(scope="module")
def featurizer(workshop):
    return workshop.create(MiniLMFeaturizer)


def test_vectors_have_unit_length(featurizer):
    [vector] = featurizer.embed(["Where is my order?"])
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_vector_in_single_precision_is_the_original_models_and_the_one_in_eight_bits_stays_near(workshop, featurizer):
    exact = workshop.create(MiniLMFeaturizer, model_path="var/embedding/minilm-fp32.onnx")
    [original], [small] = (each.embed(["Where is my order?"]) for each in (exact, featurizer))
    assert original[:6] == pytest.approx([-0.00092, -0.02756, 0.07321, 0.04838, 0.00617, 0.02369], abs=2e-5)
    assert small @ original > 0.999


def test_texts_of_one_meaning_are_close_and_others_are_far(featurizer):
    order, parcel, weather = featurizer.embed(["where is my order", "has my parcel come", "it rains in spain"])
    assert order @ parcel > order @ weather + 0.2


def test_a_message_gets_a_sentence_vector_and_one_without_words_gets_none(workshop, featurizer):
    spoken, silent = featurizer.process([Message({TEXT: "hello"}), Message({TEXT: ""})])
    assert spoken.get_dense_features(TEXT)[1].features.shape == (1, 384)
    assert silent.get_dense_features(TEXT)[1] is None


def test_a_text_longer_than_the_model_reads_is_cut(featurizer):
    assert featurizer.embed(["very " * 2000 + "long"]).shape == (1, 384)


def test_a_text_has_the_same_vector_alone_and_among_others(featurizer):
    texts = ["hi", "where is my order", "cancel the lamp now", "hello", "what is this about then"] * 40
    alone = np.vstack([featurizer.embed([text]) for text in texts[:5]] * 40)
    assert featurizer.embed(texts) == pytest.approx(alone, abs=1e-5)


def test_a_missing_model_file_names_the_command_that_makes_it(workshop, tmp_path):
    with pytest.raises(InvalidConfigException, match="onnx_export"):
        workshop.create(MiniLMFeaturizer, model_path=str(tmp_path / "minilm-fp32.onnx"))
