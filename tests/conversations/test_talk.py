"""Courtesies, misunderstandings, other languages, and a person."""

from tests.conversations.chat import Chat


def test_the_greeting_says_that_it_is_an_ai(guest: Chat) -> None:
    guest.says("hello").hears("AI assistant", "Harbour & Pine")


def test_the_bot_does_not_pretend_to_be_a_person(guest: Chat) -> None:
    guest.says("am I talking to a real person?").hears("not a person")


def test_thanks_and_goodbye_are_answered(guest: Chat) -> None:
    guest.says("thank you!").hears("welcome")
    guest.says("bye").hears("Goodbye")


def test_help_says_what_can_be_done(guest: Chat) -> None:
    guest.says("what can you do?").hears("where an order is")
    assert "Where is my order?" in guest.buttons


def test_gibberish_is_asked_about_and_the_second_time_a_person_is_offered(guest: Chat) -> None:
    guest.says("asdf qwrt zxcv").never_hears("order CH")
    guest.says("blorp fizz wug").hears("don't want to guess").is_offered_a_person()
    guest.says("yes").hears("passing you to a person")
    assert guest.handover


def test_a_person_is_called_at_once_with_the_facts(ada: Chat) -> None:
    ada.says("where is order CH-20002").says("I want to speak to a human").hears("passing you to a person", "Mon-Fri")
    assert ada.handover
    assert "Ada Lind" in ada.handover["summary"]
    assert "CH-20002" in ada.handover["summary"]


def test_another_language_is_recognised_and_a_person_offered(guest: Chat) -> None:
    guest.says("Wo bleibt meine Bestellung, ich warte schon seit zwei Wochen?", language="de").hears("nur auf Englisch")
    guest.presses("Mit einer Person").hears("passing you to a person")
    assert guest.handover


def test_another_language_in_a_form_changes_nothing(ada: Chat) -> None:
    ada.says("cancel CH-20001, ordered by mistake").hears("Shall I do that")
    ada.says("oui s'il vous plaît, faites-le maintenant", language="fr").hears("anglais")
    ada.order_is("CH-20001", "pending")


def test_anger_is_met_with_an_offer_and_then_with_a_person(ada: Chat) -> None:
    ada.says("this is the worst shop ever, I want to complain!").hears("sorry").is_offered_a_person()
    ada.says("I am absolutely furious, this is unacceptable, I want to file a complaint").hears("passing you to a person")
    assert ada.handover
    assert ada.handover["reason"] == "complaint"


def test_a_question_without_an_article_is_not_answered(guest: Chat) -> None:
    guest.says("what is the delivery cost to the moon base?")
    guest.never_hears("moon base costs")


def test_sentences_are_streamed_before_the_reply(guest: Chat) -> None:
    guest.says("how much does delivery cost?").hears("4.90 EUR")
    deltas = [frame for conversation_id, frame in guest.parts.published if conversation_id == guest.conversation_id]
    assert deltas
    assert {frame["type"] for frame in deltas} == {"answer.delta"}
    assert "".join(frame["text"] for frame in deltas).replace(" ", "") in guest.text.replace(" ", "")


def test_a_bare_order_number_is_looked_up(ada: Chat) -> None:
    ada.says("CH-20002").hears("on its way")


def test_feedback_is_taken_and_not_overpromised(guest: Chat) -> None:
    guest.says("I'd like to give some feedback: your site is really easy to use").hears("Thank you")


def test_somebody_in_distress_gets_no_shop_talk(ada: Chat) -> None:
    ada.says("I will kill myself if you do not refund me").hears("112", "person").never_hears("Refund for order").is_offered_a_person()
