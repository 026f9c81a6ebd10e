"""The fake speaks the Bot API well enough that python-telegram-bot, which we did not write, works against it."""

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from tests.fakes.telegram import FakeTelegram, Fault


@pytest.fixture
async def telegram():
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram):
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


async def test_a_foreign_client_signs_in_and_sends(telegram: FakeTelegram, bot: Bot):
    assert (await bot.get_me()).username == "counter_test_bot"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="b:1")]])
    sent = await bot.send_message(7, "Cancel it?", reply_markup=keyboard)
    assert sent.reply_markup == keyboard
    assert telegram.texts(7) == ["Cancel it?"]
    await bot.edit_message_text("Cancelled.", 7, sent.message_id)
    assert telegram.texts(7) == ["Cancelled."]


async def test_a_foreign_client_reads_our_updates(telegram: FakeTelegram, bot: Bot):
    await bot.send_message(7, "Cancel it?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="b:1")]]))
    hello, photo = telegram.text_update("hello", 7), telegram.media_update(7, "broken")
    telegram.queue(hello, photo, telegram.press_update(telegram.buttons(7)[0], 7))
    updates = await bot.get_updates()
    assert [update.message.text if update.message else None for update in updates] == ["hello", None, None]
    assert updates[1].message.caption == "broken"
    assert updates[2].callback_query.data == "b:1"
    assert Update.de_json(telegram.text_update("x", kind="edited_message"), bot).edited_message.text == "x"
    assert [u.update_id for u in await bot.get_updates(offset=updates[-1].update_id)] == [updates[-1].update_id]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("rate_limited", 3), RetryAfter),
        (Fault("server_error"), NetworkError),
        (Fault("blocked"), Forbidden),
        (Fault("drop_after_accept"), NetworkError),
    ],
)
async def test_faults_are_what_a_foreign_client_expects(telegram: FakeTelegram, bot: Bot, fault: Fault, error: type[Exception]):
    telegram.fail_next("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(7, "hello")
    assert len(telegram.chats[7]) == (1 if fault.kind == "drop_after_accept" else 0)


async def test_limits_are_the_documented_ones(telegram: FakeTelegram, bot: Bot):
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(7, "x" * 4097)
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(7, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="é" * 33)]]))
    with pytest.raises(BadRequest, match="Wrong"):
        await bot.send_photo(7, "https://shop.example.com/kettle.svg")


async def test_a_wrong_token_is_refused(telegram: FakeTelegram):
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{telegram.url}/botwrong/getMe", json={})
    assert (answer.status_code, answer.json()["ok"]) == (401, False)
