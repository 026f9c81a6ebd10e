"""Tiny models, made here, loaded by the real code. Runs in `.venv-llm`, which has PyTorch: `make test-models`."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = [] if find_spec("torch") and find_spec("transformers") else ["test_*.py"]

CORPUS = [
    "You have 30 days to return an item. Standard delivery costs 4.90 EUR. A gift card is valid for 3 years.",
    "This is terrible, I am angry and disappointed. Thank you, that was very kind and helpful. Where is my order?",
    "Returns are free. Returns are not free. The label costs nothing. We deliver to Germany and Sweden.",
]


@pytest.fixture(scope="session")
def save_tokenizer() -> Callable[[Path], int]:
    """Train a word-piece tokenizer on a few sentences of our own and save it; gives its size."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    def save(folder: Path) -> int:
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=400, special_tokens=special, show_progress=False))
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
        )
        names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
        PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **names).save_pretrained(folder)
        return tokenizer.get_vocab_size()

    return save


@pytest.fixture(scope="session")
def make_classifier(tmp_path_factory, save_tokenizer) -> Callable[..., Path]:
    """Train a tiny BERT on examples until it knows them: `make_classifier(labels, [((text, text), class), …])`."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    def make(labels: list[str], examples: list[tuple[object, int]]) -> Path:
        folder = tmp_path_factory.mktemp("classifier")
        size = save_tokenizer(folder)
        torch.manual_seed(3)
        config = BertConfig(
            vocab_size=size, hidden_size=48, num_hidden_layers=2, num_attention_heads=2, intermediate_size=96, max_position_embeddings=64,
            num_labels=len(labels), id2label=dict(enumerate(labels)), label2id={label: n for n, label in enumerate(labels)},
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        model, tokenizer = BertForSequenceClassification(config), AutoTokenizer.from_pretrained(folder)
        _train(torch, model, tokenizer, examples)
        model.save_pretrained(folder)
        return folder

    return make


def _train(torch, model, tokenizer, examples) -> None:
    columns = [list(column) for column in zip(*(text if isinstance(text, tuple) else (text,) for text, _ in examples), strict=True)]
    inputs = tokenizer(*columns, padding=True, truncation=True, return_tensors="pt")
    wanted = [label for _, label in examples]
    one = model.config.num_labels == 1
    labels = torch.tensor(wanted, dtype=torch.float32).unsqueeze(1) if one else torch.tensor(wanted)
    loss_of = torch.nn.BCEWithLogitsLoss() if one else torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(120):
        optimizer.zero_grad()
        loss = loss_of(model(**inputs).logits, labels)
        loss.backward()
        optimizer.step()
        if loss < 0.03:
            break


@pytest.fixture(scope="session")
def make_encoder(tmp_path_factory, save_tokenizer) -> Callable[[], Path]:
    """Make a tiny BERT encoder with random weights."""
    import torch
    from transformers import BertConfig, BertModel

    def make() -> Path:
        folder = tmp_path_factory.mktemp("encoder")
        size = save_tokenizer(folder)
        torch.manual_seed(5)
        config = BertConfig(
            vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, max_position_embeddings=64
        )
        BertModel(config).save_pretrained(folder)
        return folder

    return make
