"""Another language is recognised when it is sure, and only then."""

import pytest

from server.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo ist meine Bestellung, ich warte seit zwei Wochen darauf", "de"),
        ("necesito devolver los zapatos que compré la semana pasada", "es"),
        ("je voudrais savoir où est ma commande s'il vous plaît", "fr"),
        ("Где мой заказ?", "ru"),
        ("私の注文はどこですか", "ja"),
        ("我的订单在哪里", "zh"),
        ("أين طلبي من فضلك", "ar"),
    ],
)
def test_other_languages_are_recognised(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["hi", "ok", "CH-10234", "pls cancel ordr asap thx m8", "my tracking doesnt work lol wheres the pkg", "Kestrel K2 Aurora Merino",
     "👍👍👍",      "my e-mail is gundula.schmidt@beispiel.example", "no no no that is not it", "10234 10235 10236 and 10237 please"],
)  # fmt: skip
def test_what_is_short_or_doubtful_is_left_alone(text: str) -> None:
    assert detect(text) is None
