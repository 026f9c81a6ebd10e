"""`python -m benchmarks.kill`: SIGKILL of server and of Rasa, 50 times each, in mid-turn under load."""

import argparse
import asyncio
import json
import sys

from benchmarks.kill.load import run
from tests.stack import running_stack

KILLS = 50


def main() -> int:
    """Run, print what was found, and one JSON object as the last line. The exit code is 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="of each")
    parser.add_argument("--data", help="not used here")
    kills = parser.parse_args().kills
    with running_stack({"COUNTERHAND_LOG_LEVEL": "warning"}) as stack:
        outcome = asyncio.run(run(stack, kills, kills, lambda line: print(line, flush=True)))
    for fault in outcome.faults:
        print(f"fault: {fault}")
    print(f"{'acknowledged':>14}{'answered once':>16}{'lost':>8}{'doubled':>10}")
    print(f"{outcome.acknowledged:14}{outcome.answered_once:16}{outcome.lost:8}{outcome.doubled:10}")
    print(json.dumps(outcome.as_json()))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
