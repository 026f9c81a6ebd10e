"""Staff passwords: Argon2id in a bounded pool, and which passwords are refused."""

import asyncio
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.staff.common_passwords import COMMON_PASSWORDS

_T = TypeVar("_T")
MIN_LENGTH = 12
MAX_LENGTH = 256
_ONE_TIME_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without the characters that are mistaken for others
_LEET = str.maketrans("013457@$!", "oleastasi")

# OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)


class PasswordHashing:
    """Hashes and checks passwords in a small pool, so that a flood of sign-ins cannot starve the chat."""

    def __init__(self, workers: int = 2) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="passwords")
        self._nobody = _HASHER.hash(secrets.token_hex(16))

    async def hash(self, password: str) -> str:
        """Give the Argon2id hash of `password`, salt and parameters inside."""
        return await self._run(lambda: _HASHER.hash(password))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Check a password. None, for an account that does not exist, takes as long and is False."""
        matches = await self._run(lambda: _matches(password_hash or self._nobody, password))
        return matches and password_hash is not None

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the pool's threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def make_one_time_password() -> str:
    """Make a password of about 79 bits that is easy to read out, such as "k7mq-x2vd-9hpr-tw4c"."""
    groups = ("".join(secrets.choice(_ONE_TIME_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def find_weakness(password: str, *names: str) -> str | None:
    """Say why a new password is refused, in words for its owner; None when it is good.

    Args:
        password: What the person chose.
        names: What must not be the password's core: the account's e-mail and name, the brand.
    """
    if len(password) < MIN_LENGTH:
        return f"Use at least {MIN_LENGTH} characters."
    if len(password) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters."
    if len(set(password)) < 5:
        return "Use more different characters."
    cores = _cores(password)
    if cores & COMMON_PASSWORDS:
        return "This password is among the most common ones. Choose one that nobody would guess."
    if cores & {core for name in names for core in _name_cores(name)}:
        return "Do not build the password from your name, your e-mail address or the shop's name."
    return None


def _cores(password: str) -> set[str]:
    # What a guesser would try first: as typed, without leading and trailing digits and signs, leet undone, a double halved.
    typed = password.lower()
    stripped = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed)
    letters = re.sub(r"[\W_]", "", typed)
    words = re.sub(r"[\W\d_]", "", typed)
    unleeted = re.sub(r"[\W\d_]", "", typed.translate(_LEET))
    forms = {typed, stripped, letters, words, unleeted, re.sub(r"[\W\d_]+$", "", typed).translate(_LEET)}
    return {part for form in forms for part in (form, _undouble(form)) if part}


def _undouble(text: str) -> str:
    for length in range(1, len(text) // 2 + 1):
        if len(text) % length == 0 and text == text[:length] * (len(text) // length):
            return text[:length]
    return text


def _name_cores(name: str) -> set[str]:
    words = [word for word in re.split(r"[\W\d_]+", name.lower()) if len(word) >= 3]
    spans = combinations(range(len(words) + 1), 2)
    return {"".join(words[start:end]) for start, end in spans}
