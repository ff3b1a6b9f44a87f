"""The pages of the open file looked at one range at a time, as they stand on the disk, beside the database itself."""

import hashlib
import hmac
import os
from pathlib import Path

from peermatch.errors import Damaged
from peermatch.store.keys import StoreKey
from peermatch.store.system_refusal import refusal_of_system

PAGE = 4096
_SALT = 16
_MAC = 64
# SQLCipher 4 with a raw key: the key of the codes is stretched from it in two rounds, with the salt turned by this.
_TURN, _ROUNDS = 0x3A, 2


class Pages:
    """The file behind an open database, opened once more for reading alone.

    On Linux and macOS every lock of a process on a file goes when it closes the file once, whoever took the lock:
    so `close` comes after the database was closed, and never before. Nothing is decrypted here.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._handle = os.open(path, flags)
        except OSError as error:
            raise refusal_of_system(error, f"{path.name} could not be read") from None
        self._name = path.name

    def count(self) -> int:
        """How many pages there are; a last one that is cut off counts as one."""
        return -(-os.fstat(self._handle).st_size // PAGE)

    def first_damaged(self, key: StoreKey, start: int, end: int) -> int | None:
        """The first page from ``start`` to before ``end`` that is not as SQLCipher wrote it; pages begin with 1."""
        try:
            salt = self._read(0, _SALT)
            data = self._read((start - 1) * PAGE, (end - start) * PAGE)
        except OSError as error:
            raise refusal_of_system(error, f"{self._name} could not be read") from None
        code_key = _code_key(key, salt)
        for number in range(start, end):
            place = (number - start) * PAGE
            if not _is_whole(data[place : place + PAGE], number, code_key):
                return number
        return None

    def close(self) -> None:
        """Close it: only once the database is closed."""
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            os.close(handle)

    def _read(self, place: int, size: int) -> bytes:
        os.lseek(self._handle, place, os.SEEK_SET)
        pieces = []
        while size > 0 and (piece := os.read(self._handle, size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def damaged(page: int) -> Damaged:
    """The sentence for a page that is not as it was written."""
    return Damaged(f"The network is damaged (page {page}).", "Restore the newest backup.")


def _code_key(key: StoreKey, salt: bytes) -> bytes:
    turned = bytes(byte ^ _TURN for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", bytes.fromhex(key.db_key_hex()), turned, _ROUNDS, 32)


def _is_whole(page: bytes, number: int, code_key: bytes) -> bool:
    """Whether the code at the end of a page is that of what stands before it, and of its place in the file."""
    if len(page) != PAGE:
        return False
    start = _SALT if number == 1 else 0
    spoken_for = page[start : PAGE - _MAC] + number.to_bytes(4, "little")
    code = hmac.digest(code_key, spoken_for, "sha512")
    return hmac.compare_digest(code, page[PAGE - _MAC :])
