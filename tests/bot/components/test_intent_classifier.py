import numpy as np
import pytest
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.intent_classifier import HybridIntentClassifier


def _intents(classifier, messages):
    return [message.get(INTENT)["name"] for message in classifier.process(messages)]


def test_unseen_wordings_find_their_intent(workshop, classifier):
    texts = ("did you already ship my lamp", "I'd rather cancel that tent", "I would like to give the kettle back", "how late are you open")
    assert _intents(classifier, workshop.messages(*texts)) == ["track_order", "cancel_order", "return_item", "ask_opening_hours"]


def test_a_loaded_classifier_answers_like_the_trained_one(workshop, examples, classifier):
    trained = workshop.create(HybridIntentClassifier)
    trained.train(examples)
    [one], [other] = (part.process(workshop.messages("cancel my lamp")) for part in (trained, classifier))
    assert one.get("intent_ranking") == other.get("intent_ranking")


def test_one_text_and_many_are_scored_alike(workshop, classifier):
    messages = workshop.messages("cancel my lamp", "are you open on monday", "qwerty")
    dense = np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])
    texts = [message.get(TEXT) for message in messages]
    together = classifier._model.predict(texts, dense).scores
    alone = np.vstack([classifier._model.predict([text], row[np.newaxis]).scores for text, row in zip(texts, dense, strict=True)])
    assert alone == pytest.approx(together, abs=1e-4)


@pytest.mark.parametrize("text", ["asdf jklö qwer", "blorp zimmel fantrag", "who won the football match", "explain quantum entanglement"])
def test_gibberish_and_strange_matters_are_not_guessed(workshop, classifier, text):
    [message] = workshop.create(FallbackClassifier, threshold=0.5, ambiguity_threshold=0.0).process(
        classifier.process(workshop.messages(text))
    )
    assert message.get(INTENT)["name"] == "nlu_fallback"


def test_what_was_trained_on_is_not_refused(workshop, classifier, examples):
    texts = [example.get(TEXT) for example in examples.intent_examples]
    sure = [message.get(INTENT)["confidence"] >= 0.5 for message in classifier.process(workshop.messages(*texts))]
    assert np.mean(sure) > 0.95


def test_two_close_intents_are_close_in_the_ranking(workshop, classifier):
    clear, torn = classifier.process(workshop.messages("cancel the lamp", "cancel or send back the lamp"))

    def gap(message):
        first, second = message.get("intent_ranking")[:2]
        return first["confidence"] - second["confidence"]

    assert gap(torn) < gap(clear)
    assert {entry["name"] for entry in torn.get("intent_ranking")[:2]} == {"cancel_order", "return_item"}


def test_the_ranking_is_ordered_and_opens_with_the_intent(workshop, classifier):
    [message] = classifier.process(workshop.messages("where is my tent"))
    ranking = message.get("intent_ranking")
    assert ranking[0] == message.get(INTENT)
    assert [entry["confidence"] for entry in ranking] == sorted((entry["confidence"] for entry in ranking), reverse=True)


def test_a_threshold_may_be_given(workshop, examples):
    component = workshop.create(HybridIntentClassifier, threshold=100.0)
    component.train(examples)
    [message] = component.process(workshop.messages("cancel the lamp"))
    assert message.get(INTENT)["confidence"] < 0.01


def test_two_intents_are_enough(workshop, examples):
    two = [one for one in examples.intent_examples if one.get(INTENT) in ("greet", "cancel_order")]
    component = workshop.create(HybridIntentClassifier)
    component.train(TrainingData(two))
    assert _intents(component, workshop.messages("cancel my kettle", "hello there")) == ["cancel_order", "greet"]


@pytest.mark.parametrize("known", [(), ("greet",)])
def test_without_two_intents_nothing_is_learned_and_nothing_breaks(workshop, examples, known):
    component = workshop.create(HybridIntentClassifier)
    component.train(TrainingData([one for one in examples.intent_examples if one.get(INTENT) in known]))
    [message] = component.process(workshop.messages("hello"))
    assert message.get(INTENT) == {"name": None, "confidence": 0.0}
