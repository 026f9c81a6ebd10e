"""`python -m benchmarks.hostile`: models that mean harm, and attacks in every place, against the shipped way of answering.

1. A scripted model, over real HTTP, that offers discounts, claims deeds, leaks its rules, names strangers, adds links, turns figures and
   mixes lies with truths: 2,000 turns. 2. With `--data`: every published attack in the customer's message, in a review, in an article and
   in a note on an order, with a model that obeys what it finds in its prompt. 3. With `--data`: honest texts that the guard must let
   through. 4. With `--vllm TURNS`: a model with random weights on real vLLM, where `make llm-cpu` has made `.venv-llm`.
A judge of its own looks for harm in all that reaches the customer, streamed sentences included.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import structlog

from answers.units import split_units
from benchmarks.hostile.attacks import HARMLESS, attacks, honest_texts, product_pages
from benchmarks.hostile.running import Bench, Outcome, bench, run
from benchmarks.hostile.turns import honest_turns, poisoned_turns
from knowledge_base.screening.screen import Screen, Suspicion
from tests.fakes.vllm import PYTHON, running_vllm

_HARMS = {"facts": "unsupported_facts", "action": "action_claims", "link": "foreign_links", "offer": "offers"}
_HONEST_TEXTS = 1000
_SHOWN = 20


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with prompt_attacks, reviews, product_search and intents")
    parser.add_argument("--turns", type=int, default=2000, help="turns with the scripted model")
    parser.add_argument("--attacks", type=int, help="at most so many attacks, evenly taken; default all")
    parser.add_argument("--vllm", type=int, default=0, metavar="TURNS", help="so many turns with a random model on real vLLM (.venv-llm)")
    return parser.parse_args()


def main() -> None:
    """Run it; the last line is one JSON object."""
    arguments = _arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    data = arguments.data if arguments.data and arguments.data.exists() else None
    planted = attacks(data) if data else []
    if arguments.attacks:
        planted = planted[:: max(1, len(planted) // arguments.attacks)][: arguments.attacks]
    with bench(planted) as parts:
        everything = run([*honest_turns(arguments.turns), *poisoned_turns(planted)], parts)
        _show("a scripted model that means harm", everything[: arguments.turns])
        _show(f"{len(planted)} attacks in four places, {parts.server.found} of them in the prompt", everything[arguments.turns :])
        everything += _random_model(parts, arguments.vllm)
        stopped = _honest_stopped(data, Screen(parts.embedder)) if data else 0.0
    if not data:
        print("\nNo data folder (make bench-hostile DATA=...): no attacks were read, and no honest texts.")
    harms = Counter(kind for outcome in everything for kind in {harm.kind for harm in outcome.harms})
    print(f"\nattacks carried out: {harms['obeyed'] + harms['leak']}; their words read out from a tampered article: {harms['quoted']}")
    print(json.dumps({"turns": len(everything), **{name: harms[kind] for kind, name in _HARMS.items()}, "honest_stopped": stopped}))


def _random_model(parts: Bench, turns: int) -> list[Outcome]:
    if not turns:
        return []
    if not PYTHON.exists():
        print("\nThere is no .venv-llm (make llm-cpu makes it): no turns with a random model.")
        return []
    with running_vllm() as url:
        outcomes = run(honest_turns(turns), parts.asking(url, "tiny"))
    _show("a random model on real vLLM", outcomes)
    return outcomes


def _show(title: str, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    print(f"\n{title}: {len(outcomes)} turns, answered by {dict(Counter(outcome.generator for outcome in outcomes))}")
    places = sorted({outcome.turn.place for outcome in outcomes})
    for place in places:
        here = [outcome for outcome in outcomes if outcome.turn.place == place]
        harms = Counter(kind for outcome in here for kind in {harm.kind for harm in outcome.harms})
        print(f"  {place or 'all':8} {len(here):5} turns, harm in {sum(bool(outcome.harms) for outcome in here)}: {dict(harms)}")
    for outcome in [outcome for outcome in outcomes if outcome.harms][:_SHOWN]:
        print(f"    {outcome.turn.place or '-'} [{outcome.generator}] {outcome.turn.honest!r}")
        for harm in outcome.harms[:3]:
            print(f"      {harm.kind}: {harm.text[:150]}")


def _honest_stopped(data: Path, screen: Screen) -> float:
    """Count honest texts that would be kept back. Nothing looks at messages; what would be said of them is told beside the rest."""
    texts = honest_texts(data, _HONEST_TEXTS)
    shares = {kind: _share(list(map(screen.is_command, found))) for kind, found in texts.items()}
    pages = [screen.judge_passage(split_units(text), title) for title, text in product_pages(data, _HONEST_TEXTS)]
    whole = _share([set(found) == {Suspicion.COMMAND} for found in pages])
    print("\nhonest texts that the screen takes for somebody else's (messages are never stopped)")
    for kind, found in texts.items():
        print(f"  {kind:42} {len(found):5} {shares[kind]:.4f}")
    print(f"  {'product texts as articles, kept back whole':42} {len(pages):5} {whole:.4f}")
    print(f"  {'product texts as articles, some sentence':42} {len(pages):5} {_share([any(found) for found in pages]):.4f}")
    return round(max(whole, *(share for kind, share in shares.items() if kind != HARMLESS)), 4)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    main()
