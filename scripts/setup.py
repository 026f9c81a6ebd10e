"""Makes what Counterhand needs on a fresh machine: both Python environments, the web files, the embedding files.

Runs on the standard library alone, under Python 3.11 or 3.12, because nothing is installed yet when it starts.
Each step is skipped when its input has not changed since it last succeeded.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / "var" / "setup"
MAIN = ROOT / ".venv"
BOT = ROOT / ".venv-bot"
NODE = ROOT / ".venv-node"
FREE_GB_NEEDED = 6
NODE_MAJOR_NEEDED = 20


class SetupError(Exception):
    """Something the user has to mend; the message says what."""


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a command quietly; show its last lines when it fails.

    Raises:
        SetupError: If the command fails.
    """
    STAMPS.mkdir(parents=True, exist_ok=True)
    log = STAMPS / "last-command.log"
    with log.open("wb") as out:
        done = subprocess.run([str(c) for c in command], cwd=cwd, env={**os.environ, **(env or {})}, stdout=out, stderr=subprocess.STDOUT)
    if done.returncode:
        tail = "\n".join(log.read_text("utf8", "replace").splitlines()[-25:])
        raise SetupError(f"`{' '.join(Path(str(c)).name for c in command[:4])} …` failed:\n{tail}")


def digest(paths: Iterator[Path] | list[Path]) -> str:
    """Give one hash over names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def step(name: str, inputs: list[Path], made: Path, make: Callable[[], None]) -> None:
    """Run `make` unless `made` exists and `inputs` are as they were when it last succeeded."""
    stamp, key = STAMPS / name.replace(" ", "-"), digest(inputs)
    started = time.monotonic()
    if made.exists() and stamp.exists() and stamp.read_text() == key:
        return
    say(f"  {name} …")
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    say(f"  {name}: {time.monotonic() - started:.0f} s")


def version_of(python: str | Path) -> tuple[int, int] | None:
    """Give an interpreter's version, or None if it does not run (a version manager's shim may exist and refuse)."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def find_python_310() -> Path | None:
    """Look for Python 3.10 on PATH, in COUNTERHAND_PYTHON310, and under pyenv."""
    named = [os.environ.get("COUNTERHAND_PYTHON310"), shutil.which("python3.10")]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [Path(n) for n in named if n] + sorted(pyenv.glob("3.10*/bin/python3.10"))
    return next((c for c in candidates if version_of(c) == (3, 10)), None)


def get_python_310() -> Path:
    """Find Python 3.10, or have uv get one.

    Raises:
        SetupError: If neither works.
    """
    found = find_python_310()
    if found:
        return found
    uv, place = MAIN / "bin" / "uv", ROOT / "var" / "python"
    try:
        run(uv, "python", "install", "3.10", env={"UV_PYTHON_INSTALL_DIR": str(place), "UV_PYTHON_DOWNLOADS": "automatic"})
    except SetupError as error:
        advice = (
            "Rasa needs Python 3.10 and none was found. Install it (with pyenv: `pyenv install 3.10`), "
            "or set COUNTERHAND_PYTHON310=/path/to/python3.10, and run again."
        )
        raise SetupError(advice) from error
    return next(place.glob("cpython-3.10*/bin/python3.10"))


def install(environment: Path, requirements: Path) -> None:
    """Make an environment hold exactly a pinned, hashed list."""
    uv = MAIN / "bin" / "uv"
    run(uv, "pip", "install", "--python", environment / "bin" / "python", "--no-deps", "--require-hashes", "-r", requirements)


def make_main() -> None:
    """Create the main environment and put the `counterhand` command into it."""
    if not (MAIN / "bin" / "python").exists():
        run(sys.executable, "-m", "venv", "--clear", MAIN)
    run(MAIN / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / "requirements" / "uv.txt")
    install(MAIN, ROOT / "requirements" / "main.txt")
    run(MAIN / "bin" / "uv", "pip", "install", "--python", MAIN / "bin" / "python", "--no-deps", "--no-build-isolation", "-e", ROOT)


def make_bot() -> None:
    """Create the bot environment on Python 3.10."""
    if not (BOT / "bin" / "python").exists():
        run(get_python_310(), "-m", "venv", "--clear", BOT)
    install(BOT, ROOT / "requirements" / "bot.txt")


def node_path() -> str:
    """Give a PATH on which `npm` runs on a Node that is new enough: the machine's, else one from PyPI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if version and int(version.split(".")[0]) >= NODE_MAJOR_NEEDED:
            return os.environ["PATH"]
    if not (NODE / "bin" / "npm").exists():
        run(sys.executable, "-m", "venv", "--clear", NODE)
        install(NODE, ROOT / "requirements" / "node.txt")
    return f"{NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"


def web_sources() -> list[Path]:
    """Give every file that the web build reads."""
    skipped = {"node_modules", "dist"}
    return [p for p in (ROOT / "web").rglob("*") if p.is_file() and not skipped & set(p.relative_to(ROOT).parts)]


def make_web() -> None:
    """Install the web parts' packages and build them into static files."""
    env = {"PATH": node_path()}
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", env=env, cwd=ROOT / "web")
    run("npm", "run", "build", env=env, cwd=ROOT / "web")


def make_embedding() -> None:
    """Build the embedding model's ONNX files from the packaged weights."""
    run(MAIN / "bin" / "python", "-m", "knowledge_base.embedders.onnx_export", "var/embedding")


def check_machine() -> None:
    """Refuse early, with what to do, on a machine that cannot work.

    Raises:
        SetupError: If Python or the disk do not fit.
    """
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        raise SetupError(f"Counterhand needs Python 3.11 or 3.12, not {sys.version.split()[0]}. Run `make PYTHON=/path/to/python3.11 …`.")
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    if not BOT.exists() and free_gb < FREE_GB_NEEDED:
        needs = f"the first set-up needs {FREE_GB_NEEDED}. Free some space and run again."
        raise SetupError(f"Only {free_gb:.1f} GB are free under {ROOT}; {needs}")


def main() -> int:
    """Run every step that is due."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    lists = ROOT / "requirements"
    try:
        check_machine()
        step("main environment", [lists / "uv.txt", lists / "main.txt", ROOT / "pyproject.toml"], MAIN / "bin" / "counterhand", make_main)
        step("bot environment", [lists / "bot.txt"], BOT / "bin" / "rasa", make_bot)
        step("web files", web_sources(), ROOT / "web" / "dist" / "widget" / "widget.js", make_web)
        exporter = ROOT / "knowledge_base" / "embedders" / "onnx_export.py"
        step("embedding model", [exporter, lists / "main.txt"], ROOT / "var" / "embedding" / "minilm-fp32.onnx", make_embedding)
    except SetupError as error:
        say(f"Set-up stopped: {error}")
        return 1
    except OSError as error:
        say(f"Set-up stopped: {error}. Check free disk space and permissions under {ROOT}, then run again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
