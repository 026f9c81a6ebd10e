"""The model is held to a JSON schema where the server knows schemas; its sentences are read while they stream."""

import json

import pytest

from answers.evidence import Evidence
from answers.structured import SentenceReader, quotable, response_format
from answers.units import Kind, Unit

SENTENCES = ['Say "yes" to tea.', "Zwölf Tassen – 4 €.", "Line\nbreak and \\ slash.", "😀 too"]
QUESTION = "how much does standard delivery cost"
TRUTH = "Standard delivery costs 4.90 EUR."


def read(text: str, size: int) -> str:
    reader = SentenceReader()
    return "".join(reader.feed(text[start : start + size]) for start in range(0, len(text), size))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_sentences_come_out_one_a_line_however_the_pieces_fall(size, ascii_only):
    text = json.dumps({"sentences": SENTENCES[:3]}, ensure_ascii=ascii_only, indent=1)
    expected = [sentence.replace("\n", " ") for sentence in SENTENCES[:3]]
    assert read(text, size).split("\n")[:3] == expected


def test_plain_text_passes_as_it_is():
    assert read('He said "no" {twice}.', 2) == 'He said "no" {twice}.'


@pytest.mark.parametrize("text", ['{"sentences": []}', '{"other": "words"}', "{", "", '{"a": {"b": 1}}'])
def test_what_holds_no_sentences_gives_none(text):
    assert read(text, 2).strip() == ""


def test_half_a_character_code_is_left_out():
    assert read('{"sentences": ["a\\ud83d", "\\uzzzz b"]}', 4).split("\n")[:2] == ["a", " b"]


@pytest.mark.parametrize("size", [1, 5, 100])
def test_a_sign_in_two_halves_is_one_character(size):
    text = read('{"sentences": ["warm \\ud83d\\ude00 light \\u00e9\\ude00."]}', size)
    assert text.strip() == "warm \U0001f600 light é."
    assert text.encode("utf8")


def test_a_model_that_may_only_quote_is_given_the_sentences_of_the_evidence():
    evidence = Evidence((Unit("f", Kind.FACT, "It costs 9.00 EUR."), Unit("p", Kind.PASSAGE, "Pour water. Wait 4 minutes.")))
    wanted = response_format("quotes", evidence)
    item = wanted["json_schema"]["schema"]["properties"]["sentences"]["items"]
    assert item["enum"] == quotable(evidence) == ["It costs {{money1}}.", "Pour water.", "Wait 4 minutes."]
    assert response_format("text", evidence) is None


async def test_the_schema_is_asked_for_and_its_sentences_are_sent(writing, model):
    model.reply = json.dumps({"sentences": [TRUTH, "Standard delivery is free for orders from 60 EUR."]})
    answer = await writing.answer(QUESTION)
    assert (answer.generator, len(answer.sentences)) == ("llm", 2), answer.ledger
    assert "{" not in answer.text
    assert model.requests[0]["response_format"]["type"] == "json_schema"
    assert "JSON" in model.requests[0]["messages"][0]["content"]


async def test_a_server_without_schemas_is_asked_for_text_and_from_then_on_always(writing, model):
    model.knows_schemas, model.reply = False, TRUTH
    for _ in range(2):
        assert (await writing.answer(QUESTION)).generator == "llm"
    assert ["response_format" in request for request in model.requests] == [True, False, False]
    assert "JSON" not in model.requests[-1]["messages"][0]["content"]


async def test_an_empty_list_is_an_i_do_not_know(writing, model):
    model.reply = '{"sentences": []}'
    assert (await writing.answer(QUESTION)).generator == "extractive"


async def test_a_sentence_that_the_longest_text_cut_off_is_not_sent(writing, model):
    model.reply, model.finish = json.dumps({"sentences": [TRUTH, "Standard delivery is free"]})[:-3], "length"
    answer = await writing.answer(QUESTION)
    assert (answer.generator, answer.text) == ("llm", TRUTH), answer.ledger
