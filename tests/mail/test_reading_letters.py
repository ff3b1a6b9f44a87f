"""Letters as they come: read alike by the standard library's parser, and kept in bounds when they are hostile."""

import email
import email.policy
import re
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput, PeerMatchError
from peermatch.mail import mime
from peermatch.mail.reading import MAX_BYTES, fingerprint, letter_from_text, read_letter, read_mbox
from peermatch.model.letter import Letter, PartKind
from peermatch.model.text import readable

LETTERS = sorted((Path(__file__).resolve().parents[1] / "letters").glob("*/*.eml"))
HEAD = b"From: Ann Bee <ann@b.example>\nSubject: Hello\nMessage-ID: <1@b.example>\n"


def squeezed(text: str) -> str:
    """Text without its line breaks and spaces, which programs lay out each in their way."""
    return "".join(text.split())


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_letter_is_read_as_by_the_standard_library(path: Path) -> None:
    raw = path.read_bytes()
    other = email.message_from_bytes(raw, policy=email.policy.default)
    letter = read_letter(raw)
    body = other.get_body(("plain", "html"))
    assert isinstance(body, EmailMessage)
    words = body.get_content()
    if body.get_content_type() == "text/plain":
        assert squeezed(letter.text) == squeezed(words.replace("> ", ">")) or squeezed(
            letter.text
        ) == squeezed(words)
    else:
        bare = re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<[^>]+>", "", words)
        links = re.sub(r" <https?://[^>]+>", "", letter.text)
        assert squeezed(links) == squeezed(
            bare.replace("&amp;", "&").replace("&quot;", '"').replace("&#x27;", "'")
        )
    assert letter.remarks == ()
    sender = other["From"].addresses[0]
    assert letter.sender_address == sender.addr_spec
    assert (letter.sender_name or "") == sender.display_name
    assert letter.subject == (other["Subject"] or "")
    assert letter.sent == other["Date"].datetime.date()
    assert letter.message_id == other["Message-ID"]
    assert list(letter.attachments) == [each.get_filename() for each in other.iter_attachments()]


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_the_parts_cover_the_text_in_order(path: Path) -> None:
    check_parts(read_letter(path.read_bytes()))


def check_parts(letter: Letter) -> None:
    ends = [0]
    for part in letter.parts:
        assert ends[-1] <= part.start < part.end <= len(letter.text)
        assert letter.text[ends[-1] : part.start].strip() == ""
        ends.append(part.end)
    assert letter.text[ends[-1] :].strip() == ""
    assert readable(letter.text) == letter.text


def read_or_nothing(raw: bytes) -> Letter:
    """The letter, or an empty one when it was refused with a sentence; any other failure goes on."""
    try:
        return read_letter(raw)
    except PeerMatchError as refusal:
        return Letter(None, None, refusal.what, None, None, "", ())


@given(st.binary(max_size=600))
def test_any_bytes_are_a_letter_or_a_sentence(raw: bytes) -> None:
    check_parts(read_or_nothing(raw))


_PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: text/html; charset=utf-16\n",
        b"\n",
        b"\n\n",
        b"--b\n",
        b"--b--\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"=?utf-8?b?////?=",
        b"Subject: =?x?q?=?=\n",
        b"Date: Thu, 99 Foo 20000 99:99 +9999\n",
        b'From: "a\\" <b@c\n',
        b"filename*0*=utf-8''%ff",
        b"<blockquote><a href=x>",
        b"-----Original Message-----\n",
        b"On Monday x wrote:\n",
        b"> hi\n",
        b"=E2=80",
        b"SGVsbG8",
        b'Content-Type: text/plain; charset="base64"; format=flowed\n',
    ]
)


