"""Settings of answering; the server's settings object builds them."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr

SHIPPED_ANSWERS = Path(__file__).with_name("audited.yml")
"""The demo shop's audited answers; each holds only where its article says the same."""
SHIPPED_QUESTIONS = Path(__file__).with_name("familiar.yml")
"""How customers ask for the sections of the demo shop's articles; each counts only where its section is shown."""
Output = Literal["text", "sentences", "quotes"]


class AnswerSettings(BaseModel):
    """How answers are made.

    Attributes:
        generator: `extractive` quotes; `llm` writes with a language model and checks every sentence.
        llm_url: Base address of an OpenAI-compatible server, such as "http://127.0.0.1:8001/v1"; several replicas with commas.
        llm_model: The model's name there.
        llm_key: Its key, where it wants one.
        llm_deadline_s: After so long the extractive answer goes out. Below the turn's own deadline.
        llm_first_token_s: A replica that says nothing for so long is left for the next one, or for quoting.
        llm_max_tokens: The longest text that is asked for.
        llm_output: What the server holds the model to: `sentences` a JSON list of sentences, `quotes` a JSON list of sentences out of
            the evidence and nothing else, `text` nothing. A server that refuses JSON schemas is asked for text.
        llm_concurrency: How many answers are written at the same time by this process.
        llm_queue: How many more may wait for their turn; the rest quotes at once.
        llm_queue_wait_s: How long they wait before they quote.
        breaker_failures: After so many failures in a row a replica is left alone.
        breaker_pause_s: For how long.
        passages: How many passages are read for one question.
        min_confidence: Articles that answer less probably are not spoken of ("I don't know that"); chosen on our own questions.
        min_fact_confidence: Live facts are told from it on (docs/knowledge.md: measured on public questions about products).
        brand_name: The shop's name, for the prompt.
        audited_answers: File of audited questions with their answers; empty for none. Its format stands in docs/answers.md.
        familiar_questions: File of ways of asking, by the section that answers (docs/answers.md); empty for none.
        familiar_vectors: File that keeps vectors of them, and of what articles state, between starts; None to embed at every start.
        entailment_model: Folder or name of a Hugging Face entailment model that judges written sentences too; empty for none.
        min_entailment: The least probability of entailment that lets a sentence pass.
    """

    model_config = ConfigDict(frozen=True)

    generator: str = "extractive"
    llm_url: str = ""
    llm_model: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_deadline_s: float = 6.0
    llm_first_token_s: float = 3.0
    llm_max_tokens: int = 220
    llm_output: Output = "sentences"
    llm_concurrency: int = 32
    llm_queue: int = 32
    llm_queue_wait_s: float = 1.0
    breaker_failures: int = 3
    breaker_pause_s: float = 30.0
    passages: int = 6
    min_confidence: float = 0.7
    min_fact_confidence: float = 0.4
    brand_name: str = "the shop"
    audited_answers: Path | None = SHIPPED_ANSWERS
    familiar_questions: Path | None = SHIPPED_QUESTIONS
    familiar_vectors: Path | None = Path("var/embedding/familiar.vectors")
    entailment_model: str = ""
    min_entailment: float = 0.5

    @property
    def llm_urls(self) -> tuple[str, ...]:
        """The addresses of all replicas."""
        return tuple(url.strip() for url in self.llm_url.split(",") if url.strip())
