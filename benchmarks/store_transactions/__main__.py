"""`python -m benchmarks.store_transactions`: the reference's calls, and whole conversations played by customers."""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from benchmarks.store_transactions import conversation, customers, plays, report, source
from benchmarks.store_transactions.conversation import NotPlayed, Play
from benchmarks.store_transactions.convert import convert
from benchmarks.store_transactions.installation import open_installation
from benchmarks.store_transactions.source import NoData

T = TypeVar("T")
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
Out = Annotated[Path, typer.Option("--out", envvar="STORE_OUT", help="The folder that `prepare` made.")]
State = Annotated[Path, typer.Argument(help="The play's file, as `play --open` names it.")]
_MEMORY = Path("/dev/shm")  # noqa: S108 - copies of a database are made faster in memory, where there is such a place
_NEXT = "Next: say {state} \"words\" · press {state} NUMBER · end {state}"


@app.command()
def reference(
    data: Annotated[Path | None, typer.Option(help="The folder that holds store_transactions/, or that folder itself.")] = None,
    tasks: Annotated[list[Path] | None, typer.Option(help="Files of tasks; all of the folder where none is given.")] = None,
) -> None:
    """Make every reference call through our shop and compare outcomes and end states."""
    from benchmarks.store_transactions.reference import Comparison

    folder = source.find_folder(data)
    shop = convert(source.read_records(folder))
    parts = (
        {"tasks": tasks}
        if tasks
        else {part: source.list_task_files(folder, glob) for part, glob in (("tasks", source.TASKS), ("practice", source.PRACTICE))}
    )
    begun = time.monotonic()
    figures: dict[str, int] = {}
    for part, files in parts.items():
        with tempfile.TemporaryDirectory(prefix="bench-store-", dir=_MEMORY if _MEMORY.is_dir() else None) as copies:
            compared = asyncio.run(Comparison(shop, Path(copies)).run(source.read_tasks(files)))
        _tell_compared(part, compared)
        figures |= {f"{part}_passed": sum(one.passed for one in compared), part: len(compared)}
    print(f"{sum(count for part, count in figures.items() if not part.endswith('_passed'))} tasks in {time.monotonic() - begun:.1f} s")
    print(json.dumps(figures))


@app.command()
def prepare(
    data: Annotated[Path, typer.Argument(help="The folder that holds store_transactions/, or that folder itself.")],
    out: Annotated[Path, typer.Argument(help="Is made if missing; keep it outside of the checkout.")],
) -> None:
    """Convert the data's shop, write its rules and settings, and train a bot that knows its catalogue."""
    from benchmarks.store_transactions.prepare import prepare as make

    make(data, out, print)
    print(f"Ready. Start the server: python -m benchmarks.store_transactions serve --out {out}")


@app.command()
def serve(out: Out) -> None:
    """Start the prepared installation's server and bot, until Ctrl-C: what `counterhand up` does with its settings."""
    os.environ.update(open_installation(out).env)
    from cli.up import up

    up()


@app.command()
def play(
    task: Annotated[str, typer.Argument(help="The id of a task.")],
    out: Out,
    tasks: Annotated[list[Path] | None, typer.Option(help="Files of tasks; by default those of the data's folder.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only open the conversation, and print its file.")] = False,
    shared: Annotated[
        bool, typer.Option("--shared", help="Others play meanwhile: put back this customer's records alone, one play per customer.")
    ] = False,
    player: Annotated[str, typer.Option(help="Who plays, for the report.")] = "",
    temper: Annotated[str, typer.Option(help="How they play it, for the report: terse, rambling, angry, …")] = "",
    model_url: Annotated[str, typer.Option(help="An OpenAI-compatible server whose model plays the customer.")] = "",
    model: Annotated[str, typer.Option(help="The model's name there.")] = "",
    model_key: Annotated[str, typer.Option(envvar="STORE_MODEL_KEY", help="The key for that server.")] = "",
) -> None:
    """Put the shop back as it was, show the customer's brief, and open a conversation."""
    installation = open_installation(out)
    begun = time.monotonic()
    state, opened, brief = asyncio.run(plays.begin(installation, task, tasks, shared=shared, player=player or model, temper=temper))
    print(f"(the shop is as it was before anybody played; {time.monotonic() - begun:.2f} s)\n\n{brief}\n\n{customers.shown(opened.said)}")
    if open_:
        print(f"\n{_NEXT.format(state=state)}")
        return
    if model_url:
        customers.play_by_model(opened, brief, customers.Model(model_url, model, model_key), print)
    else:
        print("\nWrite as the customer; a number presses a button; an empty line ends.")
        customers.play_by_hand(opened, lambda: input("customer> "), print)
    opened.write(state)
    _end(out, state)