@given(st.lists(_PIECES | st.binary(max_size=20), max_size=40).map(b"".join))
def test_any_heap_of_mail_is_a_letter_or_a_sentence(raw: bytes) -> None:
    check_parts(read_or_nothing(HEAD + raw))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n\r\n ", "empty"),
        (b"\0" * 4000, "empty"),
        (b"x" * (MAX_BYTES + 1), "larger than 25 MB"),
        (b"x" * (50 * 1024 * 1024), "larger than 25 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Outlook"),
        (b"%PDF-1.7\n%...", "not a letter"),
        (b"PK\x03\x04zip", "not a letter"),
        (bytes(range(256)) * 4, "not a letter"),
    ],
)
def test_what_is_no_letter_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refusal:
        read_letter(raw)
    assert refusal.value.hint


BOMBS = {
    "10,000 headers": b"X-Bomb: y\n" * 10_000 + HEAD + b"\nHi there",
    "a header of 1 MB": b"X: " + b"y" * 1_000_000 + b"\n" + HEAD + b"\nHi there",
    "a subject of 1 MB": b"Subject: " + b"=?utf-8?q?=41?= " * 70_000 + b"\n\nHi there",
    "a sender of 1 MB": b"From: " + b"(" * 1_000_000 + b"\n\nHi there",
    "all newlines": HEAD + b"\n" + b"\n" * 25_000_000,
    "all one line": HEAD + b"\n" + b"x" * 25_000_000,
    "all quoted": HEAD + b"\n" + b"> x\n" * 6_000_000,
    "all tags": HEAD + b"Content-Type: text/html\n\n" + b"<a href=x>" * 2_500_000,
    "all open tags": HEAD + b"Content-Type: text/html\n\n" + b"<a " * 8_000_000,
    "all boundaries": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 6_000_000,
    "all base64": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QUFB" * 6_000_000,
    "all soft breaks": HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 12_000_000,
    "all flowing": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"x \n" * 8_000_000,
    "all carriage returns": HEAD + b"\n" + b"\r" * 25_000_000,
    "closings": HEAD + b"\n" + b"Best wishes\nSam\n" * 1_500_000,
    "wrote": HEAD + b"\n" + b"On Monday the 1st\n" * 1_400_000,
    "letters in letters": HEAD + b"Content-Type: message/rfc822\n\n" * 300_000,
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(50_000)
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_within_bounds(name: str) -> None:
    raw = BOMBS[name][:MAX_BYTES]
    letter = read_letter(raw)
    assert len(letter.text) <= mime.MAX_TEXT + mime.MAX_PARTS
    assert len(letter.subject) <= 1000
    check_parts(letter)


@pytest.mark.parametrize(
    ("declared", "raw", "text", "trusted"),
    [
        (b"utf-8", "naïve – ‘yes’".encode(), "naïve – ‘yes’", True),
        (b"iso-8859-1", "café ‘x’".encode("cp1252"), "café ‘x’", True),
        (b"iso-8859-1", "café ‘x’".encode(), "café ‘x’", False),
        (b"us-ascii", "café".encode(), "café", False),
        (b"us-ascii", "café".encode("cp1252"), "café", False),
        (b"utf-8", "café au".encode("cp1252"), "café au", False),
        (b"utf-8", "café ‘".encode()[:-1], "café ", True),
        (b"x-no-such", "café".encode(), "café", False),
        (b"base64", "café".encode(), "café", False),
        (b"utf-7", b"+ADw-script", "+ADw-script", False),
        (b"koi8-r", "привет".encode("koi8-r"), "привет", True),
        (b"iso-2022-jp", "日本".encode("iso-2022-jp"), "日本", True),
        (b"shift_jis", b"caf\xe9 \x81", None, False),
    ],
)
def test_charsets_right_and_wrong(declared: bytes, raw: bytes, text: str | None, trusted: bool) -> None:
    letter = read_letter(HEAD + b"Content-Type: text/plain; charset=" + declared + b"\n\n" + raw)
    assert text is None or letter.text == text.strip()
    assert (mime.WRONG_CHARSET not in letter.remarks) is trusted


def test_a_letter_saved_with_two_bytes_a_character() -> None:
    letter = read_letter("From: a@b.example\r\nSubject: é\r\n\r\nHello".encode("utf-16"))
    assert (letter.sender_address, letter.subject, letter.text) == ("a@b.example", "é", "Hello")


def test_html_is_shown_as_text_and_nothing_is_fetched() -> None:
    html = (
        b"<html><head><title>T</title><style>p{}</style><script>alert(1)</script></head><body>"
        b"<p>Hello&nbsp;you,<br>see <a href='https://evil.example/x?id=1'>here</a>"
        b"<img src='https://evil.example/p.png'></p><blockquote>Old<br>words</blockquote></body></html>"
    )
    letter = read_letter(HEAD + b"Content-Type: text/html\n\n" + html)
    assert letter.own_text.strip() == "Hello you,\nsee here <https://evil.example/x?id=1>"
    assert "> Old\n> words" in letter.text
    assert "alert" not in letter.text
    assert "p.png" not in letter.text


def alternative(plain: bytes, html: bytes) -> bytes:
    return (
        HEAD
        + b'Content-Type: multipart/alternative; boundary="b 1"\n\npreamble\n--b 1\nContent-Type: text/html\n\n'
        + html
        + b"\n--b 1\nContent-Type: text/plain\n\n"
        + plain
        + b"\n--b 1--\nepilogue\n"
    )


def test_plain_words_go_before_html_unless_they_are_empty() -> None:
    assert read_letter(alternative(b"plain", b"<p>html</p>")).text == "plain"
    assert read_letter(alternative(b"  \n", b"<p>html</p>")).text == "html"


def test_attachments_are_named_and_never_opened() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n"
        b"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''na%C3%AFve.pdf\n\nx\n"
        b'--b\nContent-Type: image/png; name="../../etc/p.png"\n\nx\n'
        b'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="notes.txt"\n\nsecret\n'
        b"--b\nContent-Type: application/octet-stream\n\nx\n--b--\n"
    )
    letter = read_letter(raw)
    assert letter.text == "Hello"
    assert letter.attachments == ("naïve.pdf", "p.png", "notes.txt", "unnamed (application/octet-stream)")


