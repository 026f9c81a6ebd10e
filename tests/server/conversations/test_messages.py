"""What the public API promises about messages."""

import asyncio

from server.dialogue.base import Reply, TurnInput
from server.errors import DialogueUnavailable
from server.identity import tokens
from tests.fakes.counter import Counter, Visitor, eventually

MESSAGES = "/api/v1/conversations/{}/messages"


async def post(visitor: Visitor, body: dict[str, object], **headers: str) -> object:
    return await visitor.browser.post(MESSAGES.format(visitor.conversation_id), json=body, headers={**visitor.headers, **headers})


async def test_a_conversation_opens_with_a_greeting_that_says_it_is_an_ai(counter: Counter) -> None:
    opened = await counter.browser().post("/api/v1/conversations", json={})
    assert opened.status_code == 201
    (greeting,) = opened.json()["messages"]
    assert greeting["author"] == "bot"
    assert greeting["seq"] == 1
    assert "AI" in greeting["text"]
    assert set(greeting) >= {"id", "seq", "author", "text", "buttons", "cards", "citations", "created_at"}


async def test_a_body_is_not_needed_to_open(counter: Counter) -> None:
    assert (await counter.browser().post("/api/v1/conversations")).status_code == 201


async def test_a_message_is_acknowledged_with_202_and_answered_live(counter: Counter) -> None:
    visitor = await counter.customer()
    sent = await visitor.say("hello", wait=0)
    assert sent.status_code == 202
    assert sent.json()["message"]["text"] == "hello"

    async def answered() -> bool:
        return ("bot", "You said: hello") in await visitor.read()

    await eventually(answered)


async def test_prefer_wait_brings_the_turns_replies(counter: Counter) -> None:
    visitor = await counter.customer()
    sent = await visitor.say("hello")
    body = sent.json()
    assert sent.status_code == 200
    assert [reply["text"] for reply in body["replies"]] == ["You said: hello"]
    assert body["mode"] == "bot"
    assert body["replies"][0]["turn_id"] == body["message"]["turn_id"]


async def test_at_the_end_of_the_wait_the_answer_is_202(counter: Counter) -> None:
    held = asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        await held.wait()
        return [Reply("at last")]

    counter.dialogue.script = slow
    visitor = await counter.customer()
    assert (await visitor.say("hello", wait=1)).status_code == 202
    held.set()


async def test_a_repeated_client_message_id_gives_the_first_result(counter: Counter) -> None:
    visitor = await counter.customer()
    body = {"text": "only once", "client_message_id": "same"}
    first = await post(visitor, body, Prefer="wait=10")
    again = await post(visitor, {"text": "something else", "client_message_id": "same"}, Prefer="wait=10")
    assert again.status_code == 200
    assert again.json() == first.json()
    assert len(counter.dialogue.turns) == 1


async def test_five_parallel_repeats_are_one_message_and_one_answer(counter: Counter) -> None:
    visitor = await counter.customer()
    body = {"text": "once", "client_message_id": "same"}
    answers = await asyncio.gather(*(post(visitor, body, Prefer="wait=10") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["message"]["id"] for answer in answers}) == 1
    assert (await visitor.read()).count(("bot", "You said: once")) == 1


async def test_seq_has_no_gaps_under_parallel_writing(counter: Counter) -> None:
    visitor = await counter.customer()
    await asyncio.gather(*(visitor.say(f"message {number}", wait=0) for number in range(12)))

    async def quiet() -> bool:
        page = (await visitor.browser.get(MESSAGES.format(visitor.conversation_id), headers=visitor.headers)).json()
        return page["messages"][-1]["author"] == "bot" and sum(m["author"] == "customer" for m in page["messages"]) == 12

    await eventually(quiet)
    page = (await visitor.browser.get(MESSAGES.format(visitor.conversation_id), headers=visitor.headers)).json()
    assert [message["seq"] for message in page["messages"]] == list(range(1, len(page["messages"]) + 1))
    assert counter.dialogue.most_at_once == 1


