"""`make bench-follow-ups`: second questions of two-turn dialogues, answered with what was said before and without it.

The actions, the articles, the answers and the demo shop are real; what the customer means (the intent) is given, so that only the
search is measured. An answer is right when it cites a page that answers (or rests on the product's record) and holds the words that
it has to hold. Dialogues under `alone` lean on nothing, and have to be answered as if nothing had been said.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from benchmarks.follow_ups.talk import Talk, open_talk

_DIALOGUES = Path(__file__).with_name("dialogues.yml")

Dialogue = dict[str, Any]


def read_dialogues() -> dict[str, list[Dialogue]]:
    """All dialogues, by part."""
    found: dict[str, list[Dialogue]] = yaml.safe_load(_DIALOGUES.read_text("utf8"))
    return found


async def play(talk: Talk, dialogue: Dialogue, *, remembers: bool) -> tuple[str, list[str]]:
    """Play both turns; give the second answer and the pages that it cites."""
    talk.begin(dialogue.get("order"))
    if "first" in dialogue:
        await talk.ask("action_answer_question", dialogue["first"], dialogue["intent"])
    elif "product" in dialogue:
        await talk.show(dialogue["product"])
    else:
        await talk.ask("action_track_order", "where is my order?", "track_order")
    if not remembers:
        talk.forget()
    intent = dialogue.get("intent") or ("ask_product" if "product" in dialogue else "ask_delivery")
    action = "action_tell_product" if "product" in dialogue and intent == "ask_product" else "action_answer_question"
    return await talk.ask(action, dialogue["then"], intent)


def is_right(dialogue: Dialogue, answer: str, pages: list[str]) -> bool:
    """Whether an answer is the one that the dialogue asks for."""
    says = any(words in answer.lower() for words in dialogue["says"].split("|"))
    return says and ("product" in dialogue or any(page in dialogue["at"] for page in pages))


async def measure(parts: list[str], *, verbose: bool) -> dict[str, dict[str, int]]:
    """Play all dialogues both ways and count what was right."""
    figures: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as name:
        talk = await open_talk(Path(name))
        for part, dialogues in read_dialogues().items():
            if part not in parts:
                continue
            counted = Counter[str](asked=len(dialogues))
            for dialogue in dialogues:
                for way, remembers in (("with", True), ("without", False)):
                    answer, pages = await play(talk, dialogue, remembers=remembers)
                    right = is_right(dialogue, answer, pages)
                    counted[way] += right
                    if verbose or (remembers and not right):
                        print(f"{'right' if right else 'WRONG'} {way:8}{dialogue['then']!r}: {answer!r} {pages}")
            figures[part] = dict(counted)
        await talk.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show every answer")
    parser.add_argument("--parts", default="seen,unseen,alone")
    given = parser.parse_args()
    figures = asyncio.run(measure(given.parts.split(","), verbose=given.verbose))
    for part, counted in figures.items():
        print(f"{part:8} of {counted['asked']}: {counted['with']} right with what was said before, {counted['without']} without")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