def test_a_forwarded_letter_is_quoted() -> None:
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n"
        b"From: T <t@x.example>\nSubject: =?utf-8?q?Caf=C3=A9?=\n\nI am the trainee.\n--b--\n"
    )
    letter = read_letter(raw)
    assert letter.own_text.strip() == "See below."
    assert "Subject: Café\n\nI am the trainee." in letter.text
    assert letter.parts[-1].kind is PartKind.QUOTED


def test_letters_deep_within_letters_end_somewhere() -> None:
    letter = read_letter(HEAD + b"Content-Type: message/rfc822\n\n" * 50 + b"\nHi")
    assert mime.TOO_DEEP in letter.remarks


def test_cut_letters_give_what_is_there() -> None:
    base64 = HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gdGhlcmUgeW9"
    assert read_letter(base64).text == "Hello there yo"
    assert read_letter(base64).remarks == (mime.CUT_SHORT,)
    parts = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello the"
    assert (read_letter(parts).text, read_letter(parts).remarks) == ("Hello the", (mime.CUT_SHORT,))


def test_what_turns_text_round_or_hides_is_taken_out() -> None:
    raw = "From: \u202eelpmaxe <a@b.example>\nSubject: a\u202eb\r\n\nHi\0 \u202ethere\u2028next\x07".encode()
    letter = read_letter(raw)
    assert (letter.sender_name, letter.subject, letter.text) == ("elpmaxe", "ab", "Hi there\nnext")


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        (b"Ann <ann@b.example>", "Ann", "ann@b.example"),
        (b"=?utf-8?q?Zo=C3=AB?= <zoe@b.example>", "Zoë", "zoe@b.example"),
        (b'"Bee, Ann" <ann@b.example>', "Bee, Ann", "ann@b.example"),
        (b"ann@b.example", None, "ann@b.example"),
        (b"Ann <ann@b@c.example>", None, None),
        (b"Ann", None, None),
        (b"<a b@c.example>", None, None),
        (b"Ann <ann@b.example\r\n Bcc: x@y.example>", None, None),
    ],
)
def test_the_sender_is_taken_for_what_it_says(header: bytes, name: str | None, address: str | None) -> None:
    letter = read_letter(b"From: " + header + b"\nSubject: x\n\nHi")
    assert letter.sender_address == address
    assert address is None or letter.sender_name == name
    assert "\n" not in (letter.sender_name or "")