async def test_a_burst_is_one_next_turn_and_the_first_message_does_not_wait(counter: Counter) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        begun.set()
        await go_on.wait()
        return [Reply(f"to: {turn.text}")]

    counter.dialogue.script = slow
    visitor = await counter.customer()
    first = asyncio.create_task(visitor.say("one"))
    await begun.wait()
    others = [asyncio.create_task(visitor.say(text)) for text in ("two", "three", "four")]
    await eventually(lambda: all(task.done() for task in others) or visitor.said == 4)
    await asyncio.sleep(0.2)
    go_on.set()
    assert (await first).json()["replies"][0]["text"] == "to: one"
    joined = [(await task).json() for task in others]
    written = [text for author, text in await visitor.read() if author == "customer"]
    assert [turn.text for turn in counter.dialogue.turns] == ["one", "\n".join(written[1:])]
    assert sorted(written[1:]) == ["four", "three", "two"]
    assert {answer["replies"][0]["text"] for answer in joined} == {f"to: {counter.dialogue.turns[1].text}"}
    assert len({answer["message"]["turn_id"] for answer in joined}) == 1


async def test_a_pressed_button_sends_its_secret_payload_and_shows_its_title(counter: Counter) -> None:
    visitor = await counter.customer()
    menu = (await visitor.say("menu")).json()["replies"][0]
    track = menu["buttons"][0]
    assert track["title"] == "Track"
    assert "CH-1" not in track["payload"]
    pressed = (await post(visitor, {"payload": track["payload"], "client_message_id": "p"}, Prefer="wait=10")).json()
    assert pressed["message"]["text"] == "Track"
    assert counter.dialogue.turns[-1].payload == '/track{"order":"CH-1"}'


async def test_a_button_of_another_conversation_is_refused(counter: Counter) -> None:
    visitor, other = await counter.customer(), await counter.customer()
    track = (await other.say("menu")).json()["replies"][0]["buttons"][0]
    refused = await post(visitor, {"payload": track["payload"], "client_message_id": "p"})
    assert refused.status_code == 404
    assert refused.json()["error"] == "ButtonNotFound"
    made_up = await post(visitor, {"payload": "/track", "client_message_id": "q"})
    assert made_up.status_code == 404


async def test_a_button_between_texts_is_a_turn_of_its_own(counter: Counter) -> None:
    visitor = await counter.customer()
    track = (await visitor.say("menu")).json()["replies"][0]["buttons"][0]
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn: TurnInput) -> list[Reply]:
        begun.set()
        await go_on.wait()
        return [Reply("ok")]

    counter.dialogue.script = slow
    await visitor.say("first", wait=0)
    await begun.wait()
    await visitor.say("before", wait=0)
    await post(visitor, {"payload": track["payload"], "client_message_id": "p"})
    await visitor.say("after", wait=0)
    go_on.set()
    await eventually(lambda: len(counter.dialogue.turns) == 5)
    assert [turn.payload or turn.text for turn in counter.dialogue.turns[2:]] == ["before", '/track{"order":"CH-1"}', "after"]


async def test_an_empty_answer_or_a_dead_dialogue_gets_an_honest_line_and_a_person(counter: Counter) -> None:
    async def dead(turn: TurnInput) -> list[Reply]:
        raise DialogueUnavailable("away")

    counter.dialogue.script = dead
    visitor = await counter.customer()
    answer = (await visitor.say("do you sell bread?")).json()
    assert "trouble" in answer["replies"][0]["text"]
    (person,) = answer["replies"][0]["buttons"]
    pressed = await post(visitor, {"payload": person["payload"], "client_message_id": "p"}, Prefer="wait=10")
    assert pressed.json()["mode"] == "queued"


async def test_without_a_dialogue_a_signed_in_customer_still_hears_where_the_order_is(counter: Counter) -> None:
    async def dead(turn: TurnInput) -> list[Reply]:
        raise RuntimeError("even this")

    counter.dialogue.script = dead
    customer = await counter.some_customer()
    visitor = await counter.customer(customer.customer_id)
    stranger = await counter.customer()
    told = (await visitor.say("where is my order?")).json()["replies"][0]["text"]
    untold = (await stranger.say("where is my order?")).json()["replies"][0]["text"]
    assert "is " in told.split("What I can tell you:")[1]
    assert "What I can tell you" not in untold


