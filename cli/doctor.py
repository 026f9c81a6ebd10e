"""`counterhand doctor`: what this installation has, what it lacks, and how to mend it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from cli.paths import BOT_PYTHON, EMBEDDING, ROOT
from server.settings import Settings

LOW_DISK_GB = 2
_LLM_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        needed: Whether Counterhand does not run without it.
        mend: What to do when it is missing.
    """

    name: str
    found: str | None
    needed: bool
    mend: str


def find_all(settings: Settings) -> list[Finding]:
    """Look at everything."""
    looks: list[Callable[[Settings], Finding]] = [
        _bot_environment, _embedding, _web, _model, _shop, _disk, _server, _rasa, _llm, _models,
        _secrets, _postgres, _redis, _chromium, _llm_cpu,
    ]  # fmt: skip
    return [look(settings) for look in looks]


def run(console: Console) -> int:
    """Print the findings; give 1 when something needed is missing, else 0."""
    findings = find_all(Settings())
    table = Table(show_edge=False, header_style="bold")
    for heading in ("", "what", "found", "how to mend"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        mark = "[green]ok[/green]" if finding.found else ("[red]missing[/red]" if finding.needed else "[yellow]absent[/yellow]")
        table.add_row(mark, finding.name, finding.found or "", "" if finding.found else finding.mend)
    console.print(table)
    missing = [f for f in findings if f.needed and not f.found]
    console.print("\nEverything needed is here." if not missing else f"\n{len(missing)} needed thing(s) missing; see above.")
    return 1 if missing else 0


def _bot_environment(_: Settings) -> Finding:
    found = str(BOT_PYTHON) if BOT_PYTHON.exists() else None
    return Finding("bot environment (Python 3.10, Rasa)", found, True, "make setup")


def _embedding(_: Settings) -> Finding:
    model = EMBEDDING / "minilm-fp32.onnx"
    return Finding("embedding model", str(model.relative_to(ROOT)) if model.exists() else None, True, "make setup")


def _web(_: Settings) -> Finding:
    built = ROOT / "web" / "dist" / "widget" / "widget.js"
    return Finding("web files", str(built.relative_to(ROOT)) if built.exists() else None, True, "make web")


def _model(_: Settings) -> Finding:
    models = sorted((ROOT / "bot" / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return Finding("trained bot", models[-1].name if models else None, True, "make train")


def _shop(settings: Settings) -> Finding:
    shop = settings.shop_settings()
    return Finding("shop", f"{shop.backend}: {shop.url}", True, "set COUNTERHAND_SHOP and COUNTERHAND_SHOP_URL")


def _disk(_: Settings) -> Finding:
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    found = f"{free_gb:.0f} GB free" if free_gb > LOW_DISK_GB else None
    return Finding("disk", found, True, f"free some space: less than {LOW_DISK_GB} GB are left")


def _server(settings: Settings) -> Finding:
    url = f"http://{settings.host}:{settings.port}/readyz"
    return Finding("running server", _answers(url), False, f"make run (nothing healthy answers at {url})")


def _rasa(settings: Settings) -> Finding:
    return Finding("running bot", _answers(settings.rasa_url), False, "make run starts it")


def _llm(settings: Settings) -> Finding:
    if not settings.llm_url:
        return Finding("language model", "none set: answers quote the articles", False, "")
    urls = settings.answer_settings().llm_urls
    faults = {url: fault for url in urls if (fault := _find_llm_fault(url.rstrip("/"), settings))}
    found = None if faults else f"{settings.llm_model} at {', '.join(urls)}"
    mend = "; ".join(f"{url}: {fault}" for url, fault in faults.items())
    return Finding("language model", found, False, f"{mend}. deploy/vllm starts one; until then answers quote the articles")


def _find_llm_fault(url: str, settings: Settings) -> str:
    """Ask a replica for one token, as answers do; other paths than this one are not needed."""
    body = {"model": settings.llm_model, "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}
    headers = {"Authorization": f"Bearer {settings.llm_key}"} if settings.llm_key else {}
    try:
        answer = httpx.post(f"{url}/chat/completions", json=body, headers=headers, timeout=_LLM_TIMEOUT_S)
    except httpx.HTTPError as exc:
        return f"nothing answers ({type(exc).__name__}): start the server, or correct COUNTERHAND_LLM_URL, which ends in /v1 for vLLM"
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return "the key is refused: correct COUNTERHAND_LLM_KEY"
    if answer.status_code == httpx.codes.NOT_FOUND:
        return f"no model {settings.llm_model!r} there, or no /chat/completions: correct COUNTERHAND_LLM_MODEL or COUNTERHAND_LLM_URL"
    return "" if answer.is_success else f"it answers with status {answer.status_code}"


def _models(settings: Settings) -> Finding:
    wanted = {
        "COUNTERHAND_EMBEDDER_MODEL": settings.embedder_model if settings.embedder == "huggingface" else "",
        "COUNTERHAND_RERANKER_MODEL": settings.reranker_model if settings.reranker == "huggingface" else "",
        "COUNTERHAND_ENTAILMENT_MODEL": settings.entailment_model,
        "COUNTERHAND_SENTIMENT_MODEL": settings.sentiment_model,
    }
    named = [f"{setting}={model}" for setting, model in wanted.items() if model]
    if not named:
        return Finding("Hugging Face models", "none set: the small built-in one serves", False, "")
    lacking = [package for package in ("torch", "transformers") if find_spec(package) is None]
    mend = f"{', '.join(lacking)} missing: .venv/bin/python -m pip install 'torch>=2.8' 'transformers>=5.19,<6' (docs/models.md)"
    return Finding("Hugging Face models", None if lacking else ", ".join(named), True, mend)


def _secrets(settings: Settings) -> Finding:
    path = settings.data_dir / "secrets.json"
    return Finding("secrets", str(path) if path.exists() else None, False, "made by the first `make run`")


def _postgres(_: Settings) -> Finding:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(places[-1]) if places else shutil.which("initdb")
    return Finding("PostgreSQL (for the tests)", found, False, "install the package postgresql")


def _redis(_: Settings) -> Finding:
    return Finding("Redis (for the tests)", shutil.which("redis-server"), False, "install the package redis-server")


def _chromium(_: Settings) -> Finding:
    return Finding("Chromium (for the tests)", shutil.which("chromium"), False, "install the package chromium")


def _llm_cpu(_: Settings) -> Finding:
    place = ROOT / ".venv-llm"
    return Finding("vLLM on CPU (for the tests)", str(place) if place.exists() else None, False, "make llm-cpu")


def _answers(url: str) -> str | None:
    try:
        response = httpx.get(url, timeout=3)
    except httpx.HTTPError:
        return None
    return url if response.is_success else None
