"""Changed letters for every reader of letters: ``python -m tests.fuzz.fuzz_letters MINUTES [SEED]``."""

import email.message
import email.policy
import struct
import sys
from pathlib import Path
from random import Random

from peermatch.mail.answers import answer_in
from peermatch.mail.html_text import html_to_text
from peermatch.mail.reading import letter_from_text, read_letter, read_mbox
from peermatch.mail.rtf import rtf_to_html, rtf_to_text, unpacked
from tests.attacks.fuzzing import changed, letters
from tests.fuzz.trying import Reader, main

SHELF = Path(__file__).resolve().parents[1] / "mail" / "letters"
RICH = (
    b"{\\rtf1\\ansi\\ansicpg1252\\fromhtml1{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 I failed "
    b"an exam \\'e9\\u8211 ?\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag72 </p>}\\bin9 123456789\\uc2\\u-10179 ??}"
)
HTML = b"<html><body><p>I failed <a href='https://example.org'>an exam</a><blockquote>x<table><tr><td>y</blockquote>"


def _report() -> bytes:
    """A letter that came back, as mail servers write it."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Subject"] = "MAILER-DAEMON@relay.example", "Undelivered Mail Returned to Sender"
    message["Auto-Submitted"], message["References"] = "auto-replied", "<a@b.example> <c@d.example>"
    message.set_content("It could not be delivered.")
    message.add_attachment("Subject: A question for you (E-0142)\n", subtype="rfc822-headers")
    text = bytes(message).replace(b"multipart/mixed", b'multipart/report; report-type="delivery-status"')
    return text.replace(
        b"text/rfc822-headers",
        b"message/delivery-status",
    ) + (b"Final-Recipient: rfc822; jo.poe@trust.example\r\nAction: failed\r\n")


def _saved() -> list[bytes]:
    return [path.read_bytes() for path in sorted(SHELF.glob("*.msg"))]


def changed_msg(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """Half the time a number in the head, the table of sectors or the directory instead of any byte."""
    if chance.random() < 0.5 or len(data) < 1_024:
        return changed(data, chance, others)
    body = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        place = chance.choice((chance.randrange(24, 76), chance.randrange(512, len(body) - 8))) // 2 * 2
        value = chance.choice((0, 1, 2, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, chance.randrange(64)))
        struct.pack_into("<I", body, place, value)
    return bytes(body)


def _rich(data: bytes) -> object:
    rich, _ = unpacked(data, 2_000_000)
    return rtf_to_html(rich), rtf_to_text(rich), rtf_to_text(data), rtf_to_html(data)


def _mailbox(data: bytes) -> object:
    return [read_letter(each) for each in read_mbox(data)[:5]]


def _pasted(data: bytes) -> object:
    return answer_in(letter_from_text(data.decode("utf-8", "replace")))


def readers() -> list[Reader]:
    """Every reader of letters."""
    every = [*letters(), _report()]
    packed = struct.pack("<II4sI", len(RICH) + 12, len(RICH), b"MELA", 0) + RICH
    return [
        Reader("msg", read_letter, _saved(), changed_msg),
        Reader("eml", read_letter, every),
        Reader("mbox", _mailbox, [b"From x\n" + each for each in every]),
        Reader("rich", _rich, [packed, packed.replace(b"MELA", b"LZFu"), RICH]),
        Reader("html", lambda data: html_to_text(data.decode("utf-8", "replace")), [HTML]),
        Reader("pasted", _pasted, [b"Dear team,\n\nyes, gladly.\n\nOn Monday Kim wrote:\n> hi"]),
    ]


if __name__ == "__main__":
    sys.exit(main(readers(), sys.argv[1:]))