async def test_a_language_other_than_english_is_told_to_the_dialogue(counter: Counter) -> None:
    visitor = await counter.customer()
    await visitor.say("Wo bleibt eigentlich meine Bestellung, ich warte schon lange")
    await visitor.say("where is my order, I have been waiting for two weeks")
    assert [turn.metadata.get("language") for turn in counter.dialogue.turns] == ["de", None]


async def test_the_log_is_read_in_pages(counter: Counter) -> None:
    visitor = await counter.customer()
    for number in range(3):
        await visitor.say(f"m{number}")
    path = MESSAGES.format(visitor.conversation_id)
    page = (await visitor.browser.get(f"{path}?limit=4", headers=visitor.headers)).json()
    rest = (await visitor.browser.get(f"{path}?after={page['next_after']}&limit=4", headers=visitor.headers)).json()
    assert [message["seq"] for message in page["messages"] + rest["messages"]] == list(range(1, 8))
    assert rest["next_after"] is None


async def test_feedback_is_kept_for_our_messages_alone_and_the_last_word_counts(counter: Counter) -> None:
    visitor = await counter.customer()
    answer = (await visitor.say("hello")).json()
    path = MESSAGES.format(visitor.conversation_id)
    ours, theirs = f"{path}/{answer['replies'][0]['id']}/feedback", f"{path}/{answer['message']['id']}/feedback"
    assert (await visitor.browser.post(ours, json={"rating": "down"}, headers=visitor.headers)).status_code == 204
    assert (await visitor.browser.post(ours, json={"rating": "up"}, headers=visitor.headers)).status_code == 204
    assert (await visitor.browser.post(theirs, json={"rating": "up"}, headers=visitor.headers)).status_code == 404
    assert (await visitor.browser.post(ours, json={"rating": "great"}, headers=visitor.headers)).status_code == 422


async def test_the_button_for_a_person_always_works_and_only_once(counter: Counter) -> None:
    visitor = await counter.customer()
    assert (await visitor.ask_for_person()).json() == {"mode": "queued"}
    seen = await visitor.read()
    assert (await visitor.ask_for_person()).json() == {"mode": "queued"}
    assert await visitor.read() == seen


async def test_a_queued_conversation_is_not_answered_by_the_bot(counter: Counter) -> None:
    visitor = await counter.customer()
    await visitor.ask_for_person()
    answer = (await visitor.say("are you there?")).json()
    assert (answer["replies"], answer["mode"]) == ([], "queued")
    assert not counter.dialogue.turns


async def test_a_blocked_customer_is_told_so_in_this_and_in_later_conversations(counter: Counter) -> None:
    customer = await counter.some_customer()
    visitor, agent = await counter.customer(customer.customer_id), await counter.agent()
    await agent.post(f"/conversations/{visitor.conversation_id}/block", {"reason": "abuse"})
    later = await counter.customer(customer.customer_id)
    for refused in (await visitor.say("hello"), await later.say("hello"), await later.ask_for_person()):
        assert (refused.status_code, refused.json()["error"]) == (403, "ConversationBlocked")
    assert not counter.dialogue.turns
    await agent.post(f"/conversations/{visitor.conversation_id}/unblock")
    assert (await later.say("hello again")).status_code == 200


async def test_the_dialogue_is_told_whether_the_customer_can_sign_in_where_they_write(counter: Counter) -> None:
    browser = counter.browser()

    async def told(**opening: object) -> object:
        opened = (await browser.post("/api/v1/conversations", json=opening)).json()
        visitor = Visitor(browser, opened["conversation_id"], {"Authorization": f"Bearer {opened['token']}"})
        await visitor.say("hello")
        return counter.dialogue.turns[-1].metadata["sign_in"]

    customer = await counter.some_customer()
    token = tokens.issue(customer.customer_id, counter.settings)[0]
    assert (await told(), await told(sign_in=True), await told(sign_in=False)) == (True, True, False)
    assert await told(sign_in=False, identity_token=token) is True
