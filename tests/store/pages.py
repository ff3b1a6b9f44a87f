"""A reader of encrypted pages that shares nothing with the program: to look at what is left in every byte of a file.

SQLCipher 4 with a raw key: pages of 4096 bytes, the last 80 of them IV and HMAC-SHA512; the salt is the file's start.
"""

import hashlib
import hmac
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def plain(path: Path, key: bytes) -> bytes:
    """All pages in the clear, one after the other, free ones and slack too; a page that was changed is an error."""
    data = path.read_bytes()
    seal = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in data[:SALT]), 2, 32)
    pages = []
    for number, start in enumerate(range(0, len(data), PAGE), start=1):
        page = data[start + (SALT if number == 1 else 0) : start + PAGE]
        body, iv, mac = page[:-RESERVED], page[-RESERVED : IV - RESERVED], page[IV - RESERVED :]
        wanted = hmac.new(seal, body + iv + number.to_bytes(4, "little"), "sha512").digest()
        assert wanted == mac, f"page {number} is not as it was written"
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)


def spellings(word: str) -> tuple[bytes, ...]:
    """A word as it might stand in a file: two encodings, any case, and as JSON writes it."""
    forms = {word, word.lower(), word.upper(), word.casefold()}
    return tuple(text.encode(code) for text in forms for code in ("utf-8", "utf-16-le", "utf-16-be"))


def found(data: bytes, words: tuple[str, ...]) -> list[str]:
    """Which of the words stand in the bytes."""
    return [word for word in words if any(each in data for each in spellings(word))]


def readable_in(folder: Path, words: tuple[str, ...]) -> list[str]:
    """The files of a folder, or their names, in which one of the words stands in the clear."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if found(path.read_bytes() + str(path).encode(), words)]
