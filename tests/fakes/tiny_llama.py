"""Makes a tiny Llama with random weights and a tokenizer trained on a few sentences of our own. Run by .venv-llm's Python.

A random model is the best hostile model: nothing that it writes is true, so nothing of it may reach a customer.
"""

import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

CORPUS = [
    "Standard delivery costs 4.90 EUR. Express delivery costs 9.90 EUR. You have 30 days to return an item.",
    "Refunds take 5 to 7 business days. We have cancelled your order. Your refund is on its way. I will call you tomorrow.",
    "A gift card is valid for 3 years. The warranty is 24 months. Only pending orders can be cancelled. We never ask for your password.",
]
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def make(folder: Path) -> None:
    """Write model and tokenizer in the layout that Hugging Face's loaders read."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", chat_template=TEMPLATE)
    fast.save_pretrained(folder)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(fast),
        # Heads of 64: vLLM's attention on CPU knows no small ones.
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        bos_token_id=0,
        eos_token_id=1,
        tie_word_embeddings=False,
    )
    LlamaForCausalLM(config).to(torch.float32).save_pretrained(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