@app.command()
def say(state: State, words: Annotated[str, typer.Argument(help="What the customer writes.")]) -> None:
    """Write one message in an open play, and show what is answered."""
    _carry_on(state, lambda opened: conversation.say(opened, words))


@app.command()
def press(state: State, number: Annotated[int, typer.Argument(help="As it was shown before the button.")]) -> None:
    """Press a button of the latest answer."""
    _carry_on(state, lambda opened: conversation.press(opened, number))


@app.command()
def show(state: State) -> None:
    """Show a play so far: the brief and what was said."""
    opened = Play.read(state)
    task = source.find_task([Path(opened.task_file)], opened.task_id)
    print(f"{customers.brief_words(task.brief)}\n\n{customers.shown(opened.said)}")


@app.command()
def end(state: State, out: Out) -> None:
    """End a play: keep what it left behind in the shop."""
    _end(out, state)


@app.command()
def score(states: Annotated[list[Path], typer.Argument(help="Files of plays.")], out: Out) -> None:
    """Judge plays: end state, what was said, rules broken. Those still open are ended first."""
    judged = plays.judge(open_installation(out), states)
    for state, one in zip(states, judged, strict=True):
        verdict = "passed" if one.score.passed else "FAILED"
        print(f"{state.name}: {verdict}, {len(one.score.violations)} violations, {len(one.score.wrong_writes)} wrong writes")
        for fault in report.faults(one):
            print(f"  {fault}")
    print(json.dumps({"passed": sum(one.score.passed for one in judged), "plays": len(judged)}))


@app.command("report")
def report_(out: Out, states: Annotated[list[Path] | None, typer.Argument(help="Files of plays; by default all.")] = None) -> None:
    """Print pass^1, pass^4, violations, turns and latency over plays, beside the published figures."""
    installation = open_installation(out)
    judged = plays.judge(installation, states or plays.list_ended(installation))
    if not judged:
        raise NoData(f"No play has ended in {installation.plays}.")
    print("\n".join(report.lines(judged)))
    print(json.dumps(report.summary(judged)))


def _carry_on(state: Path, move: Callable[[Play], Sequence[conversation.Said]]) -> None:
    opened = Play.read(state)
    heard = move(opened)
    opened.write(state)
    print(customers.shown(heard) or "(no answer yet)")
    if opened.mode != "bot":
        print(f"(the conversation is {'waiting for' if opened.mode == 'queued' else 'with'} a person now)")


def _end(out: Path, state: Path) -> None:
    ended = asyncio.run(plays.end(open_installation(out), state))
    print(f"\nEnded after {ended.turns} messages; kept in {state}")


def _tell_compared(part: str, compared: Sequence[Any]) -> None:
    for one in compared:
        for quirk in one.quirks:
            print(f"{part} {one.task_id}: not compared in full: {quirk}")
    for one in compared:
        for fault in one.faults:
            print(f"{part} {one.task_id}: FAULT {fault}")
    print(f"{part}: {sum(one.passed for one in compared)} of {len(compared)} as expected")


def main() -> None:
    """Run a command; without one, the reference. A message instead of a trace where something has to be mended first."""
    arguments = sys.argv[1:]
    if not arguments or (arguments[0].startswith("-") and arguments[0] != "--help"):
        arguments = ["reference", *arguments]
    try:
        app(arguments, prog_name="python -m benchmarks.store_transactions")
    except (NoData, NotPlayed) as error:
        print(error)
        sys.exit(2)


if __name__ == "__main__":
    main()
