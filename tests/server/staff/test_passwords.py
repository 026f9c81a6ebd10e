"""Passwords: strong hashes, weak choices refused, one-time ones readable."""

import asyncio
import time

import pytest

from server.staff.passwords import PasswordHashing, find_weakness, make_one_time_password


@pytest.fixture
def hashing():
    hashing = PasswordHashing()
    yield hashing
    hashing.close()


async def test_a_hash_is_argon2id_with_the_recommended_cost(hashing: PasswordHashing):
    assert (await hashing.hash("correct horse battery")).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_only_the_right_password_matches(hashing: PasswordHashing):
    stored = await hashing.hash("a fine long password")
    assert await hashing.verify(stored, "a fine long password")
    assert not await hashing.verify(stored, "a fine long passwore")
    assert not await hashing.verify("not a hash", "a fine long password")
    assert not await hashing.verify(None, "a fine long password")


async def test_a_flood_of_sign_ins_leaves_the_loop_responsive(hashing: PasswordHashing):
    stored = await hashing.hash("a fine long password")
    flood = asyncio.gather(*(hashing.verify(stored, f"guess number {n}") for n in range(60)))
    waits = []
    while not flood.done():
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        waits.append(time.perf_counter() - began - 0.005)
    assert not any(await flood)
    assert sorted(waits)[int(len(waits) * 0.5)] < 0.1


@pytest.mark.parametrize(
    "password",
    [
        "short", "elevenchars", "Password1234", "P@ssw0rd!2026", "passwordpassword", "qwertyuiop123", "Welcome12345!",
        "aaaaaaaaaaaaaaaa", "121212121212", "ada.lovelace1815", "Lovelace20262026", "x" * 300, "Counterhand2026", "Harbour&Pine2026",
    ],
)  # fmt: skip
def test_weak_passwords_are_refused(password: str):
    assert find_weakness(password, "ada.lovelace@example.com", "Ada Lovelace", "Harbour & Pine")


@pytest.mark.parametrize("password", ["seven geese cross the quay", "Tr1ckle-Parsnip-Quay", "日本語のとても長い合い言葉です"])
def test_good_passwords_are_taken(password: str):
    assert find_weakness(password, "ada.lovelace@example.com", "Ada Lovelace", "Harbour & Pine") is None


def test_a_one_time_password_is_a_good_one():
    assert find_weakness(make_one_time_password(), "ada.lovelace@example.com", "Ada Lovelace", "Harbour & Pine") is None


def test_one_time_passwords_differ_and_avoid_lookalikes():
    made = {make_one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01iIlLoO")
