"""Letters that Outlook saved: read as any other letter, beside an independent reader, and in bounds when hostile."""

import io
import struct
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from olefile.olefile import OleFileIO  # type: ignore[import-untyped]  # the package carries no types
from oxmsg import Message

from peermatch.errors import BadInput, PeerMatchError
from peermatch.mail import mime
from peermatch.mail.reading import MAX_BYTES, read_letter
from peermatch.mail.rtf import rtf_to_html, rtf_to_text, unpacked
from peermatch.model.letter import Letter, Nature

SHELF = Path(__file__).parent / "letters"
LETTERS = sorted(path for path in SHELF.glob("*.msg") if path.name != "saved_contact.msg")


def read(name: str) -> Letter:
    return read_letter((SHELF / f"{name}.msg").read_bytes())


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_each_is_read_as_by_another_reader(path: Path) -> None:
    letter, other = read_letter(path.read_bytes()), Message.load(str(path))
    assert letter.subject == other.subject
    sent = other.sent_date
    assert sent is None or letter.sent == sent.date()
    if other.body:
        assert letter.text.split("\n\n----------")[0].split() == other.body.split()
    names = [(each.file_name or "").split("/")[-1] for each in other.attachments if each.file_bytes]
    assert [name for name in letter.attachments if name in names] == names


def test_the_sender_is_an_address_of_the_internet_and_never_one_within_exchange() -> None:
    letter = read("plain_from_exchange")
    assert (letter.sender_name, letter.sender_address) == ("Siân Doe", "sian.doe@hospital.example")
    assert (letter.sent, letter.message_id) == (date(2026, 11, 19), "<one@hospital.example>")
    assert letter.own_text.startswith("Hello,\n\nI am an ST4")
    assert (letter.remarks, letter.nature) == ((), Nature.ORDINARY)


def test_html_alone_is_shown_as_words_with_its_links_whole() -> None:
    letter = read("html_only")
    assert letter.text == "Hello,\n\nI failed an exam. See here <https://example.org/long/way>.\n\nCafé – Kim"
    assert letter.sent == date(2026, 11, 18)


def test_rich_text_alone_is_read_with_and_without_html_behind_it() -> None:
    inside = "Hello,\n\nI failed an exam at the café – really. Here <https://example.org/way>"
    assert read("rich_from_html").text == inside
    alone = read("rich_alone").text
    assert alone == "Dear team,\nI failed an exam. It’s the café \U0001f614— again.\n\nKim"


def test_headers_of_the_journey_tell_the_thread_and_quoted_words_are_told_apart() -> None:
    letter = read("reply_with_headers")
    assert letter.answers == ("<asked@network.example>", "<first@network.example>")
    assert letter.own_text.strip() == "Yes, I would be glad to.\n\nJo"
    assert letter.sender_address == "jo.poe@trust.example"


def test_a_letter_within_a_letter_is_quoted_and_its_files_are_taken_along() -> None:
    letter = read("letter_within_a_letter")
    assert letter.own_text.strip() == "Please see below."
    assert 'From: "Ann Bee" <ann@b.example>' in letter.text
    assert [(each.name, len(each.body)) for each in letter.files] == [("notes.txt", 15), ("plan.pdf", 340)]


def test_older_alphabets_reports_and_packed_files() -> None:
    old = read("old_alphabet")
    assert (old.sender_name, old.sender_address) == ("Zdeněk Doe", "zdenek@clinic.example")
    assert "Žďár" in old.text
    back = read("could_not_be_delivered")
    assert (back.nature, back.failed) == (Nature.RETURNED, ("jo.poe@trust.example",))
    packed = read("packed_for_outlook")
    assert packed.remarks == (mime.PACKED_WORDS,)
    assert mime.PACKED_WORDS in mime.NOT_WHOLLY_READ


def test_what_is_no_letter_is_said() -> None:
    with pytest.raises(BadInput, match="it is no letter"):
        read("saved_contact")
    document = bytearray((SHELF / "html_only.msg").read_bytes())
    place = document.index("__properties_version1.0".encode("utf-16-le"))
    document[place : place + 2] = b"x\0"
    with pytest.raises(BadInput, match="document, not a letter"):
        read_letter(bytes(document))
    with pytest.raises(BadInput, match="larger than 25 MB"):
        read_letter(bytes(document) + bytes(MAX_BYTES))


@pytest.mark.parametrize("path", LETTERS[:3], ids=lambda path: path.stem)
def test_one_cut_anywhere_is_read_in_part_or_refused(path: Path) -> None:
    whole = path.read_bytes()
    for end in range(8, len(whole), 97):
        try:
            letter = read_letter(whole[:end])
        except PeerMatchError:
            continue
        assert mime.CUT_SHORT in letter.remarks or letter.text


def directory_at(raw: bytes) -> int:
    """Where the entries of the directory begin."""
    with OleFileIO(io.BytesIO(raw)) as ole:
        return 512 + 512 * int(ole.first_dir_sector)


def test_a_small_file_that_says_it_is_vast_is_refused_before_it_is_read() -> None:
    raw = bytearray((SHELF / "plain_from_exchange.msg").read_bytes())
    start = directory_at(bytes(raw))
    for entry in range(start, start + 128 * 20, 128):
        if raw[entry + 66] == 2:
            struct.pack_into("<I", raw, entry + 120, 20_000_000)
    with pytest.raises(BadInput, match=r"too much to be a letter|damaged"):
        read_letter(bytes(raw))


def test_a_folder_within_itself_ends() -> None:
    raw = bytearray((SHELF / "letter_within_a_letter.msg").read_bytes())
    start = directory_at(bytes(raw))
    for entry in range(start, len(raw) - 128, 128):
        if raw[entry + 66] == 1:
            struct.pack_into("<III", raw, entry + 68, 1, 2, 3)
    with pytest.raises(BadInput, match=r"damaged|too much|not a letter"):
        read_letter(bytes(raw))


@given(st.binary(max_size=300))
def test_any_packed_words_are_read_within_the_bound(raw: bytes) -> None:
    packed = struct.pack("<II4sI", len(raw) + 12, 10_000_000, b"LZFu", 0) + raw
    rich, whole = unpacked(packed, 5_000)
    assert len(rich) <= 5_000
    assert not whole
    rtf_to_text(rich)


@pytest.mark.parametrize(
    ("rich", "words"),
    [
        (rb"{\rtf1 a\'e9b\u233?c\~d\{e\}\par f}", "aébéc d{e}\nf"),
        (rb"{\rtf1{\fonttbl hidden}{\*\x hidden}seen{\pict 00ff}}", "seen"),
        (rb"{\rtf1\uc2\u8212 xx!\uc0\u8212 x}", "—!—x"),
        (rb"{\rtf1 open{ and open{ and", "open and open and"),
        (rb"}}}\rtf1 closed", "closed"),
    ],
)
def test_rich_text_is_read_as_it_is_shown(rich: bytes, words: str) -> None:
    assert rtf_to_text(rich) == words
    assert rtf_to_html(rich) is None


def test_a_hundred_thousand_braces_are_no_trouble() -> None:
    assert rtf_to_text(b"{" * 200_000 + b"x" + b"}" * 200_000) == "x"
