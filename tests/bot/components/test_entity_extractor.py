from rasa.shared.nlu.constants import ENTITIES

from bot.components.entity_extractor import IntentAwareEntityExtractor, without_overlaps


def _found(message):
    return [(one["entity"], one["value"], one["start"], one["end"]) for one in message.get(ENTITIES)]


def _span(start, end, entity="product"):
    return {"start": start, "end": end, "entity": entity}


def test_a_word_and_a_run_of_words_are_found_where_they_stand(workshop, classifier, extractor):
    messages = extractor.process(classifier.process(workshop.messages("please cancel the lamp", "where is my rain jacket")))
    assert _found(messages[0]) == [("product", "lamp", 18, 22)]
    assert _found(messages[1]) == [("product", "rain jacket", 12, 23)]


def test_an_unseen_word_is_found_by_its_place(workshop, classifier, extractor):
    [message] = extractor.process(classifier.process(workshop.messages("I want to return the hammock")))
    assert _found(message) == [("product", "hammock", 21, 28)]


def test_a_message_without_entities_gets_none(workshop, classifier, extractor):
    [message] = extractor.process(classifier.process(workshop.messages("what time do you close")))
    assert _found(message) == []


def test_many_messages_can_be_read_after_loading(workshop, classifier, extractor):
    messages = classifier.process(workshop.messages(*["cancel the lamp"] * 200))
    assert all(_found(message) == [("product", "lamp", 11, 15)] for message in extractor.process(messages))


def test_an_untrained_extractor_leaves_what_others_found(workshop):
    [message] = workshop.messages("cancel CH-10023")
    message.set(ENTITIES, [_span(7, 15, "order_id")])
    assert workshop.create(IntentAwareEntityExtractor).process([message])[0].get(ENTITIES) == [_span(7, 15, "order_id")]


def test_of_overlapping_entities_the_longer_stays():
    assert without_overlaps([_span(0, 4), _span(0, 9), _span(12, 15)]) == [_span(0, 9), _span(12, 15)]


def test_of_equal_spans_the_first_found_stays():
    assert without_overlaps([_span(0, 5, "zip"), _span(0, 5, "code")]) == [_span(0, 5, "zip")]
