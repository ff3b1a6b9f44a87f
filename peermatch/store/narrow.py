"""The narrow door for JSON from outside the encryption: one field, of one type, within bounds, or not at all."""

import base64
import binascii
import re
from collections.abc import Mapping


class UnsoundError(ValueError):
    """A field is not what the format allows; who reads the file says so in a sentence."""


def object_of(value: object, names: set[str]) -> Mapping[str, object]:
    """An object with exactly these fields."""
    if not isinstance(value, dict) or value.keys() != names:
        raise UnsoundError("fields")
    return value


def whole(value: object, low: int, high: int) -> int:
    """A whole number from low to high."""
    if type(value) is not int or not low <= value <= high:
        raise UnsoundError("number")
    return value


def hex_of(value: object, size: int) -> str:
    """So many bytes in small hexadecimal digits, left as they are."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{size * 2}}}", value):
        raise UnsoundError("id")
    return value


def bytes_of(value: object, size: int) -> bytes:
    """So many bytes, written in base64."""
    if not isinstance(value, str):
        raise UnsoundError("bytes")
    try:
        data = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise UnsoundError("base64") from error
    if len(data) != size:
        raise UnsoundError("length")
    return data


def text_of(data: bytes) -> str:
    """Bytes in base64, as `bytes_of` reads them."""
    return base64.b64encode(data).decode("ascii")
