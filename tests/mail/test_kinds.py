"""What is no letter is known for what it is, and the sentence says what to do with it."""

import io
import zipfile

import pytest

from peermatch.errors import BadInput
from peermatch.mail.kinds import known_kind, not_a_letter
from peermatch.mail.reading import read_letter


def packed(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("[Content_Types].xml", "<x/>" * 3000)
        file.writestr(name, "words " * 2000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture"),
        (b"%PDF-1.7\n", "document"),
        (packed("xl/workbook.xml"), "spreadsheet"),
        (packed("word/document.xml"), "document"),
        (packed("letters/first.eml"), "packed folder"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Outlook"),
        (b"MZ\x90\x00\x03", "program"),
    ],
)
def test_each_kind_has_its_own_sentence(raw: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refusal:
        read_letter(raw)
    assert refusal.value.hint.endswith(".")


@pytest.mark.parametrize(
    "raw", [b"From: a@b.example\n\nHello", b"Hello, I failed an exam.", b"", b"PK said: hello"]
)
def test_words_are_no_such_kind(raw: bytes) -> None:
    assert known_kind(raw) is None


def test_what_nobody_knows_is_refused_too() -> None:
    with pytest.raises(BadInput) as refusal:
        read_letter(bytes(range(256)) * 4)
    assert (refusal.value.what, refusal.value.hint) == not_a_letter()
