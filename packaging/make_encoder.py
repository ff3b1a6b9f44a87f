"""The weights of the sentence encoder all-MiniLM-L6-v2, read as published and written as the program reads them.

Weights become one byte each, with a scale for each row; of the pieces of words, those stay that British letters are
made of. The same weights always give the same bytes.
"""

import json
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from peermatch.matching.suggesting.arrays import Array, Floats, write_arrays
from peermatch.matching.suggesting.encoder import LAYERS
from peermatch.matching.suggesting.wordpiece import LONGEST, WordPieces

ROOT = Path(__file__).resolve().parent.parent
# The vocabulary is sorted by how common a piece is. Of the rare ones, mostly names of far-off places and people, those
# stay that our own texts are made of; the others are built from smaller pieces.
COMMON = 13_000
OWN_TEXTS = ("resources/vocabulary", "resources/suggest")
PLAIN = re.compile(r"(##)?[a-z0-9]+|[!-/:-@\[-`{-~£€]|\[(UNK|CLS|SEP)\]")


def published(folder: Path) -> dict[str, Floats]:
    """The weights as published, by name (the layout of a safetensors file)."""
    raw = (folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    weights = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] == "F32":
            start, end = (8 + length + place for place in about["data_offsets"])
            weights[name] = np.frombuffer(raw[start:end], dtype="<f4").reshape(about["shape"])
    return weights


def in_bytes(name: str, matrix: Floats) -> dict[str, Array]:
    """A matrix in one byte a number, with the scale of each row."""
    scale = np.abs(matrix).max(axis=1) / np.float32(127)
    small = np.rint(matrix / scale[:, None]).astype(np.int8)
    return {name: small, f"{name}.scale": scale.astype(np.float32)}


def layer(number: int, weights: Mapping[str, Floats]) -> dict[str, Array]:
    """One layer under this program's names."""
    place, name = f"encoder.layer.{number}.", f"layer{number}"
    look = [f"{place}attention.self.{each}" for each in ("query", "key", "value")]
    stacked = np.concatenate([weights[f"{each}.weight"] for each in look])
    found = in_bytes(f"{name}.look", stacked)
    found[f"{name}.look.bias"] = np.concatenate([weights[f"{each}.bias"] for each in look])
    dense = {"seen": "attention.output.dense", "widen": "intermediate.dense", "narrow": "output.dense"}
    for ours, theirs in dense.items():
        found |= in_bytes(f"{name}.{ours}", weights[f"{place}{theirs}.weight"])
        found[f"{name}.{ours}.bias"] = weights[f"{place}{theirs}.bias"]
    norms = {"first": "attention.output.LayerNorm", "second": "output.LayerNorm"}
    for ours, theirs in norms.items():
        found[f"{name}.{ours}.gain"] = weights[f"{place}{theirs}.weight"]
        found[f"{name}.{ours}.shift"] = weights[f"{place}{theirs}.bias"]
    return found


def kept(pieces: list[str]) -> list[int]:
    """The numbers of the pieces that stay: all plain ones that are common, or that our own texts need."""
    files = sorted(path for place in OWN_TEXTS for path in (ROOT / place).rglob("*.toml"))
    cutter = WordPieces(pieces)
    used = {
        number
        for path in files
        for word in path.read_text(encoding="utf-8").split()
        for number in cutter.cut(word)
    }
    plain = [number for number, piece in enumerate(pieces) if PLAIN.fullmatch(piece)]
    return [number for number in plain if number < COMMON or number in used]


def make(weights: Mapping[str, Floats], pieces: list[str]) -> bytes:
    """The bytes of encoder.bin, from weights under their published names."""
    numbers = kept(pieces)
    listed = "\n".join(pieces[number] for number in numbers).encode()
    places = weights["embeddings.position_embeddings.weight"][:LONGEST]
    named: dict[str, Array] = {
        "pieces": np.frombuffer(listed, dtype=np.uint8),
        "places": (places + weights["embeddings.token_type_embeddings.weight"][0]).astype(np.float16),
        "norm.gain": weights["embeddings.LayerNorm.weight"],
        "norm.shift": weights["embeddings.LayerNorm.bias"],
        **in_bytes("words", weights["embeddings.word_embeddings.weight"][numbers]),
    }
    for number in range(LAYERS):
        named |= layer(number, weights)
    return write_arrays(named, {"model": "all-MiniLM-L6-v2, trained further for PeerMatch"})
