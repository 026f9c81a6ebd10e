"""A conversation goes from the bot to a person and back, and everybody is told the truth on the way."""

import asyncio

import pytest

from server.dialogue.base import Reply, TurnInput
from tests.fakes.counter import Counter, Visitor, eventually


async def queued(counter: Counter) -> Visitor:
    customer = await counter.customer()
    await customer.say("I want a person")
    return customer


async def test_the_way_to_a_person_and_back(counter: Counter):
    mara = await counter.agent("Mara Lind")
    customer = await counter.customer()
    await customer.say("my kettle leaks")
    asked = (await customer.say("a person, please")).json()
    assert asked["mode"] == "queued"

    inbox = (await mara.get("/conversations", state="queued")).json()
    assert [line["conversation_id"] for line in inbox["items"]] == [customer.conversation_id]
    assert inbox["counts"] == {"queued": 1, "mine": 0, "open": 1}
    assert inbox["items"][0]["handover"]["reason"] == "asked for a person"
    assert "Identity: not proved" in inbox["items"][0]["handover"]["summary"]

    claimed = (await mara.post(f"/conversations/{customer.conversation_id}/claim")).json()["conversation"]
    assert (claimed["mode"], claimed["assigned_to"]["name"]) == ("agent", "Mara Lind")
    assert (await mara.say(customer.conversation_id, "Which kettle is it?")).status_code == 201
    silent = (await customer.say("the green one")).json()
    assert (silent["mode"], silent["replies"]) == ("agent", [])
    page = (await customer.browser.get(f"/api/v1/conversations/{customer.conversation_id}/messages", headers=customer.headers)).json()
    assert page["agent_name"] == "Mara Lind"
    assert {one["author_name"] for one in page["messages"] if one["author"] == "agent"} == {"Mara Lind"}
    assert {one["author_name"] for one in page["messages"] if one["author"] != "agent"} == {None}

    released = (await mara.post(f"/conversations/{customer.conversation_id}/release")).json()["conversation"]
    assert (released["mode"], released["assigned_to"], released["handover"]) == ("bot", None, None)
    assert (await customer.say("hello again")).json()["replies"][0]["text"] == "You said: hello again"

    seen = await customer.read()
    assert [text for author, text in seen if author == "agent"] == ["Which kettle is it?"]
    told = [text for author, text in seen if author == "system"]
    assert told[0].startswith("You are in the queue for a person.")
    assert told[1] == "Mara Lind from Harbour & Pine is here now and answers you."
    assert "AI assistant of Harbour & Pine, a computer program" in told[2]


async def test_of_fifty_claims_one_wins_and_the_others_learn_who(counter: Counter):
    agents = [await counter.agent(f"Agent Number{n}") for n in range(5)]
    customer = await queued(counter)
    path = f"/conversations/{customer.conversation_id}/claim"
    answers = await asyncio.gather(*(agent.post(path) for _ in range(10) for agent in agents))
    winner = next(a.json()["conversation"]["assigned_to"]["name"] for a in answers if a.status_code == 200)
    refused = [a for a in answers if a.status_code != 200]
    assert len(refused) == 40
    assert {a.status_code for a in refused} == {409}
    assert {a.json()["error"] for a in refused} == {"AlreadyAssigned"}
    assert all(winner in a.json()["detail"] for a in refused)
    assert [text for author, text in await customer.read() if "is here now" in text] == [
        f"{winner} from Harbour & Pine is here now and answers you."
    ]


async def test_a_bot_reply_in_flight_is_dropped_when_a_person_takes_over(counter: Counter):
    mara = await counter.agent()
    customer = await counter.customer()
    thinking, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(turn: TurnInput) -> list[Reply]:
        thinking.set()
        await go_on.wait()
        return [Reply("The bot's late answer.")]

    counter.dialogue.script = slowly
    await customer.say("what about my order?", wait=0)
    await thinking.wait()
    assert (await mara.post(f"/conversations/{customer.conversation_id}/claim")).status_code == 200
    go_on.set()
    await eventually(lambda: not counter.gateway.turns._running)
    assert "bot" not in [author for author, _ in (await customer.read())[1:]]


async def test_whoever_answers_takes_the_conversation(counter: Counter):
    mara, tom = await counter.agent("Mara Lind"), await counter.agent("Tom Berg")
    customer = await counter.customer()
    await customer.say("hello")
    assert (await mara.say(customer.conversation_id, "Mara here.")).status_code == 201
    assert (await customer.say("oh, hi")).json()["mode"] == "agent"
    refused = await tom.say(customer.conversation_id, "Tom here.")
    assert (refused.status_code, refused.json()["error"]) == (409, "AlreadyAssigned")
    for path in ("release", "resolve"):
        refused = await tom.post(f"/conversations/{customer.conversation_id}/{path}")
        assert (refused.status_code, refused.json()["error"]) == (409, "NotAssigned")


async def test_a_reply_sent_five_times_is_said_once(counter: Counter):
    mara = await counter.agent()
    customer = await queued(counter)
    sent = await asyncio.gather(*(mara.say(customer.conversation_id, "I'm looking into it.", "same") for _ in range(5)))
    assert {answer.status_code for answer in sent} == {201}
    assert len({answer.json()["message"]["id"] for answer in sent}) == 1
    assert [text for author, text in await customer.read() if author == "agent"] == ["I'm looking into it."]


async def test_a_settled_conversation_opens_again_with_the_bot(counter: Counter):
    mara = await counter.agent()
    customer = await queued(counter)
    await mara.post(f"/conversations/{customer.conversation_id}/claim")
    resolved = (await mara.post(f"/conversations/{customer.conversation_id}/resolve")).json()["conversation"]
    assert (resolved["state"], resolved["mode"]) == ("resolved", "bot")
    assert (await mara.get("/conversations", state="resolved")).json()["items"][0]["conversation_id"] == customer.conversation_id
    assert (await customer.say("one more thing")).json()["replies"][0]["text"] == "You said: one more thing"
    assert (await mara.get("/conversations", state="open")).json()["items"][0]["state"] == "open"


async def test_a_blocked_customer_is_told_and_not_processed(counter: Counter):
    mara = await counter.agent()
    customer = await counter.customer()
    await customer.say("something vile")
    blocked = (await mara.post(f"/conversations/{customer.conversation_id}/block", {"reason": "threats"})).json()["conversation"]
    assert blocked["blocked"] is True
    turns = len(counter.dialogue.turns)
    refused = await customer.say("more of it")
    assert (refused.status_code, refused.json()["error"]) == (403, "ConversationBlocked")
    assert (await customer.ask_for_person()).status_code == 403
    assert len(counter.dialogue.turns) == turns
    assert (await customer.read())[-1] == ("system", "Our staff has blocked this conversation. Messages written here are not processed.")
    assert (await mara.post(f"/conversations/{customer.conversation_id}/unblock")).json()["conversation"]["blocked"] is False
    assert (await customer.say("sorry")).json()["replies"][0]["text"] == "You said: sorry"


@pytest.mark.parametrize("action", ["claim", "release", "resolve", "unblock"])
async def test_an_unknown_conversation_is_not_found(counter: Counter, action: str):
    mara = await counter.agent()
    answer = await mara.post(f"/conversations/conv_missing/{action}")
    assert (answer.status_code, answer.json()["error"]) == (404, "ConversationNotFound")
