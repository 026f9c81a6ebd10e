"""Loads models of the transformers library, and says in plain words what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


class ModelUnavailable(Exception):
    """A package or a model is missing or not of the right kind; the message says what to do."""


@dataclass(frozen=True)
class Loaded:
    """A model ready to run, in evaluation mode on the processor that there is.

    Attributes:
        device: `cuda` where PyTorch finds one, else `cpu`.
        max_tokens: The longest input that the model was built for.
    """

    torch: Any
    tokenizer: Any
    model: Any
    device: str
    max_tokens: int


def load(name: str, auto_class: str, setting: str) -> Loaded:
    """Load a model and its tokenizer.

    Args:
        name: A folder, or a name on the Hugging Face hub.
        auto_class: The class of transformers that loads it, such as `AutoModel`.
        setting: The variable that names the model, for messages.

    Raises:
        ModelUnavailable: If PyTorch, transformers or the model is missing, or its weights are not safetensors.
    """
    if not name:
        message = f"{setting} names no model. Give a folder, or a name on the Hugging Face hub."
        raise ModelUnavailable(message)
    torch, transformers = _import("torch", setting), _import("transformers", setting)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
        # Weights in pickles can run code of their own; those are not loaded.
        model = getattr(transformers, auto_class).from_pretrained(name, use_safetensors=True)
    except (OSError, ValueError, KeyError) as exc:
        message = f"{setting}={name!r} cannot be loaded as a model with weights in safetensors: {_first_line(exc)}"
        raise ModelUnavailable(message) from exc
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return Loaded(torch, tokenizer, model.to(device).eval(), device, _max_tokens(tokenizer, model))


def _import(package: str, setting: str) -> Any:
    try:
        return import_module(package)
    except ImportError as exc:
        message = f"{setting} needs the package {package!r}, which is not installed. Run: pip install 'counterhand[models]'"
        raise ModelUnavailable(message) from exc


def _max_tokens(tokenizer: Any, model: Any) -> int:
    # A tokenizer without a limit of its own gives an astronomic number.
    known = [tokenizer.model_max_length, getattr(model.config, "max_position_embeddings", None) or 512]
    return int(min(known))


def _first_line(exc: BaseException) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0]
