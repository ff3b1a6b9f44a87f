"""A file of named arrays: a header that says what stands where, and a sum that shows any damage.

``PMARRAYS``, the length of the header (4 bytes, little end first), the header (JSON: for each array its kind, shape
and place; notes; the SHA-256 of what follows), then the arrays one after another. Nothing in it is ever executed.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from peermatch.errors import Damaged

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.float32]

_MARK = b"PMARRAYS"
_KINDS = ("|i1", "|u1", "<u4", "<f2", "<f4")


@dataclass(frozen=True, slots=True)
class Arrays:
    """The arrays of a file by name, and what was noted when they were made."""

    named: Mapping[str, Array]
    notes: Mapping[str, object]

    def floats(self, name: str, *shape: int) -> Floats:
        """An array of numbers as float32; -1 in the shape stands for any length."""
        return np.ascontiguousarray(self._checked(name, shape), dtype=np.float32)

    def small(self, name: str, *shape: int) -> npt.NDArray[np.int8]:
        """An array of one-byte numbers, left as it is."""
        found: npt.NDArray[np.int8] = self._checked(name, shape)
        if found.dtype != np.int8:
            raise damaged(f"{name} is of another kind")
        return found

    def ordinals(self, name: str, *shape: int) -> npt.NDArray[np.uint8]:
        """An array of one-byte numbers that are not below nought, left as it is."""
        found: npt.NDArray[np.uint8] = self._checked(name, shape)
        if found.dtype != np.uint8:
            raise damaged(f"{name} is of another kind")
        return found

    def numbers(self, name: str, *shape: int) -> npt.NDArray[np.uint32]:
        """An array of whole numbers, left as it is."""
        found: npt.NDArray[np.uint32] = self._checked(name, shape)
        if found.dtype != np.uint32:
            raise damaged(f"{name} is of another kind")
        return found

    def lines(self, name: str) -> tuple[str, ...]:
        """An array that holds lines of text."""
        try:
            return tuple(self._checked(name, (-1,)).tobytes().decode("utf-8").split("\n"))
        except UnicodeDecodeError as error:
            raise damaged(f"{name} is no text") from error

    def _checked(self, name: str, shape: tuple[int, ...]) -> Array:
        found = self.named.get(name)
        if found is None:
            raise damaged(f"{name} is missing")
        same = len(found.shape) == len(shape)
        if not same or any(is_ != be for is_, be in zip(found.shape, shape, strict=True) if be != -1):
            raise damaged(f"{name} has another size")
        return found


def damaged(how: str) -> Damaged:
    """What to say when a part of the program cannot be read."""
    return Damaged(f"A file that reads letters is damaged: {how}.", "Install the program again.")


def read_arrays(content: bytes) -> Arrays:
    """The arrays of a file, which keep pointing into its bytes; whatever is not as it was written is refused."""
    start = len(_MARK) + 4
    if content[: len(_MARK)] != _MARK or len(content) < start:
        raise damaged("it does not begin as it should")
    (length,) = struct.unpack("<I", content[len(_MARK) : start])
    body = memoryview(content)[start + length :]
    try:
        header = json.loads(content[start : start + length])
        if hashlib.sha256(body).hexdigest() != header["sha256"]:
            raise damaged("its sum is another")
        named = {name: _array(body, *where) for name, where in header["arrays"].items()}
        return Arrays(named, dict(header["notes"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged("its header cannot be read") from error


def _array(body: memoryview, kind: str, shape: list[int], place: int) -> Array:
    if kind not in _KINDS:
        raise ValueError(kind)
    size = int(np.prod(shape))
    return np.frombuffer(body, dtype=np.dtype(kind), count=size, offset=place).reshape(shape)


def write_arrays(named: Mapping[str, Array], notes: Mapping[str, object]) -> bytes:
    """The bytes of a file; the same arrays and notes always give the same bytes."""
    places: dict[str, object] = {}
    pieces: list[bytes] = []
    at = 0
    for name in sorted(named):
        array = np.ascontiguousarray(named[name])
        kind = array.dtype.newbyteorder("<").str
        raw = array.astype(kind).tobytes()
        raw += bytes(-len(raw) % 8)
        places[name] = [kind, list(array.shape), at]
        pieces.append(raw)
        at += len(raw)
    body = b"".join(pieces)
    header = {"arrays": places, "notes": dict(notes), "sha256": hashlib.sha256(body).hexdigest()}
    said = json.dumps(header, sort_keys=True, ensure_ascii=False).encode()
    said += b" " * (-(len(said) + 12) % 8)
    return _MARK + struct.pack("<I", len(said)) + said + body
