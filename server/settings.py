"""Every setting of an installation, in one typed object. Nobody else reads the environment."""

import ipaddress
import json
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.errors import Misconfigured

if TYPE_CHECKING:
    from answers.settings import AnswerSettings
    from knowledge_base.settings import KnowledgeBaseSettings
    from shop.settings import ShopSettings

Names = Annotated[tuple[str, ...], NoDecode]
GUEST_PROOFS = ("order_code", "email", "name_zip")
_OFFER = "I can track or cancel orders, arrange returns and answer questions about our products. You can ask for a person at any time."
SECRETS = ("identity_secret", "action_secret", "rasa_token", "session_secret")


class Settings(BaseSettings):
    """Read from `COUNTERHAND_…` variables; `load()` fills in secrets that were not given.

    Attributes:
        sign_in: Whether customers can sign in on the pages of clients that do not say so themselves, as the widget does; when not
            given, they can in the demo shop and where an identity secret or key is given.
        identity_leeway_s: How far the clocks of the host page's server and ours may differ.
        guest_proof: What a guest may prove who they are with, the first one being what is asked for: a code sent to an order's e-mail, or,
            weaker, an account's e-mail address or its name and postal code.
        shop_rules: A JSON file with the figures of the shop's rules (`shop/settings.py`); what it leaves out has its default.
        models_dir: Where trained bots are kept; `bot/models` when not given.
        articles_dir: The articles that are read at every start; those of the demo shop when not given, if it is one.
        turn_deadline_s: After this long a customer gets the fallback's honest line.
        first_staff_email, first_staff_name: Of the account that the first start makes; customers see the name, "<brand> team" by default.
        embedder_model, reranker_model, entailment_model, sentiment_model: Folders or names on the Hugging Face hub (extra `models`).
        llm_pause_s, store_retry_s: How long a failing replica, or a failing passage store, is left alone.
        min_upset: The least probability of anger that has a person offered.
        llm_url: One address, or those of several replicas with commas.
        llm_understanding: Whether a language model is asked what a message means that was not understood (docs/dialogue.md).
        llm_understanding_timeout_s: How long it may take for that; then everything goes on as if it had not been asked.
        audited_answers: `shipped`, a file of your own, or empty for none.
        familiar_questions: The same for customers' ways of asking.
        database_url, shop_url, shop_ledger_url: Files below `data_dir` when not given. The ledger serves a shop behind an API alone.
    """

    model_config = SettingsConfigDict(env_prefix="COUNTERHAND_", env_file=None, extra="ignore")

    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    allowed_origins: Names = ()
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    database_url: str = ""
    migrate_on_start: bool = True

    dialogue: str = "rasa"
    rasa_url: str = ""
    rasa_port: int = 5005
    rasa_token: str = ""
    action_secret: str = ""
    turn_deadline_s: float = Field(default=10.0, gt=0, le=120)

    events: str = "memory"
    redis_url: str = "redis://127.0.0.1:6379/0"
    channels: Names = ("web",)

    models_dir: Path | None = None

    shop: str = "sql"
    shop_url: str = ""
    shop_token: SecretStr | None = None
    shop_api_version: str = "2026-07"
    shop_ledger_url: str = ""
    demo: bool = True
    return_window_days: int = Field(default=30, ge=1)
    shop_rules: Path | None = None

    store: str = "chroma"
    chroma_url: str = ""
    embedder: str = "minilm"
    embedder_model: str = ""
    reranker_model: str = ""
    entailment_model: str = ""
    min_entailment: float = Field(default=0.5, ge=0, le=1)
    sentiment_model: str = ""
    min_upset: float = Field(default=0.9, ge=0, le=1)
    reranker: str = "light"
    embedding_dir: Path | None = None
    articles_dir: Path | None = None
    crawl_allow: Names = ()
    generator: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""
    llm_timeout_s: float = Field(default=6.0, gt=0)
    llm_first_token_s: float = Field(default=3.0, gt=0)
    llm_max_tokens: int = Field(default=220, ge=1)
    llm_output: Literal["text", "sentences", "quotes"] = "sentences"
    llm_concurrency: int = Field(default=32, ge=1)
    llm_queue: int = Field(default=32, ge=0)
    llm_pause_s: float = Field(default=30.0, gt=0)
    llm_understanding: bool = False
    llm_understanding_timeout_s: float = Field(default=2.0, gt=0, le=10)
    store_retry_s: float = Field(default=30.0, gt=0)
    audited_answers: str = "shipped"
    familiar_questions: str = "shipped"

    widget_id: str = "counterhand-widget"
    sign_in: bool | None = None
    identity_secret: str = ""
    identity_algorithm: Literal["HS256", "RS256"] = "HS256"
    identity_public_key: str = ""
    identity_leeway_s: int = Field(default=10, ge=0, le=60)
    guest_proof: Names = ("order_code",)
    session_secret: str = ""
    secure_cookies: bool = False

    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["webhook", "polling"] = "webhook"

    first_staff_email: str = "owner@counterhand.local"
    first_staff_name: str = ""

    brand_name: str = "Harbour & Pine"
    greeting: str = ""
    title: str = ""
    locale: str = "en"
    accent_colour: str = Field(default="#0b6e4f", pattern=r"^#[0-9a-fA-F]{6}$")
    opening_hours: str = "Mon-Fri 09:00-18:00"
    timezone: str = "Europe/Berlin"

    retention_days: int = Field(default=365, ge=1)
    smtp_url: str = ""
    email_from: str = ""
    email_replies: bool = True

    max_text_chars: int = Field(default=4000, ge=1)
    max_body_bytes: int = Field(default=65536, ge=1024)
    rate_messages: str = "100/minute"
    rate_conversations: str = "120/minute"
    rate_codes: str = "3/10 minutes"
    rate_proofs: str = "10/10 minutes"
    rate_sign_ins: str = "20/10 minutes"
    rate_codes_per_order: str = "5/hour"

    @field_validator("allowed_origins", "channels", "crawl_allow", "guest_proof", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("guest_proof")
    @classmethod
    def _known(cls, value: Names) -> Names:
        unknown = [proof for proof in value if proof not in GUEST_PROOFS]
        if unknown or not value:
            msg = f"No guest proof {', '.join(unknown)!r}. Give one or more of: {', '.join(GUEST_PROOFS)}."
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _fill(self) -> Self:
        self.database_url = self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'counterhand.db'}"
        self.shop_url = self.shop_url or f"sqlite+aiosqlite:///{self.data_dir / 'shop.db'}"
        self.shop_ledger_url = self.shop_ledger_url or f"sqlite+aiosqlite:///{self.data_dir / 'shop.db'}"
        # The demo's storefront shows its customers and lets anybody be one of them: never over a real store.
        self.demo = self.demo and self.shop == "sql"
        if self.sign_in is None:
            self.sign_in = self.demo or bool(self.identity_secret or self.identity_public_key)
        self.rasa_url = self.rasa_url or f"http://127.0.0.1:{self.rasa_port}"
        self.generator = self.generator or ("llm" if self.llm_url else "extractive")
        self.title = self.title or self.brand_name
        notice = f"I am the AI assistant of {self.brand_name}, a computer program."
        if not self.greeting:
            self.greeting = f"Hello! {notice} {_OFFER}"
        elif not re.search(r"\bAI\b", self.greeting):
            # Customers are told that no person writes, whatever a shop's own greeting says.
            self.greeting = f"{self.greeting} {notice}"
        if self.generator == "llm" and not self.llm_url:
            msg = "COUNTERHAND_GENERATOR=llm needs COUNTERHAND_LLM_URL, such as http://127.0.0.1:8001/v1."
            raise ValueError(msg)
        if self.llm_understanding and not (self.llm_url and self.llm_model):
            msg = "COUNTERHAND_LLM_UNDERSTANDING=true needs COUNTERHAND_LLM_URL and COUNTERHAND_LLM_MODEL."
            raise ValueError(msg)
        if self.identity_algorithm == "RS256" and not self.identity_public_key:
            msg = "COUNTERHAND_IDENTITY_ALGORITHM=RS256 needs COUNTERHAND_IDENTITY_PUBLIC_KEY, a PEM public key."
            raise ValueError(msg)
        if self.shop_rules:
            self.shop_settings()
        return self

    @property
    def loopback(self) -> bool:
        """Whether nothing outside this machine can reach the gateway."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def shop_settings(self) -> "ShopSettings":
        """Build the shop's own settings."""
        from shop.settings import ShopSettings, read_rules

        rules = {"return_window_days": self.return_window_days} | (read_rules(self.shop_rules) if self.shop_rules else {})
        api = {"api_token": self.shop_token, "api_version": self.shop_api_version, "ledger_url": self.shop_ledger_url}
        return ShopSettings(backend=self.shop, url=self.shop_url, **api, **rules)

    def knowledge_base_settings(self) -> "KnowledgeBaseSettings":
        """Build the knowledge base's own settings."""
        from knowledge_base.settings import KnowledgeBaseSettings

        return KnowledgeBaseSettings(
            index_dir=self.data_dir / "chroma",
            embedding_dir=self.embedding_dir or self.data_dir / "embedding",
            store=self.store,
            embedder=self.embedder,
            embedder_model=self.embedder_model,
            reranker_model=self.reranker_model,
            store_retry_s=self.store_retry_s,
            reranker=self.reranker,
            chroma_url=self.chroma_url,
            crawl_allow=self.crawl_allow,
        )

    def answer_settings(self) -> "AnswerSettings":
        """Build the answerer's own settings."""
        from answers.settings import SHIPPED_ANSWERS, SHIPPED_QUESTIONS, AnswerSettings

        return AnswerSettings(
            entailment_model=self.entailment_model,
            min_entailment=self.min_entailment,
            llm_first_token_s=self.llm_first_token_s,
            llm_max_tokens=self.llm_max_tokens,
            llm_output=self.llm_output,
            llm_concurrency=self.llm_concurrency,
            llm_queue=self.llm_queue,
            breaker_pause_s=self.llm_pause_s,
            audited_answers={"shipped": SHIPPED_ANSWERS, "": None}.get(self.audited_answers, Path(self.audited_answers)),
            familiar_questions={"shipped": SHIPPED_QUESTIONS, "": None}.get(self.familiar_questions, Path(self.familiar_questions)),
            familiar_vectors=(self.embedding_dir or self.data_dir / "embedding") / "familiar.vectors",
            generator=self.generator,
            llm_url=self.llm_url,
            llm_model=self.llm_model,
            llm_key=SecretStr(self.llm_key),
            llm_deadline_s=min(self.llm_timeout_s, self.turn_deadline_s * 0.8),
            brand_name=self.brand_name,
        )

    @property
    def documents_dir(self) -> Path:
        """Where files lie that staff uploaded to the knowledge base."""
        return (self.data_dir / "documents").resolve()

    @property
    def base_url(self) -> str:
        """Where customers reach the gateway."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def load_settings(**given: object) -> Settings:
    """Read the environment and fill in missing secrets from `<data_dir>/secrets.json`, made with mode 0600 at the first call.

    Raises:
        Misconfigured: If a setting is wrong or unsafe; says which.
    """
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # names are checked by pydantic
    except ValueError as exc:
        raise Misconfigured(str(exc)) from exc
    missing = [name for name in SECRETS if not getattr(settings, name)]
    if missing and not settings.loopback:
        names = ", ".join(f"COUNTERHAND_{name.upper()}" for name in missing)
        raise Misconfigured(f"Listening on {settings.host!r}, beyond this machine, needs these settings: {names}.")
    kept = _read_secrets(settings.data_dir / "secrets.json") if missing else {}
    return settings.model_copy(update={name: kept[name] for name in missing})


def read_kept_secret(data_dir: Path, name: str) -> str:
    """Give a secret that a former start made; empty where none did."""
    path = data_dir / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_text("utf8")) if path.is_file() else {}
    return kept.get(f"COUNTERHAND_{name.upper()}", "")


def _read_secrets(path: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads(path.read_text("utf8")) if path.exists() else {}
    names = {name: f"COUNTERHAND_{name.upper()}" for name in SECRETS}
    new = {key: secrets.token_urlsafe(32) for key in names.values() if not kept.get(key)}
    if new:
        kept |= new
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(kept, indent=2), "utf8")
        draft.replace(path)
    return {name: kept[key] for name, key in names.items()}