def test_answers_that_go_elsewhere_are_remarked() -> None:
    letter = read_letter(HEAD + b"Reply-To: other@x.example\n\nHi")
    assert letter.sender_address == "ann@b.example"
    assert any("other@x.example" in remark for remark in letter.remarks)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        (b"Tue, 03 Nov 2026 21:14:00 +0000", date(2026, 11, 3)),
        (b"3 Nov 2026 23:59 +1300", date(2026, 11, 3)),
        (b"Tue, 31 Feb 2026 10:00:00 +0000", None),
        (b"tomorrow", None),
        (b"1" * 3000, None),
    ],
)
def test_the_day_is_the_writers_or_none(header: bytes, day: date | None) -> None:
    assert read_letter(HEAD + b"Date: " + header + b"\n\nHi").sent == day


def test_text_without_any_header_is_read_as_text() -> None:
    letter = read_letter(b"Hello there\nI have a question.\n")
    assert (letter.sender_address, letter.subject, letter.text) == (
        None,
        "",
        "Hello there\nI have a question.",
    )
    assert letter.remarks


def test_pasted_text_is_a_letter() -> None:
    letter = letter_from_text("Hello\r\n\r\nKind regards\r\nSam\r\n")
    assert letter.text == "Hello\n\nKind regards\nSam"
    assert [part.kind for part in letter.parts] == [PartKind.OWN, PartKind.SIGNATURE]
    assert mime.TOO_LONG in letter_from_text("x" * (mime.MAX_TEXT + 1)).remarks
    with pytest.raises(BadInput):
        letter_from_text(" \u202e\n")


def test_a_mailbox_is_taken_apart() -> None:
    raw = (
        b"From ann@b.example Tue Nov  3 21:14:00 2026\r\nFrom: a@b.example\r\n\r\nOne\r\n>From the start\r\n\r\n"
        b"From x@y.example Tue Nov  3 21:14:00 2026\nFrom: x@y.example\n\nTwo\nFrom here on\n"
    )
    one, two = map(read_letter, read_mbox(raw))
    assert (one.sender_address, one.text) == ("a@b.example", "One\nFrom the start")
    assert (two.sender_address, two.text) == ("x@y.example", "Two\nFrom here on")
    assert read_letter(raw.split(b"\n\nFrom")[0]).sender_address == "a@b.example"
    for bad in (b"", b"\n \n", b"Hello"):
        with pytest.raises(BadInput):
            read_mbox(bad)


def test_a_letter_is_known_again_by_who_wrote_which_words() -> None:
    words = b"I would like to talk to somebody who has been through the same thing, please, and soon. " * 2
    plain = read_letter(HEAD + b"\n" + words)
    other = read_letter(
        HEAD.replace(b"<1@b", b"<2@b")
        + b"Content-Type: text/html\n\n<p>"
        + words.replace(b" ", b"  ")
        + b"</p>"
    )
    assert fingerprint(plain) == fingerprint(other)
    again = read_letter(HEAD + b"\nQuite another text under the number of the first, and I want to die.")
    assert not set(fingerprint(plain)) & set(fingerprint(again))
    elsewhere = read_letter(b"From: somebody.else@b.example\n\n" + words)
    assert not set(fingerprint(plain)) & set(fingerprint(elsewhere))


def test_two_people_may_write_the_same_few_words() -> None:
    one = read_letter(b"From: a@b.example\n\nThank you")
    two = read_letter(b"From: c@d.example\n\nThank you")
    assert not set(fingerprint(one)) & set(fingerprint(two))


def test_all_letters_differ() -> None:
    prints = [each for path in LETTERS for each in fingerprint(read_letter(path.read_bytes()))]
    assert len(prints) == len(set(prints))
