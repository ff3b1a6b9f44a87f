"""Paper: a card that is printed is a hand-over like any other; the sheet and the proof print as they are shown."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from peermatch.errors import SystemRefused
from peermatch.model.consent import Purpose
from peermatch.model.introduction import State
from peermatch.services.office import Services
from peermatch.ui.printing import page_of, put_on_paper
from peermatch.ui.screens.recovery_sheet import sheet_page
from tests.ui.introduction_office import AGREED, DAY, Ways, at, printed_words, printer_to, state
from tests.ui.sample_office import Bench


def test_printing_is_a_hand_over_and_the_paper_says_what_the_card_says(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    screen.pane.card.print.click()
    desk.rest()
    assert state(desk, AGREED) is State.INTRODUCED
    assert screen.banner.kind == "success"
    assert "trainee of E-0137 and to nobody else" in screen.banner.sentence()
    said = printed_words(ways.paper)
    person = desk.services.desk.snapshot.supporter(AGREED[1])
    assert "Lucy" in said
    assert str(person.email) in said.replace(" ", "")
    assert "Entwistle" not in said
    labels = [desk.services.desk.snapshot.reference.vocabulary.label(c) for c in person.characteristics]
    assert not [label for label in labels if label in said]
    entry = desk.services.upkeep.journal(about=AGREED[0])[0]
    assert (entry.action, entry.detail.partition("; ")[2]) == ("card", "paper")
    assert ways.folder is not None
    assert not ways.folder.exists()
    assert ways.opened == []


def test_no_printer_chosen_means_no_hand_over(desk: Bench, ways: Ways) -> None:
    ways.prints = False
    screen = at(desk, AGREED)
    screen.pane.card.print.click()
    desk.rest()
    assert state(desk, AGREED) is State.AGREED
    assert screen.pane.card.isEnabled()
    assert not ways.paper.exists()


def test_consent_that_is_withdrawn_meanwhile_stops_the_paper(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    desk.services.consent.withdraw(AGREED[1], Purpose.CONTACT_PHONE, None, DAY)
    screen.pane.card.print.click()
    desk.rest()
    assert screen.banner.kind == "error"
    assert state(desk, AGREED) is State.AGREED
    assert not ways.paper.exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_said_and_the_hand_over_stands(desk: Bench, ways: Ways) -> None:
    ways.paper = ways.paper.parent / "no such folder" / "paper.pdf"
    screen = at(desk, AGREED)
    screen.pane.card.print.click()
    desk.rest()
    assert state(desk, AGREED) is State.INTRODUCED
    assert "the printer did not take the card" in screen.banner.sentence()
    assert "show the card again" in screen.banner.sentence()


def test_the_recovery_sheet_prints_every_group(qapp: QApplication, tmp_path: Path) -> None:
    groups = tuple(f"{letter}{letter}2{letter}" for letter in "ABCDEFGHJKMNPQ")
    put_on_paper(printer_to(tmp_path / "sheet.pdf"), sheet_page("North & West", groups))
    said = printed_words(tmp_path / "sheet.pdf")
    assert "North & West" in said
    assert all(group in said for group in groups)


def test_a_proof_of_consent_prints_as_it_is_saved(look: Bench, kept: Services, tmp_path: Path) -> None:
    proof = kept.proofs.of("S-0048", DAY)
    page = page_of(kept.proofs.page(proof), "Record of consent, S-0048")
    put_on_paper(printer_to(tmp_path / "proof.pdf"), page)
    said = printed_words(tmp_path / "proof.pdf")
    assert "20 November 2026" in said
    assert all(line.record.wording in said for line in proof.lines)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_page_fetches_nothing_and_a_printer_that_fails_is_a_sentence(
    qapp: QApplication, tmp_path: Path
) -> None:
    seen = tmp_path / "pixel.svg"
    seen.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>leak</text></svg>", encoding="utf-8")
    page = page_of(f"<p>Words</p><img src='{seen.as_uri()}'>", "PM-TEST")
    put_on_paper(printer_to(tmp_path / "page.pdf"), page)
    assert printed_words(tmp_path / "page.pdf").startswith("Words")
    broken: QPrinter = printer_to(tmp_path / "nowhere" / "page.pdf")
    with pytest.raises(SystemRefused, match="did not take"):
        put_on_paper(broken, page)
