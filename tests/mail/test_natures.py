"""Automatic replies, letters that came back and spam: told by plain rules, with the reason."""

import pytest

from peermatch.mail import mime
from peermatch.mail.natures import AWAY, BACK, LATE, MADE, RECEIPT, SPAM
from peermatch.mail.reading import read_letter
from peermatch.model.letter import Nature

HEAD = b"From: Kim Doe <kim@a.example>\nSubject: Hello\n"


def nature(headers: bytes, body: bytes = b"Some words.\n") -> tuple[Nature, str]:
    letter = read_letter(headers + b"\n" + body)
    return letter.nature, letter.why


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (HEAD, (Nature.ORDINARY, "")),
        (HEAD + b"Auto-Submitted: no\n", (Nature.ORDINARY, "")),
        (HEAD + b"Auto-Submitted: auto-replied; owner=x\n", (Nature.AUTOMATIC, AWAY)),
        (HEAD + b"Auto-Submitted: auto-generated\n", (Nature.AUTOMATIC, MADE)),
        (HEAD + b"X-Auto-Response-Suppress: All\n", (Nature.AUTOMATIC, MADE)),
        (HEAD + b"X-Auto-Response-Suppress: OOF, DR\n", (Nature.ORDINARY, "")),
        (HEAD + b"Precedence: auto_reply\n", (Nature.AUTOMATIC, AWAY)),
        (HEAD + b"Precedence: bulk\n", (Nature.ORDINARY, "")),
        (HEAD + b"X-Autoreply: yes\n", (Nature.AUTOMATIC, AWAY)),
        (b"From: k@a.example\nSubject: Automatic reply: Your message (E-0142)\n", (Nature.AUTOMATIC, AWAY)),
        (b"From: k@a.example\nSubject: Out of Office\n", (Nature.AUTOMATIC, AWAY)),
        (b"From: k@a.example\nSubject: Out of office hours are hard for me\n", (Nature.ORDINARY, "")),
        (b"From: k@a.example\nSubject: Re: Automatic reply: x\n", (Nature.ORDINARY, "")),
        (HEAD + b"X-Spam-Flag: YES\n", (Nature.SPAM, SPAM)),
        (HEAD + b"X-Spam-Status: No, score=1\n", (Nature.ORDINARY, "")),
        (HEAD + b"X-MS-Exchange-Organization-SCL: 6\n", (Nature.SPAM, SPAM)),
        (HEAD + b"X-MS-Exchange-Organization-SCL: -1\n", (Nature.ORDINARY, "")),
        (HEAD + b"X-Forefront-Antispam-Report: CIP:1;SFV:SPM;SCL:5\n", (Nature.SPAM, SPAM)),
        (HEAD + b"X-Forefront-Antispam-Report: CIP:1;SFV:NSPM;SCL:1\n", (Nature.ORDINARY, "")),
        (b"From: postmaster@a.example\nSubject: Undeliverable: Hello\n", (Nature.RETURNED, BACK)),
        (b"From: kim@a.example\nSubject: Undeliverable feelings\n", (Nature.ORDINARY, "")),
        (HEAD + b"X-Failed-Recipients: jo@b.example\n", (Nature.RETURNED, BACK)),
    ],
)
def test_each_sign_by_itself(headers: bytes, told: tuple[Nature, str]) -> None:
    assert nature(headers) == told


def report(*groups: bytes) -> bytes:
    """A report as RFC 3464 has it, with the headers of the letter that it is about."""
    return b"".join(
        (
            b"From: Mail System <MAILER-DAEMON@relay.example>\nSubject: Delivery Status Notification\n",
            b'Content-Type: multipart/report; report-type="delivery-status"; boundary="b"\n\n',
            b"--b\nContent-Type: text/plain\n\nIt is about a letter to x@y.example.\n",
            b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n",
            b"\n\n".join(groups),
            b"\n--b\nContent-Type: text/rfc822-headers\n\nSubject: A question for you (E-0142)\n--b--\n",
        )
    )


FAILED = b"Final-Recipient: rfc822; Jo.Poe@trust.example\nAction: failed\nStatus: 5.1.1"
DELAYED = b"Final-Recipient: rfc822; ann@trust.example\nAction: delayed"


def test_a_report_says_which_address_failed_and_shows_which_letter_it_was() -> None:
    letter = read_letter(report(FAILED, DELAYED))
    assert (letter.nature, letter.failed) == (Nature.RETURNED, ("jo.poe@trust.example",))
    assert "Subject: A question for you (E-0142)" in letter.text
    assert letter.attachments == ()


def test_a_delay_and_a_receipt_are_no_failures() -> None:
    assert (read_letter(report(DELAYED)).nature, read_letter(report(DELAYED)).why) == (Nature.AUTOMATIC, LATE)
    receipt = HEAD + b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n"
    assert nature(receipt, b"--b\n\nIt was read.\n--b--\n") == (Nature.AUTOMATIC, RECEIPT)


def test_without_a_report_the_address_stands_in_the_words() -> None:
    raw = b"From: postmaster@relay.example\nSubject: Undeliverable: x\n\nNo such person: Jo@trust.example\n"
    assert read_letter(raw).failed == ("jo@trust.example",)


def test_packed_and_encrypted_letters_are_said_clearly() -> None:
    packed = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSome words.\n--b\n"
    packed += b'Content-Type: application/ms-tnef; name="winmail.dat"\n\nx\n--b--\n'
    assert read_letter(packed).remarks == (mime.PACKED_FILES,)
    locked = HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\n\nxyz\n"
    assert read_letter(locked).remarks == (mime.LOCKED,)
    assert mime.LOCKED in mime.NOT_WHOLLY_READ


def test_files_are_kept_as_they_came_and_within_bounds() -> None:
    parts = b"".join(
        b'--b\nContent-Type: application/pdf; name="f%d.pdf"\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\n'
        % n
        for n in range(30)
    )
    letter = read_letter(
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n" + parts + b"--b--\n"
    )
    assert (len(letter.attachments), len(letter.files)) == (30, 20)
    assert {each.body for each in letter.files} == {b"Hello"}
    assert "Hello" not in repr(letter.files[0])
