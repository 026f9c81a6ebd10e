"""Settings of answering; the server's settings object builds them."""

from pydantic import BaseModel, ConfigDict, SecretStr


class AnswerSettings(BaseModel):
    """How answers are made.

    Attributes:
        generator: `extractive` quotes; `llm` writes with a language model and checks every sentence.
        llm_url: Base address of an OpenAI-compatible server, such as "http://127.0.0.1:8001/v1".
        llm_model: The model's name there.
        llm_key: Its key, where it wants one.
        llm_deadline_s: After so long the extractive answer goes out. Below the turn's own deadline.
        llm_max_tokens: The longest text that is asked for.
        breaker_failures: After so many failures in a row the model is left alone.
        breaker_pause_s: For how long.
        passages: How many passages are read for one question.
        min_confidence: Articles below it are not spoken of: "I don't know that". Chosen on our own questions (docs/answers.md).
        min_fact_cosine: The least similarity of a live fact to the question; the caller has chosen facts about the right thing already.
        brand_name: The shop's name, for the prompt.
    """

    model_config = ConfigDict(frozen=True)

    generator: str = "extractive"
    llm_url: str = ""
    llm_model: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_deadline_s: float = 6.0
    llm_max_tokens: int = 220
    breaker_failures: int = 3
    breaker_pause_s: float = 30.0
    passages: int = 6
    min_confidence: float = 0.6
    min_fact_cosine: float = 0.3
    brand_name: str = "the shop"
