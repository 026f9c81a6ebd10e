"""What a customer sees on Telegram of a message made for the widget."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.channels.telegram.view import render, split, utf16_length

PUBLIC = "https://shop.example.com"
CARD = {
    "title": "Kestrel K2 keyboard", "subtitle": "quiet, black", "image_url": "/storefront/images/P7.svg", "url": "/products/P7",
    "price_cents": 8900, "currency": "EUR", "product_id": "P7",
}  # fmt: skip


def message(**parts: Any) -> dict[str, Any]:
    return {"text": "Here you are.", "buttons": [], "cards": [], "citations": [], **parts}


def test_plain_words_stay_plain_words_without_markup_or_preview():
    (send,) = render(message(text="<b>5 < 6</b> & *stars* https://x.example"), "7", PUBLIC)
    assert send.params["text"] == "<b>5 < 6</b> & *stars* https://x.example"
    assert "parse_mode" not in send.params
    assert send.params["link_preview_options"] == {"is_disabled": True}


def test_buttons_become_a_keyboard_of_opaque_ids():
    (send,) = render(message(buttons=[{"title": "Yes", "payload": "btn_1"}, {"title": "No", "payload": "btn_2"}]), "7", PUBLIC)
    assert send.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "btn_1"}],
        [{"text": "No", "callback_data": "btn_2"}],
    ]


def test_a_card_with_an_svg_becomes_lines_and_a_link_button():
    (send,) = render(message(cards=[CARD]), "7", PUBLIC)
    assert send.params["text"] == ("Here you are.\n\n• Kestrel K2 keyboard\nquiet, black\n89.00 EUR\nhttps://shop.example.com/products/P7")
    assert send.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "Open Kestrel K2 keyboard", "url": "https://shop.example.com/products/P7"}]
    ]


def test_a_card_with_a_photo_becomes_a_photo_with_words_to_fall_back_on():
    text, photo = render(message(cards=[{**CARD, "image_url": "/media/P7.jpg"}], buttons=[{"title": "More", "payload": "b"}]), "7", PUBLIC)
    assert "reply_markup" not in text.params
    assert (photo.method, photo.params["photo"]) == ("sendPhoto", "https://shop.example.com/media/P7.jpg")
    assert photo.fallback is not None
    assert photo.fallback.params["text"] == photo.params["caption"]
    assert photo.fallback.params["reply_markup"] == photo.params["reply_markup"]


def test_where_telegram_cannot_reach_us_there_are_words_and_no_link_buttons():
    (send,) = render(message(cards=[CARD]), "7", "http://127.0.0.1:8000")
    assert "reply_markup" not in send.params
    assert "http://127.0.0.1:8000/products/P7" in send.params["text"]


def test_citations_become_footnotes():
    cited = message(
        citations=[{"title": "Returns", "url": "/help/returns#how", "passage_id": "p1"}, {"title": "Law", "url": "", "passage_id": "p2"}]
    )
    (send,) = render(cited, "7", PUBLIC)
    assert send.params["text"].endswith("\n\n[1] Returns https://shop.example.com/help/returns#how\n[2] Law")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "data:text/html,x", "mailto:a@b"])
def test_a_link_that_is_no_web_address_is_left_out(url: str):
    (send,) = render(message(citations=[{"title": "Returns", "url": url, "passage_id": "p"}]), "7", PUBLIC)
    assert send.params["text"].endswith("[1] Returns")


def test_a_person_is_offered_under_the_last_send():
    sends = render(message(text="word " * 2000), "7", PUBLIC, offer_person=True)
    assert len(sends) == 3
    assert ["reply_markup" in send.params for send in sends] == [False, False, True]


def test_nothing_to_say_is_nothing_to_send():
    assert render(message(text=""), "7", PUBLIC) == []


@given(st.text(alphabet=st.sampled_from("ab é🎉日\n "), max_size=300), st.integers(min_value=4, max_value=60))
def test_pieces_fit_and_lose_no_word(text: str, limit: int):
    pieces = list(split(text, limit))
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize("separator", ["\n\n", "\n", " "])
def test_the_cut_falls_between_paragraphs_lines_or_words(separator: str):
    assert list(split(f"{'a' * 30}{separator}{'b' * 30}", 40)) == ["a" * 30, "b" * 30]
