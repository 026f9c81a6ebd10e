"""`python -m benchmarks.verifier`: how many planted faults the shipped verifier stops, and how many faithful replies with them.

The replies are ours (`dev.yml`, `held_out.yml`). Their author had not read the verifier's rules, and whoever mends the rules
looks at `dev.yml` alone, and at `reworded.yml`, which was written for that and is not counted in the last line. Each is judged
with its own evidence and, where it rests on articles, with passages on the same topic beside it, as retrieval gives them.
A reply counts as stopped when any of its sentences is refused.
"""

import argparse
import json

from benchmarks.verifier import report
from benchmarks.verifier.cases import OPEN, PARTS, REWORDED, load
from benchmarks.verifier.judging import judge_all
from knowledge_base import registry
from knowledge_base.settings import KnowledgeBaseSettings


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verifier", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="judge only what may be looked at")
    parser.add_argument("--alone", action="store_true", help="leave out the passages beside the right ones")
    parser.add_argument("--failures", action="store_true", help="print what went wrong in what may be looked at")
    parser.add_argument("--data", help="not needed: the replies are ours")
    return parser.parse_args()


def main() -> None:
    """Run it; the last line is one JSON object."""
    arguments = _arguments()
    settings = KnowledgeBaseSettings()
    embedder = registry.build("knowledge_base.embedders", settings.embedder, settings)
    embedder.embed(["the first text pays for the model's memory"])
    judged = list(judge_all(load(OPEN if arguments.dev else (*PARTS, REWORDED)), embedder, alone=arguments.alone))
    report.show(judged, failures=arguments.failures)
    print(f"\ntargets: {report.TARGETS}")
    print(json.dumps(report.figures(judged)))


if __name__ == "__main__":
    main()
