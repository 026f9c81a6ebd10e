"""`python -m benchmarks.follow_ups.catalogue`: questions about the demo shop's goods, answered from their records."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml

from benchmarks.follow_ups.talk import ACTIONS, Talk, open_talk

_QUESTIONS = Path(__file__).with_name("catalogue.yml")


async def ask(talk: Talk, question: dict[str, Any]) -> str:
    """Ask one question in a conversation of its own; give the answer."""
    talk.begin()
    if "shown" in question:
        await talk.ask("action_search_products", f"show me {question['shown']}", "search_product")
    elif "product" in question:
        await talk.show(question["product"])
    answer, _ = await talk.ask(ACTIONS[question["intent"]], question["q"], question["intent"])
    return answer


def is_right(question: dict[str, Any], answer: str) -> bool:
    """Whether an answer holds all that it has to hold."""
    return all(any(words in answer.lower() for words in wanted.split("|")) for wanted in question["says"])


async def measure(*, verbose: bool = False) -> dict[str, int]:
    """Ask all questions and count the right answers."""
    questions: list[dict[str, Any]] = yaml.safe_load(_QUESTIONS.read_text("utf8"))
    right = 0
    with tempfile.TemporaryDirectory() as name:
        talk = await open_talk(Path(name))
        for question in questions:
            answer = await ask(talk, question)
            right += is_right(question, answer)
            if verbose or not is_right(question, answer):
                print(f"{'right' if is_right(question, answer) else 'WRONG'} {question['q']!r}: {answer!r}")
        await talk.close()
    return {"questions": len(questions), "right": right}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show every answer")
    print(json.dumps(asyncio.run(measure(verbose=parser.parse_args().verbose))))


if __name__ == "__main__":
    main()
