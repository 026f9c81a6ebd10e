"""Who plays the customer: a person at the terminal, or a language model behind any OpenAI-compatible server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from benchmarks.store_transactions.conversation import NotPlayed, Play, Said, press, say

MOST_TURNS = 30
_STOP = "###STOP###"
_TITLES = {
    "reason_for_call": "Why you write",
    "known_info": "What you know",
    "unknown_info": "What you do not know",
    "task_instructions": "How you are",
    "instruction": "Who you are and what you want",
}
_ROLE = """You play a customer who writes to a shop's chat. The other side is the shop's assistant. This is your brief:

{brief}

Write what this customer would write, one short message at a time, in your own words. Say only what the brief tells you; what it does not
tell you, you do not know. Give details when they are asked for or when a customer would. Where the assistant shows numbered choices you may
answer with the number alone, as if you pressed it. Do not do the assistant's work, and do not say that you play a role. When everything in
the brief is settled, or you have been passed to a person, answer {stop} and nothing else."""


def brief_words(brief: dict[str, str]) -> str:
    """A task's brief, as it is shown to whoever plays the customer."""
    return "\n".join(f"{_TITLES.get(name, name)}: {text}" for name, text in brief.items())


def shown(said: Sequence[Said]) -> str:
    """Messages as a player sees them, their buttons numbered from 1."""
    rows = []
    number = 0
    for one in said:
        rows.append(f"{one.author}> {one.text}")
        rows += [f"     [{card}]" for card in one.cards]
        for button in one.buttons:
            number += 1
            rows.append(f"   {number}) {button['title']}")
    return "\n".join(rows)


@dataclass(frozen=True)
class Model:
    """A language model that plays the customer."""

    url: str
    name: str
    key: str = ""
    temperature: float = 0.7

    def next_words(self, brief: str, play: Play) -> str:
        """What the customer says next.

        Raises:
            NotPlayed: If the model's server does not answer.
        """
        messages = [{"role": "system", "content": _ROLE.format(brief=brief, stop=_STOP)}]
        for turn in range(play.turns + 1):
            for one in (said for said in play.said if said.turn == turn and said.author == "customer"):
                messages.append({"role": "assistant", "content": one.text})
            messages.append({"role": "user", "content": shown([s for s in play.said if s.turn == turn and s.author != "customer"])})
        body = {"model": self.name, "messages": messages, "temperature": self.temperature, "max_tokens": 200}
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = httpx.post(f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers, timeout=120, trust_env=False)
            answer.raise_for_status()
            return str(answer.json()["choices"][0]["message"]["content"]).strip()
        except (httpx.HTTPError, KeyError, IndexError, ValueError) as exc:
            raise NotPlayed(f"The customer's model at {self.url} does not answer ({type(exc).__name__}).") from exc


def play_by_model(play: Play, brief: str, model: Model, show: Callable[[str], None]) -> None:
    """Let a model carry the conversation to its end, or to thirty messages."""
    while play.turns < MOST_TURNS and play.mode == "bot":
        words = model.next_words(brief, play)
        if not words or _STOP in words:
            return
        show(f"customer> {words}")
        show(shown(answer(play, words)))


def play_by_hand(play: Play, ask: Callable[[], str], show: Callable[[str], None]) -> None:
    """Let a person type until an empty line or the end of input."""
    while True:
        try:
            words = ask().strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not words:
            return
        try:
            show(shown(answer(play, words)))
        except NotPlayed as error:
            show(str(error))


def answer(play: Play, words: str) -> list[Said]:
    """Send words; a number that a button has presses it."""
    number = int(words) if words.isdigit() and len(words) <= 2 else 0
    return press(play, number) if 1 <= number <= len(play.buttons) else say(play, words)
