"""Drafts: one recipient, no header but the known ones, the same bytes each time."""

import email
from datetime import UTC, datetime
from email.policy import compat32, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.mail.drafts import draft, recipient

SENT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
HEADERS = ["Content-Transfer-Encoding", "Content-Type", "Date", "MIME-Version", "Subject", "To",
           "X-Uniform-Type-Identifier", "X-Unsent"]  # fmt: skip


def plain(to: str = "t@example.org", subject: str = "Hello", text: str = "Hello\n") -> bytes:
    return draft(to, subject, text, "", (), SENT)


@pytest.mark.parametrize(
    ("written", "sent_to"),
    [
        ("t@example.org", "t@example.org"),
        (" t@example.org ", "t@example.org"),
        ("T.O'Neil+x@Sub.Example", "T.O'Neil+x@sub.example"),
        ("t@b\u00fccher.example", "t@xn--bcher-kva.example"),
        ("t@a.test", "t@a.test"),
    ],
)
def test_an_address_is_written_as_it_travels(written: str, sent_to: str) -> None:
    message = email.message_from_bytes(plain(written), policy=default)
    assert message["To"] == sent_to
    assert len(message["To"].addresses) == 1


WRONG = [
    "", "t", "t@", "@example.org", "t@example", "t@localhost", "a@example.org,b@example.org",
    "a@example.org; b@example.org", "Tess <t@example.org>", '"a b"@example.org', "t@[127.0.0.1]",
    "t@example.org\r\nBcc: thief@example.org", "t@example.org\nBcc: x", "t\u2028@example.org", "t\x00@example.org",
    "t\u202e@example.org", "\u00fc@example.org", "all: t@example.org;", f"{'t' * 65}@example.org",
    f"t@{'a' * 300}.example",
]  # fmt: skip


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(BadInput) as refusal:
        plain(address)
    assert refusal.value.exit_code == 6
    assert "thief" not in str(refusal.value)


@pytest.mark.parametrize(
    "ending", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"]
)
def test_a_subject_makes_no_header(ending: str) -> None:
    data = plain(subject=f"Hello{ending}Bcc: thief@example.org")
    message = email.message_from_bytes(data, policy=default)
    assert sorted(message.keys()) == HEADERS
    assert "Hello" in message["Subject"]
    assert sorted(email.message_from_bytes(data, policy=compat32).keys()) == HEADERS


def test_an_empty_subject_is_refused() -> None:
    with pytest.raises(BadInput, match="needs a subject"):
        plain(subject=" \u202e\r\n")


@given(
    subject=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
    text=st.text(st.characters(codec="utf-8")),
)
def test_any_words_are_one_letter(subject: str, text: str) -> None:
    data = plain(subject=f"x{subject}", text=text)
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    message = email.message_from_bytes(data, policy=default)
    assert sorted(message.keys()) == HEADERS
    assert message.get_content_type() == "text/plain"
    assert not message.defects


@given(text=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_words_arrive_as_they_were(text: str) -> None:
    message = email.message_from_bytes(plain(text=text), policy=default)
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


def test_line_ends_and_unseen_signs_are_made_plain() -> None:
    message = email.message_from_bytes(plain(text="a\r\nb\rc\u2028d\u202ee\x00f\n"), policy=default)
    assert message.get_content().splitlines() == ["a", "b", "c", "def"]


def test_a_subject_that_is_long_or_not_ascii_comes_back_equal() -> None:
    subject = "Zo\u00eb 🩺 " * 40
    assert email.message_from_bytes(plain(subject=subject), policy=default)["Subject"] == subject.strip()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PM-7F3K.vcf", "text/directory"),
        ("Contact card.pdf", "application/pdf"),
        ("Introduction.ics", "text/calendar"),
    ],
)
def test_files_are_attached_byte_for_byte(name: str, kind: str) -> None:
    data = bytes(range(256))
    written = draft("t@example.org", "Hello", "Hello", "<p>Hello</p>", ((name, data),), SENT)
    (attached,) = email.message_from_bytes(written, policy=default).iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (name, kind)
    assert attached.get_payload(decode=True) == data


@pytest.mark.parametrize(
    "name",
    [
        "card.exe",
        "../card.vcf",
        "a\r\nBcc: x.vcf",
        "k\u00e4rtchen.vcf",
        ".vcf",
        "card",
        "a/b.pdf",
        "x" * 90 + ".vcf",
    ],
)
def test_other_files_are_refused(name: str) -> None:
    with pytest.raises(BadInput, match="cannot be attached"):
        draft("t@example.org", "Hello", "Hello", "", ((name, b""),), SENT)


def test_the_same_letter_is_the_same_bytes_and_another_has_other_boundaries() -> None:
    card = (("PM-7F3K.vcf", b"BEGIN:VCARD\r\n"),)
    first = draft("t@example.org", "Hello", "Hello", "<p>Hello</p>", card, SENT)
    assert first == draft("t@example.org", "Hello", "Hello", "<p>Hello</p>", card, SENT)
    other = draft("t@example.org", "Hello", "Hello you", "<p>Hello</p>", card, SENT)
    boundaries = [email.message_from_bytes(each).get_boundary() for each in (first, other)]
    assert boundaries[0] != boundaries[1]


def test_a_boundary_cannot_occur_in_a_body() -> None:
    first = draft("t@example.org", "Hello", "Hello", "<p>Hello</p>", (), SENT)
    boundary = email.message_from_bytes(first).get_boundary() or ""
    assert first.count(b"--" + boundary.encode()) == 3


def test_no_sender_no_blind_copy_no_message_id() -> None:
    message = email.message_from_bytes(plain(), policy=default)
    assert [message[name] for name in ("From", "Bcc", "Cc", "Message-ID", "Reply-To")] == [None] * 5
    assert (message["X-Unsent"], message["X-Uniform-Type-Identifier"]) == ("1", "com.apple.mail-draft")


def test_a_recipient_has_no_name() -> None:
    assert recipient("t@example.org").display_name == ""
