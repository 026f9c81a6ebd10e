"""Every part that a Hugging Face model can be, with a tiny model of its kind, through the code that loads any other."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from answers.entailers.base import Entailer
from answers.errors import EntailerUnavailable
from answers.evidence import Evidence
from answers.settings import AnswerSettings
from answers.units import Kind, Unit
from answers.verifier import Verifier
from knowledge_base import registry
from knowledge_base.embedders.base import Embedder
from knowledge_base.errors import EmbedderUnavailable, RerankerUnavailable
from knowledge_base.models import Candidate, Passage, PassageId
from knowledge_base.settings import KnowledgeBaseSettings
from neural.classifier import Classifier
from neural.loading import ModelUnavailable
from server.dialogue.base import Reply, TurnInput
from server.mood import AttentiveDialogue, SentimentMood

RETURNS, FREE, NOT_FREE = "You have 30 days to return an item.", "Returns are free.", "Returns are not free."
ANGRY, GLAD = "This is terrible, I am angry and disappointed.", "Thank you, that was very kind and helpful."


class TestEmbedder:
    @pytest.fixture
    def folder(self, make_encoder):
        return make_encoder()

    def build(self, folder, **settings) -> Embedder:
        return registry.build("knowledge_base.embedders", "huggingface", KnowledgeBaseSettings(embedder_model=str(folder), **settings))

    def test_vectors_are_the_models_means_at_length_one(self, folder):
        embedder = self.build(folder)
        vectors = embedder.embed([RETURNS, "", "Größe 42 ♥ " * 200])
        assert vectors.shape == (3, embedder.dimensions) == (3, 32)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
        with torch.inference_mode():
            hidden = (
                AutoModel.from_pretrained(folder)
                .eval()(**AutoTokenizer.from_pretrained(folder)(RETURNS, return_tensors="pt"))
                .last_hidden_state
            )
        mean = hidden[0].mean(0).numpy()
        assert np.allclose(vectors[0], mean / np.linalg.norm(mean), atol=1e-4)

    def test_company_and_threads_do_not_change_a_vector(self, folder):
        embedder, texts = self.build(folder, cached_questions=0), [f"Return number {n} of {'many ' * n}" for n in range(24)]
        expected = embedder.embed(texts)
        with ThreadPoolExecutor(6) as pool:
            found = np.vstack(list(pool.map(lambda text: embedder.embed([text]), texts)))
        assert np.allclose(found, expected, atol=1e-4)

    def test_a_model_that_pools_its_first_token_does_so(self, folder):
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
        with torch.inference_mode():
            inputs = AutoTokenizer.from_pretrained(folder)(RETURNS, return_tensors="pt")
            first = AutoModel.from_pretrained(folder).eval()(**inputs).last_hidden_state[0, 0].numpy()
        assert np.allclose(self.build(folder).embed([RETURNS])[0], first / np.linalg.norm(first), atol=1e-4)

    def test_its_name_tells_the_index_that_the_vectors_are_others(self, folder):
        assert self.build(folder).name == f"huggingface:{folder}"

    @pytest.mark.parametrize("name", ["", "/nowhere/at/all"])
    def test_a_missing_model_names_the_setting(self, name, monkeypatch):
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(EmbedderUnavailable, match="COUNTERHAND_EMBEDDER_MODEL"):
            self.build(name)


class TestReranker:
    @pytest.mark.parametrize("labels", [["relevance"], ["other", "relevant"]])
    def test_question_and_passage_are_read_together(self, make_classifier, labels):
        folder = make_classifier(labels, [(("how long for returns", RETURNS), 1), (("how long for returns", "Tea is hot."), 0)])
        settings = KnowledgeBaseSettings(reranker_model=str(folder))
        reranker = registry.build("knowledge_base.rerankers", "huggingface", settings, None)
        scores = reranker.score("how long for returns", [_candidate("Tea is hot."), _candidate(RETURNS)])
        assert scores.shape == (2,)
        assert scores[1] > scores[0]
        assert reranker.score("how long for returns", []).shape == (0,)

    def test_a_missing_model_names_the_setting(self):
        with pytest.raises(RerankerUnavailable, match="COUNTERHAND_RERANKER_MODEL"):
            registry.build("knowledge_base.rerankers", "huggingface", KnowledgeBaseSettings(), None)


class TestEntailer:
    @pytest.fixture(scope="class")
    def folder(self, make_classifier):
        examples = [((FREE, FREE), 1), ((FREE, NOT_FREE), 0), ((NOT_FREE, FREE), 0), ((NOT_FREE, NOT_FREE), 1)]
        return make_classifier(["contradiction", "ENTAILMENT", "neutral"], examples)

    def build(self, folder, **settings) -> Entailer:
        return registry.build("answers.entailers", "huggingface", AnswerSettings(entailment_model=str(folder), **settings))

    def test_what_follows_is_entailed_and_its_opposite_is_not(self, folder):
        entailer = self.build(folder)
        assert entailer.entails(FREE, FREE)
        assert not entailer.entails(FREE, NOT_FREE)
        assert not self.build(folder, min_entailment=1.0).entails(FREE, FREE)

    def test_its_word_counts_in_the_verifier(self, folder):
        entailer, evidence = self.build(folder), Evidence((Unit("p", Kind.FACT, FREE),))
        assert Verifier(evidence, _Alike(), entailer).verify(FREE).passed
        strict = self.build(folder, min_entailment=1.0)
        assert Verifier(evidence, _Alike(), strict).verify(FREE).reason == "not entailed by its evidence"

    def test_a_model_for_another_question_is_refused(self, make_classifier):
        folder = make_classifier(["negative", "positive"], [(ANGRY, 0), (GLAD, 1)])
        with pytest.raises(EntailerUnavailable, match="negative, positive"):
            self.build(folder)


class TestMood:
    @pytest.fixture(scope="class")
    def mood(self, make_classifier):
        return SentimentMood(str(make_classifier(["NEGATIVE", "POSITIVE"], [(ANGRY, 0), (GLAD, 1)])), 0.8)

    async def test_somebody_upset_is_offered_a_person(self, mood):
        dialogue = AttentiveDialogue(_Slow(), mood)
        replies = await dialogue.reply(_turn(ANGRY))
        assert [button["payload"] for button in replies[-1].buttons] == ["/request_human"]
        assert (await dialogue.reply(_turn(GLAD)))[-1].buttons == ()
        assert (await dialogue.reply(_turn("no")))[-1].buttons == ()

    def test_stars_are_read_too(self, make_classifier):
        folder = make_classifier(["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], [(ANGRY, 0), (GLAD, 4)])
        mood = SentimentMood(str(folder), 0.8)
        assert mood.is_upset(ANGRY)
        assert not mood.is_upset(GLAD)


def test_pickled_weights_are_not_loaded(make_classifier):
    folder = make_classifier(["negative", "positive"], [(ANGRY, 0), (GLAD, 1)])
    weights = folder / "model.safetensors"
    torch.save({}, folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(ModelUnavailable, match="safetensors"):
        Classifier(str(folder), "COUNTERHAND_SENTIMENT_MODEL")


class _Alike:
    """Finds everything alike, so that the entailment model alone decides."""

    name, dimensions = "alike", 1

    def embed(self, texts):
        return np.ones((len(texts), 1), dtype=np.float32)


class _Slow:
    """A dialogue that takes longer than a tiny model."""

    name = "slow"

    async def reply(self, turn: TurnInput) -> list[Reply]:
        import asyncio

        await asyncio.sleep(0.5)
        return [Reply("I see."), Reply("What can I do?")]


def _turn(text: str) -> TurnInput:
    return TurnInput(turn_id="t", conversation_id="c", text=text, channel="web", locale="en")


def _candidate(text: str) -> Candidate:
    return Candidate(Passage(PassageId(text), "page", "", (), "/help/page", text), score=0.0)
