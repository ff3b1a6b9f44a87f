"""The files of the sentence model: what is damaged says so, and reading is exact and repeatable."""

import hashlib
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import Damaged
from peermatch.matching.suggesting.arrays import Array, read_arrays, write_arrays
from peermatch.matching.suggesting.encoder import Encoder
from peermatch.matching.suggesting.sense import Sense
from peermatch.matching.suggesting.wordpiece import LONGEST, WordPieces
from tests.matching.letter_cases import ROOT
from tests.matching.real_reference import REAL
from tests.matching.sense_cases import FOLDER

ENCODER = (FOLDER / "encoder.bin").read_bytes()
HEADS = (FOLDER / "heads.bin").read_bytes()
SAID = (
    "I was told last month that I have ADHD.",
    "My husband is deaf and I look after him.",
    "I failed the exam for the third time and cannot face the next sitting.",
    "Is there another doctor who has come back to work after a long illness?",
    "The rota leaves no room for prayer on Fridays.",
    "Nobody on the ward pronounces my name, and I have stopped correcting them.",
    "We lost the baby at twenty weeks.",
    "Some nights I drive home and do not remember the road.",
    "What is the deadline for study leave claims?",
    "Thank you for reading this far.",
)
PIECES = ("[UNK]", "[CLS]", "[SEP]", "dys", "##lex", "##ic", "cafe", "'", "-", "a", "##a")


def test_sentences_lie_where_the_trained_model_puts_them() -> None:
    # These rows were made once by the trained weights in float32 and PyTorch (packaging/sense_torch.py).
    trained = np.load(ROOT / "tests/matching/encoder_reference.npy").astype(np.float32)
    rows = Encoder(ENCODER).encode(SAID)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert ((rows * trained).sum(axis=1) >= 0.99).all()


def test_company_and_order_change_nothing() -> None:
    encoder = Encoder(ENCODER)
    together = encoder.encode(SAID)
    assert np.allclose(encoder.encode(SAID[::-1])[::-1], together, atol=1e-5)
    assert np.allclose(np.concatenate([encoder.encode([each]) for each in SAID]), together, atol=1e-5)
    assert (Encoder(ENCODER).encode(SAID) == together).all()
    assert encoder.encode([]).shape == (0, 384)


def test_like_meanings_lie_closer() -> None:
    rows = Encoder(ENCODER).encode(["I lost my baby.", "We had a miscarriage.", "I need a parking permit."])
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Dyslexic", ["dys", "##lex", "##ic"]),
        ("café", ["cafe"]),
        ("a-a’a", ["a", "-", "a", "'", "a"]),
        ("dysa dysb", ["dys", "##a", "[UNK]"]),
        ("", []),
        ("𝄞 \u200b", ["[UNK]", "[UNK]"]),
        ("a" * 101, ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, pieces: list[str]) -> None:
    numbers = WordPieces(PIECES).cut(text)
    assert [PIECES[number] for number in numbers] == ["[CLS]", *pieces, "[SEP]"]


@given(st.text(max_size=400))
def test_whatever_is_written_can_be_cut(text: str) -> None:
    numbers = WordPieces(PIECES).cut(text)
    assert 2 <= len(numbers) <= LONGEST
    assert all(0 <= number < len(PIECES) for number in numbers)


def test_what_is_written_is_read_again() -> None:
    named: dict[str, Array] = {
        "a": np.arange(6, dtype=np.int8).reshape(2, 3),
        "b": np.array([1.5], dtype=np.float16),
    }
    again = read_arrays(write_arrays(named, {"said": "yes"}))
    assert again.notes == {"said": "yes"}
    assert (again.small("a", 2, 3) == named["a"]).all()
    assert again.floats("b", 1).tolist() == [1.5]


@pytest.mark.parametrize("content", [ENCODER, HEADS])
def test_one_changed_or_missing_byte_is_noticed(content: bytes) -> None:
    for at in (0, 9, 40, len(content) // 2, len(content) - 1):
        spoilt = bytearray(content)
        spoilt[at] ^= 1
        with pytest.raises(Damaged, match="damaged"):
            Sense(bytes(spoilt), HEADS) if content is ENCODER else Sense(ENCODER, bytes(spoilt))
    for length in (0, 5, 12, 400, len(content) - 1):
        with pytest.raises(Damaged):
            read_arrays(content[:length])


def test_files_of_another_kind_are_told_apart() -> None:
    for encoder, heads in ((HEADS, ENCODER), (ENCODER, ENCODER), (HEADS, HEADS)):
        with pytest.raises(Damaged):
            Sense(encoder, heads)
    arrays = read_arrays(HEADS)
    other = {**arrays.named, "kinds": np.frombuffer(b"any", dtype=np.uint8)}
    with pytest.raises(Damaged, match="kinds"):
        Sense(ENCODER, write_arrays(other, {}))
    for name, value in (
        ("weights.needed", np.zeros(7, dtype=np.float32)),
        ("desks", np.zeros((384, 4), dtype=np.float16)),
        ("terms", np.array([255], dtype=np.uint8)),
        ("topics", np.zeros(3, dtype=np.float16)),
    ):
        with pytest.raises(Damaged):
            Sense(ENCODER, write_arrays({**arrays.named, name: value}, {}))


@pytest.mark.parametrize(
    "header",
    [b"[]", b"{", b'{"sha256": 1}', b'{"arrays": {"a": ["|O", [1], 0]}, "notes": {}, "sha256": "%s"}'],
)
def test_a_header_that_cannot_be_meant_is_refused(header: bytes) -> None:
    said = header.replace(b"%s", b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    with pytest.raises(Damaged, match="damaged"):
        read_arrays(b"PMARRAYS" + struct.pack("<I", len(said)) + said)


def test_the_heads_know_the_vocabulary() -> None:
    terms = read_arrays(HEADS).lines("terms")
    assert [term for term in terms if not REAL.vocabulary.is_term(term)] == []
    assert len(set(terms)) == len(terms)


def test_where_the_files_come_from_is_said_of_these_very_files() -> None:
    said = (FOLDER / "ORIGIN.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(ENCODER).hexdigest() in said
    assert hashlib.sha256(HEADS).hexdigest() in said
    assert "Apache License" in (FOLDER / "LICENSE-APACHE-2.0.txt").read_text(encoding="utf-8")
    assert len(ENCODER) + len(HEADS) < 20_500_000
