import pytest
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.request_splitter import RequestCollector, RequestSplitter


def _requests(parsed):
    return [(request["intent"], request["text"]) for request in parsed.get("requests", [])]


def test_several_requests_are_taken_apart_in_order(understand):
    parsed = understand("where is my lamp, and also cancel the tent. Oh and what time do you close?")
    assert _requests(parsed) == [
        ("track_order", "where is my lamp"),
        ("cancel_order", "cancel the tent."),
        ("ask_opening_hours", "what time do you close?"),
    ]


def test_the_message_keeps_the_first_requests_intent_and_entities(understand):
    parsed = understand("where is my lamp and also cancel the tent")
    assert parsed["intent"]["name"] == parsed["intent_ranking"][0]["name"] == "track_order"
    assert [entity["value"] for entity in parsed["entities"]] == ["lamp"]


def test_entities_stand_where_they_are_in_the_whole_message(understand):
    text = "where is my lamp and also cancel the tent"
    [first, second] = understand(text)["requests"]
    assert [text[one["start"] : one["end"]] for one in first["entities"] + second["entities"]] == ["lamp", "tent"]


@pytest.mark.parametrize(
    "text",
    ["where is my lamp", "cancel the lamp. please cancel my lamp", "where is my lamp? asdf qwer? blorp zimmel?", "hi, where is my tent?"],
)
def test_one_request_is_no_list_of_requests(understand, text):
    assert "requests" not in understand(text)


def test_the_same_is_asked_of_two_orders(understand):
    parsed = understand("cancel order CH-10023 and order CH-10024")
    assert [(intent, text[-8:]) for intent, text in _requests(parsed)] == [("cancel_order", "CH-10023"), ("cancel_order", "CH-10024")]


def test_the_same_is_asked_of_two_things(understand):
    assert [intent for intent, _ in _requests(understand("cancel the lamp. also cancel the tent"))] == ["cancel_order", "cancel_order"]


def test_a_greeting_gives_way_to_the_request_behind_it(understand):
    assert understand("hello! cancel the lamp")["intent"]["name"] == "cancel_order"


def test_a_button_payload_is_never_cut(workshop):
    [message] = workshop.create(RequestSplitter).process([Message({TEXT: '/inform{"note": "stop. cancel it? also track it"}'})])
    assert message.get(TEXT).startswith("/inform")


def test_a_story_of_many_parts_is_read_as_one(workshop):
    text = "Where is it? " * 20
    assert len(workshop.create(RequestSplitter).process([Message({TEXT: text})])) == 1


def test_the_parts_never_leave_the_pipeline(workshop, classifier):
    messages = workshop.create(RequestSplitter).process([Message({TEXT: "where is my lamp and also cancel the tent"})])
    assert len(messages) == 3
    assert len(workshop.create(RequestCollector).process(classifier.process(workshop.prepare(messages)))) == 1


def test_requests_reach_the_actions_with_the_latest_message(understand):
    parsed = understand("where is my lamp and also cancel the tent")
    tracker = DialogueStateTracker("a-conversation", [])
    tracker.update(UserUttered(parsed["text"], parsed["intent"], parsed["entities"], parsed))
    assert [request["intent"] for request in tracker.current_state()["latest_message"]["requests"]] == ["track_order", "cancel_order"]
