"""`counterhand doctor`: what this installation has, what it lacks, and how to mend it."""

import re
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
        mend: What is missing, and how to mend it; for people who have read nothing else.
    """

    name: str
    found: str | None
    needed: bool
    mend: str


def find_all(settings: Settings) -> list[Finding]:
    """Look at everything."""
    looks: list[Callable[[Settings], Finding]] = [
        _bot_environment, _embedding, _web, _model, _shop, _articles, _disk, _server, _rasa, _llm, _models,
        _mail, _secrets, _postgres, _redis, _chromium, _llm_cpu,
    ]  # fmt: skip
    return [look(settings) for look in looks]


def run(console: Console) -> int:
    """Print the findings; give 1 when something needed is missing, else 0."""
    findings = find_all(Settings())
    table = Table(show_edge=False, header_style="bold")
    for heading in ("", "what", "found", "what is missing, and how to mend it"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        mark = "[green]ok[/green]" if finding.found else ("[red]missing[/red]" if finding.needed else "[yellow]absent[/yellow]")
        table.add_row(mark, finding.name, finding.found or "", "" if finding.found else finding.mend)
    console.print(table)
    missing = [f for f in findings if f.needed and not f.found]
    names = ", ".join(finding.name for finding in missing)
    console.print(f"\nNeeded and missing: {names}." if missing else "\nAll that is needed is here; the rest is optional.", markup=False)
    return 1 if missing else 0


def _bot_environment(_: Settings) -> Finding:
    found = str(BOT_PYTHON) if BOT_PYTHON.exists() else None
    return Finding("bot environment (Python 3.10, Rasa)", found, True, f"There is no {_short(BOT_PYTHON)}. Make it: make setup")


def _embedding(settings: Settings) -> Finding:
    model = (settings.embedding_dir or EMBEDDING) / "minilm-fp32.onnx"
    found = _short(model) if model.exists() else None
    return Finding("embedding model", found, True, f"Search needs {_short(model)}, which is not there. Make it: make setup")


def _web(_: Settings) -> Finding:
    built = ROOT / "web" / "dist" / "widget" / "widget.js"
    found = _short(built) if built.exists() else None
    return Finding("web files", found, True, f"Chat, shop and console are not built ({_short(built)}). Build them: make web")


def _model(settings: Settings) -> Finding:
    folder = settings.models_dir or ROOT / "bot" / "models"
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return Finding("trained bot", models[-1].name if models else None, True, f"No bot is trained in {_short(folder)}. Do it: make train")


def _shop(settings: Settings) -> Finding:
    shop = settings.shop_settings()
    if settings.shop == "sql":
        return Finding("shop", f"{shop.backend}: {_without_password(shop.url)}", True, "")
    lacking = [name for name, given in (("COUNTERHAND_SHOP_TOKEN", shop.api_token), ("COUNTERHAND_SHOP_URL", shop.url)) if not given]
    mend = f"A shop at {shop.backend} cannot be asked without {' and '.join(lacking)}. Set it (docs/shop.md)"
    return Finding("shop", None if lacking else f"{shop.backend}: {shop.url}", True, mend)


def _articles(settings: Settings) -> Finding:
    folder = settings.articles_dir
    if folder is None:
        mend = "This shop is no demo and COUNTERHAND_ARTICLES_DIR is not set: only what was ingested is known. Set it to your folder"
        return Finding("articles", "those of the demo shop" if settings.demo else None, False, mend)
    mend = f"COUNTERHAND_ARTICLES_DIR names {str(folder)!r}, where there is no folder. Make it, or correct the setting"
    return Finding("articles", str(folder) if folder.is_dir() else None, True, mend)


def _mail(settings: Settings) -> Finding:
    found = _without_password(settings.smtp_url) if settings.smtp_url and settings.email_from else None
    outbox = settings.data_dir / "outbox"
    mend = f"Guests' codes are not sent but written to {outbox}. Set COUNTERHAND_SMTP_URL and COUNTERHAND_EMAIL_FROM"
    return Finding("mail server", found, False, mend)


def _disk(_: Settings) -> Finding:
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    found = f"{free_gb:.0f} GB free" if free_gb > LOW_DISK_GB else None
    return Finding("disk", found, True, f"Only {free_gb:.1f} GB are free under {ROOT}. Free some space: {LOW_DISK_GB} GB at least")


def _server(settings: Settings) -> Finding:
    url = f"http://{settings.host}:{settings.port}/readyz"
    log = settings.data_dir / "logs" / "server.log"
    return Finding("running server", _answers(url), False, f"Nothing healthy answers at {url}. Start it: make run (its log: {log})")


def _rasa(settings: Settings) -> Finding:
    log = settings.data_dir / "logs" / "rasa.log"
    mend = f"Rasa does not answer at {settings.rasa_url}. It starts with: make run (its log: {log})"
    return Finding("running bot", _answers(settings.rasa_url), False, mend)


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
    found = str(path) if path.exists() else None
    return Finding("secrets", found, False, f"{path} is not there yet. The first start makes it: make run")


def _postgres(_: Settings) -> Finding:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(places[-1]) if places else shutil.which("initdb")
    return Finding("PostgreSQL (for the tests)", found, False, "No initdb is there. Install the package postgresql")


def _redis(_: Settings) -> Finding:
    return Finding("Redis (for the tests)", shutil.which("redis-server"), False, "There is none. Install the package redis-server")


def _chromium(_: Settings) -> Finding:
    return Finding("Chromium (for the tests)", shutil.which("chromium"), False, "No chromium is there. Install the package chromium")


def _llm_cpu(_: Settings) -> Finding:
    place = ROOT / ".venv-llm"
    found = str(place) if place.exists() else None
    return Finding("vLLM on CPU (for the tests)", found, False, f"There is no {_short(place)}. Make it: make llm-cpu")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _without_password(url: str) -> str:
    return re.sub(r"://([^:/@]*):[^@/]*@", r"://\1:…@", url)


def _answers(url: str) -> str | None:
    try:
        response = httpx.get(url, timeout=3)
    except httpx.HTTPError:
        return None
    return url if response.is_success else None
