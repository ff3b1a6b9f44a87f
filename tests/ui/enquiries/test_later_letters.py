"""Later letters, letters to place and files on the screen of enquiries; and what Outlook and Thunderbird hand over."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from peermatch.model.mail import MailState
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_intake import Source, may_bring, sources_in
from peermatch.ui.screens.outlook_drag import CONTENTS, NAMES, dragged, names_in
from peermatch.ui.screens.today_mail import BAG_PLACE
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import ASKED, office, screen_of
from tests.ui.sample_office import Bench

OUTLOOK = Path(__file__).resolve().parents[2] / "mail" / "letters" / "plain_from_exchange.msg"


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with office(tmp_path, theme) as made:
        yield made


def take(desk: Bench, *letters: bytes) -> EnquiriesScreen:
    screen = screen_of(desk)
    screen.take_in(tuple(Source(f"{n}.eml", raw=raw) for n, raw in enumerate(letters)))
    desk.rest()
    return screen


def address(desk: Bench) -> bytes:
    return (desk.services.desk.snapshot.enquiries[ASKED].requester.email or "").encode()


def later(desk: Bench, file: bytes = b"") -> bytes:
    """A letter that goes on with an enquiry of the sample, with a file where one is given."""
    head = b"From: " + address(desk) + b"\nSubject: Re: Your message (" + ASKED.encode() + b")\n"
    words = b"\n\nPlease ring after six.\n"
    if not file:
        return head + words
    part = b'--b\nContent-Type: application/pdf; name="plan.pdf"\n\n'
    return head + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + words + part + file + b"\n--b--\n"


def test_a_later_letter_stands_below_the_first_and_its_file_is_asked_about(desk: Bench) -> None:
    screen = take(desk, later(desk, b"%PDF invented"))
    more = screen.mail.more
    assert screen.reference == ASKED
    assert [part.accessibleName().split(" · ")[0] for part in more.letters.parts().values()] == [
        "The trainee"
    ]
    assert not more.isHidden()
    assert (more.keep_all.text(), more.keep_all.isHidden()) == ("Keep 1 file", False)
    more.keep_all.click()
    desk.rest()
    assert [each.kept for each in desk.services.mailbag.of(ASKED).files] == [True]
    others = [r for r in desk.services.desk.snapshot.enquiries if r != ASKED]
    screen.choose(others[0])
    desk.rest()
    assert more.isHidden()


def test_what_is_not_certain_waits_behind_a_button_and_is_placed_by_a_press(desk: Bench) -> None:
    letter = (
        b"From: Ann Bee <ann@other.example>\nSubject: About " + ASKED.encode() + b"\n\nIt is about them.\n"
    )
    screen = take(desk, letter, b"From: x@y.example\nSubject: z\nX-Spam-Flag: YES\n\nBuy.\n")
    assert screen.mail.button.text() == "1 letter to place · 1 set aside"
    screen.open_at(BAG_PLACE)
    page = screen.mail.page
    assert page.isVisible()
    waiting, spam = desk.services.mailbag.bag().waiting[0], desk.services.mailbag.bag().aside[0]
    line = page.line(waiting.number)
    assert (line.pick.currentText(), line.who.isHidden()) == (ASKED, True)
    line.reveal.click()
    desk.rest()
    assert "ann@other.example" in line.who.text()
    page.line(spam.number).delete.click()
    page.line(spam.number).sure.click()
    desk.rest()
    assert desk.services.mailbag.bag().aside == ()
    page.line(waiting.number).join.click()
    desk.rest()
    assert [each.state for each in desk.services.mailbag.of(ASKED).letters] == [MailState.JOINED]
    assert screen.mail.strip.isHidden()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def listed(*names: str) -> bytes:
    """A FILEGROUPDESCRIPTORW."""
    entries = (bytes(72) + name.encode("utf-16-le").ljust(520, b"\0") for name in names)
    return struct.pack("<I", len(names)) + b"".join(entries)


def test_letters_that_outlook_hands_over_are_read(desk: Bench) -> None:
    mime = QMimeData()
    mime.setData(NAMES, listed("Could somebody.msg", "Not there.msg"))
    mime.setData(f"{CONTENTS};index=0", OUTLOOK.read_bytes())
    assert may_bring(mime)
    first, second = sources_in(mime)
    assert (first.name, first.raw) == ("Could somebody.msg", OUTLOOK.read_bytes())
    assert second.refusal is not None
    screen = screen_of(desk)
    screen.door.take(mime)
    desk.rest()
    assert "ST4 in psychiatry" in (desk.services.desk.snapshot.enquiries[screen.reference].letter or "")


def test_only_names_from_outlook_are_said_with_the_way_round() -> None:
    mime = QMimeData()
    mime.setData(NAMES, listed("Hello.msg"))
    assert may_bring(mime)
    (only,) = sources_in(mime)
    assert only.refusal is not None
    assert ("only its name" in only.refusal.what, "desktop" in only.refusal.hint) == (True, True)
    mime.setData(CONTENTS, b"From: a@b.example\n\nHi\n")
    assert dragged(mime) == (("Hello.msg", b"From: a@b.example\n\nHi\n"),)


@pytest.mark.parametrize("cut", [0, 3, 4, 100, 595, 597])
def test_a_list_of_names_that_is_cut_short_is_no_trouble(cut: int) -> None:
    assert names_in(listed("a.msg", "b.msg")[:cut]) in ((), ("a.msg",))
    assert names_in(b"\xff\xff\xff\xff" + bytes(700)) == ("",)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text/x-moz-message", b"mailbox-message://nobody@Local%20Folders/Inbox#7"),
        ("application/x-moz-file-promise", b""),
    ],
)
def test_thunderbird_names_a_letter_and_the_sentence_says_what_to_do(kind: str, value: bytes) -> None:
    mime = QMimeData()
    mime.setData(kind, value)
    mime.setUrls([QUrl("mailbox:///home/kim/Inbox?number=7")])
    (only,) = sources_in(mime)
    assert only.refusal is not None
    assert "Thunderbird" in only.refusal.hint


def test_a_letter_to_place_says_which_files_came_and_until_when_it_is_kept(desk: Bench) -> None:
    part = b'--b\nContent-Type: application/pdf; name="plan.pdf"\n\n%PDF invented\n--b--\n'
    head = b"From: Ann Bee <ann@other.example>\nSubject: About " + ASKED.encode()
    letter = head + b"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\nIt is about them.\n" + part
    screen = take(desk, letter)
    (mail,) = desk.services.mailbag.bag().waiting
    screen.mail.open()
    said = [label.text() for label in screen.mail.page.line(mail.number).findChildren(QLabel)]
    assert any("plan.pdf" in each for each in said)
    assert any("M-0001, kept until 20 December 2026, unless it finds its place before." in e for e in said)
