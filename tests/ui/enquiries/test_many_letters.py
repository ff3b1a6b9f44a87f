"""What is dropped: one letter or fifty, a folder, a mailbox, a picture; it can be stopped, and each one is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.model.changes import Done
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_intake import (
    MOST,
    Source,
    as_values,
    files_as_sources,
    from_values,
    sources_in,
    unfolded,
)
from peermatch.ui.screens.pages import FORM_PLACE
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import office, screen_of
from tests.ui.real_networks import wait_until
from tests.ui.sample_office import HERO, Bench


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with office(tmp_path, theme) as made:
        yield made


def letter(number: int) -> bytes:
    return (
        f"From: Trainee {number} <t{number}@example.org>\nSubject: Help\n\n"
        f"I failed an exam {number} times and would like to talk to somebody who knows that.\n"
    ).encode()


def files(folder: Path, count: int) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    made = tuple(folder / f"{number:02}.eml" for number in range(1, count + 1))
    for number, path in enumerate(made, start=1):
        path.write_bytes(letter(number))
    return made


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(desk: Bench, mime: QMimeData) -> EnquiriesScreen:
    """Drag it over the screen, let it go, and wait until all of it was read."""
    screen, none, left = screen_of(desk), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    where, copy = QPointF(9, 9), Qt.DropAction.CopyAction
    QApplication.sendEvent(screen, QDragEnterEvent(where.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(screen, QDropEvent(where, copy, mime, left, none))
    wait_until(lambda: not screen.door.arrivals.under_way)
    desk.rest()
    return screen


def held(desk: Bench) -> int:
    return len(desk.services.desk.snapshot.enquiries)


def test_fifty_letters_are_one_step_and_each_of_them_is_said(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    picture, huge = tmp_path / "photo.eml", tmp_path / "empty.eml"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    huge.write_bytes(b"")
    many = files(tmp_path / "post", 8)
    again = tuple(tmp_path / f"again {number}.eml" for number in range(39))
    for path in again:
        path.write_bytes(letter(3))
    drop(desk, mime_of(*many, picture, *again, huge, many[0], tmp_path / "gone.eml"))
    assert held(desk) == before + 8
    (notice,) = desk.notices
    assert notice == "8 letters are received as E-0142 to E-0149. 39 of 47 are here already."
    report = screen.pane.report
    assert report.isVisible()
    assert report.title.words() == "50 letters: 8 new enquiries, 39 here already, 3 not taken in."
    rows = report.list.rows()
    assert [row.chip for row in rows[:4]] == ["not taken in"] * 3 + ["here already"]
    assert {row.title for row in rows[:3]} == {"photo.eml", "empty.eml", "gone.eml"}
    assert all(row.state for row in rows[:3])
    assert len({row.key for row in rows}) == 50
    assert "2 more could not be read" in screen.banner.sentence()
    assert len([entry for entry in desk.services.upkeep.journal() if entry.action == "receive"]) == 1


def test_the_report_leads_to_each_letter_and_covers_the_names_of_files(
    desk: Bench, theme: Theme, tmp_path: Path
) -> None:
    screen = screen_of(desk)
    screen.take_in(files_as_sources(files(tmp_path / "post", 3)))
    desk.rest()
    report = screen.pane.report
    theme.cover.set_on(True)
    assert "01.eml" not in report.list._rows.spoken(report.list.rows()[0])
    theme.cover.set_on(False)
    QTest.keyClick(report.list, Qt.Key.Key_J)
    QTest.keyClick(report.list, Qt.Key.Key_Return)
    desk.rest()
    assert screen.reference == "E-0143"
    assert not report.isVisible()


def test_escape_puts_the_report_away(desk: Bench, tmp_path: Path) -> None:
    screen = screen_of(desk)
    screen.take_in(files_as_sources(files(tmp_path / "post", 2)))
    desk.rest()
    QTest.keyClick(screen.pane.report.list, Qt.Key.Key_Escape)
    assert not screen.pane.report.isVisible()
    assert screen.reference == HERO


def test_whoever_stops_has_added_nothing(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    desk.worker.holding = True
    screen.take_in(files_as_sources(files(tmp_path / "post", 12)))
    desk.worker.let_go()
    bar = screen.door.arrivals.bar
    desk.worker.holding = True
    QApplication.processEvents()
    bar.begin(12)
    bar._appear()
    assert bar.isVisible()
    assert bar.words() == "Reading letter 1 of 12"
    bar.stop.click()
    desk.worker.let_go()
    desk.rest()
    assert not bar.isVisible()
    assert "Nothing was added." in screen.banner.sentence()
    assert held(desk) == before
    assert desk.notices == []
    assert not screen.door.arrivals.under_way


def test_what_comes_in_meanwhile_is_next(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    first, second = files(tmp_path / "post", 2)
    desk.worker.holding = True
    screen.take_in(files_as_sources((first,)))
    screen.take_in(files_as_sources((second,)))
    assert [values["path"] for values in screen.door.arrivals.draft()] == [str(first), str(second)]
    desk.worker.let_go()
    desk.rest()
    assert held(desk) == before + 2
    assert screen.door.arrivals.draft() == []


def test_a_folder_and_a_mailbox_stand_for_the_letters_in_them(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    files(tmp_path / "post", 2)
    (tmp_path / "post" / "notes.docx").write_bytes(b"PK\x03\x04")
    box = tmp_path / "Inbox.mbox"
    box.write_bytes(b"".join(b"From x Mon\n" + letter(number) + b"\n" for number in (7, 8, 9)))
    empty = tmp_path / "holiday"
    empty.mkdir()
    drop(desk, mime_of(tmp_path / "post", box, empty))
    assert held(desk) == before + 5
    titles = [row.title for row in screen.pane.report.list.rows()]
    assert titles == ["holiday", "01.eml", "02.eml"] + [f"Inbox.mbox, letter {n}" for n in (1, 2, 3)]
    assert "no letters in this folder" in screen.banner.sentence()


def test_far_too_many_are_refused_before_one_is_read(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(MOST + 1):
        (folder / f"{number}.eml").touch()
    drop(desk, mime_of(folder))
    assert f"{MOST} can be taken in at once" in screen.banner.sentence()
    assert held(desk) == before
    assert not screen.door.arrivals.under_way


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("form.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        ("answers.tsv", b"Name\tE-mail\nKim\tk@example.org\n", "table"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99, "picture"),
        ("Kim.vcf", b"BEGIN:VCARD\n", "contact card"),
        ("talk.ics", b"BEGIN:VCALENDAR\n", "calendar entry"),
    ],
)
def test_what_is_no_letter_gets_one_sentence_that_says_what_to_do(
    desk: Bench, tmp_path: Path, name: str, raw: bytes, said: str
) -> None:
    screen, before = screen_of(desk), held(desk)
    (tmp_path / name).write_bytes(raw)
    drop(desk, mime_of(tmp_path / name))
    assert screen.banner.sentence().startswith(f"{name}: This is a {said}")
    assert screen.banner._hint.words()
    assert held(desk) == before
    assert not screen.pane.report.isVisible()


def test_a_volunteer_form_by_itself_goes_to_its_own_page(desk: Bench, tmp_path: Path) -> None:
    form = tmp_path / "Volunteers 2026.XLSX"
    form.write_bytes(b"PK\x03\x04xl/workbook.xml")
    screen = drop(desk, mime_of(form))
    assert desk.went == [("supporters", FORM_PLACE, str(form))]
    assert not screen.banner.isVisible()
    drop(desk, mime_of(form, *files(tmp_path / "post", 1)))
    assert len(desk.went) == 1
    assert "If it is a volunteer form" in screen.banner.sentence()


def test_words_of_another_program_are_a_letter_but_not_words_of_this_one(desk: Bench) -> None:
    screen, before = screen_of(desk), held(desk)
    mime = QMimeData()
    mime.setText("Dear team,\nI am deaf and start ST1 in August.\nKim")
    drop(desk, mime)
    assert held(desk) == before + 1
    assert desk.services.desk.snapshot.enquiries[screen.reference].channel == "pasted"


def test_mail_programs_that_hand_over_no_words_are_answered() -> None:
    named, link, picture, web = QMimeData(), QMimeData(), QMimeData(), QMimeData()
    named.setData("text/x-moz-message", b"mailbox-message://x")
    link.setUrls([QUrl("imap-message://kim@example.org/INBOX#7")])
    web.setUrls([QUrl("https://example.org/a")])
    web.setText("https://example.org/a")
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture.setImageData(image)
    for mime, what in (
        (named, "only its name"),
        (link, "only its name"),
        (web, "link"),
        (picture, "picture"),
    ):
        (source,) = sources_in(mime)
        assert source.refusal is not None
        assert what in source.refusal.what
        assert source.refusal.hint


def test_words_that_hold_a_link_are_words() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a")])
    mime.setText("Hello, I read https://example.org/a and would like to talk.")
    (source,) = sources_in(mime)
    assert source.text is not None
    assert sources_in(QMimeData()) == ()


def test_what_is_under_way_can_be_kept_and_read_again(tmp_path: Path) -> None:
    (one,) = files(tmp_path / "post", 1)
    sources = (Source("x", raw=b"\xff\x00"), Source("y", text="words 🙂"), *files_as_sources((one, one)))
    assert len(sources) == 3
    assert from_values(as_values(sources)) == sources
    assert unfolded(sources) == sources


def test_a_row_of_what_was_undone_leads_nowhere(desk: Bench, tmp_path: Path) -> None:
    screen, before = screen_of(desk), held(desk)
    done: list[Done] = []
    screen.did.connect(done.append)
    screen.take_in(files_as_sources(files(tmp_path / "post", 2)))
    desk.rest()
    screen.refresh(desk.services.upkeep.undo(done[0]).touched)
    desk.rest()
    QTest.keyClick(screen.pane.report.list, Qt.Key.Key_Return)
    desk.rest()
    assert held(desk) == before
    assert screen.reference in desk.services.desk.snapshot.enquiries


def test_nothing_is_taken_in_where_nothing_may_be_written(desk: Bench, theme: Theme, tmp_path: Path) -> None:
    (one,) = files(tmp_path / "post", 1)
    assert screen_of(desk).door.can_take(mime_of(one))
    theme.read_only.set_reason("This is a backup.")
    assert not screen_of(desk).door.can_take(mime_of(one))
