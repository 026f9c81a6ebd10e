"""`python -m benchmarks.understanding`: hard utterances of our own, understood without a language model and with one.

Each is played to real Rasa with the shipped actions over a small shop. It counts as understood when the bot knows what is wanted, of which
order, which items, and which versions, so that all that is left is to ask for the rest and for a yes. "ideal" is a server that always
fills the form in rightly: what a model's help can come to at most. What a real model comes to is measured with `--llm-url` alone.
"""

import argparse
import json
import re
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from answers import guided
from answers.guided import GuidedReader
from answers.settings import AnswerSettings
from benchmarks.understanding.cases import Case, ideal_reading, load
from benchmarks.understanding.playing import Heard, play, play_all
from tests.actions.goods import shop_data
from tests.conftest import free_port
from tests.conversations.chat import running_actions
from tests.conversations.rasa import running_rasa
from tests.fakes.openai import FakeOpenAI

_MESSAGE = re.compile(r"<message>\n(.*)\n</message>", re.DOTALL)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--llm-url", help="an OpenAI-compatible server, such as http://127.0.0.1:8001/v1")
    parser.add_argument("--llm-model", help="the model's name there")
    parser.add_argument("--deadline", type=float, default=2.0, help="seconds that the model has for one utterance")
    parser.add_argument("--failures", action="store_true", help="print what was not understood, and what the bot knew")
    parser.add_argument("--data", help="not needed: the utterances are ours")
    arguments = parser.parse_args()
    if bool(arguments.llm_url) != bool(arguments.llm_model):
        parser.error("--llm-url and --llm-model go together")
    return arguments


def _ideal(cases: Sequence[Case]) -> FakeOpenAI:
    data = shop_data()

    def fill_in(asked: dict[str, Any]) -> str:
        found = _MESSAGE.search(asked["messages"][1]["content"])
        text = found[1] if found else ""
        # What NLU takes for several requests comes in parts.
        case = next((case for case in cases if text in case.says), None)
        fields = asked["response_format"]["json_schema"]["schema"]["properties"]
        return json.dumps(ideal_reading(case, text, fields, data) if case else {"quote": ""})

    return FakeOpenAI(reply=fill_in)


def _reader(url: str, model: str, deadline_s: float) -> GuidedReader:
    return guided.create(AnswerSettings(llm_url=url, llm_model=model), deadline_s)


def _show(cases: Sequence[Case], runs: dict[str, list[Heard]], *, failures: bool) -> None:
    print(f"\n{'':12}{'understood':>12}{'helped':>8}{'wrote':>7}{'p50 ms':>8}")
    for name, heard in runs.items():
        middle = sorted(one.seconds for one in heard)[len(heard) // 2] * 1000
        right, helped, wrote = (sum(getattr(one, what) for one in heard) for what in ("right", "helped", "wrote"))
        print(f"{name:12}{right:>7} / {len(cases)}{helped:>8}{wrote:>7}{middle:>8.0f}")
        for case, one in zip(cases, heard, strict=True):
            if failures and not one.right:
                print(f"    {case.says!r}: knew {one.known}")


def main() -> None:
    """Run it; the last line is one JSON object."""
    arguments, cases = _arguments(), load()
    runs: dict[str, list[Heard]] = {}
    with ExitStack() as running:
        actions = running.enter_context(running_actions(free_port()))
        rasa_url = running.enter_context(running_rasa(actions.url))
        ideal = _ideal(cases)
        ideal.start()
        running.callback(ideal.stop)
        readers: dict[str, GuidedReader | None] = {"without": None, "ideal": _reader(ideal.url, "ideal", 10.0)}
        if arguments.llm_url:
            readers["with"] = _reader(arguments.llm_url, arguments.llm_model, arguments.deadline)
        for name, reader in readers.items():
            runs[name] = play_all(cases, lambda case, reader=reader: play(case, actions, rasa_url, reader))  # type: ignore[misc]
    _show(cases, runs, failures=arguments.failures)
    if not arguments.llm_url:
        print("\nNo --llm-url was given, so no model was measured.")
    share = {name: round(sum(one.right for one in heard) / len(cases), 4) for name, heard in runs.items()}
    print(json.dumps({"utterances": len(cases), "without": share["without"], "ideal": share["ideal"], "with": share.get("with")}))


if __name__ == "__main__":
    main()
