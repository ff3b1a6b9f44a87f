"""The consent workbench on the sample network: lists with counts, a campaign by keys, answers, files and proof."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.consent import Method, Purpose, Standing
from peermatch.ui.choosers import Choosers
from peermatch.ui.read_only import VIEWED
from peermatch.ui.screens.chip_row import ChipRow
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.consents_answers import CHANGE, NO, YES, AnswerLine
from peermatch.ui.screens.consents_evidence import EvidenceCard, EvidenceLine
from peermatch.ui.screens.consents_person import AskedPerson
from peermatch.ui.screens.consents_words import ANSWERED, NEVER, TO_SEND, WAITING, WITHDRAW
from peermatch.ui.theme import Scheme, Theme, apply_theme
from peermatch.ui.widgets.chip import ChipButton
from peermatch.ui.widgets.covered import CoveredLabel
from tests.ui.conftest import RESOURCES
from tests.ui.readable import problems
from tests.ui.real_networks import wait_until
from tests.ui.sample_office import Bench, bench

AMINA = "S-0001"


class Chosen:
    """What a person would choose in the system's own windows."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.place: Path | None = None
        self.pages: list[str] = []

    def choosers(self) -> Choosers:
        return Choosers(file=self._file, place=self._place, printed=self._printed)

    def _file(self, _parent: QWidget) -> Path | None:
        return self.file

    def _place(self, _parent: QWidget, offered: Path) -> Path | None:
        return self.place / offered.name if self.place else None

    def _printed(self, _parent: QWidget, page: QTextDocument) -> bool:
        self.pages.append(f"{getattr(page, 'head', '')}\n{page.toPlainText()}")
        return True


@pytest.fixture
def chosen(tmp_path: Path) -> Chosen:
    made = Chosen()
    made.place = tmp_path
    return made


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, chosen: Chosen) -> Iterator[Bench]:
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme, choosers=chosen.choosers())) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def screen_of(desk: Bench) -> ConsentsScreen:
    assert isinstance(desk.screen, ConsentsScreen)
    return desk.screen


def press(desk: Bench, button: QAbstractButton) -> None:
    """As a person presses it: only where it can be pressed."""
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()


def keys_of(row: ChipRow) -> tuple[str, ...]:
    """What its chips stand for."""
    return row.keys()


def chip_of(row: ChipRow, key: str) -> ChipButton:
    chip = row.chip(key)
    assert chip is not None
    return chip


def only_file(card: EvidenceCard) -> EvidenceLine:
    (line,) = card.lines.parts().values()
    assert isinstance(line, EvidenceLine)
    return line


def told(part: QWidget) -> str:
    """All words on a part that can be seen."""
    return " ".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())


def name_in(person: AskedPerson) -> CoveredLabel:
    """The name above what is known of somebody."""
    return person.findChildren(CoveredLabel)[0]


def begin(desk: Bench) -> ConsentsScreen:
    """A campaign, begun as a person does, and back to the people."""
    screen = screen_of(desk)
    screen.open_at("campaign")
    desk.rest()
    press(desk, screen.campaign.form.confirm)
    return screen


def answer(line: AnswerLine, taken: str) -> None:
    """By arrow keys, as a person without a mouse."""
    keys = [segment.accessibleName() for segment in line.answer.segments()]
    place = {YES: "Yes", NO: "No", CHANGE: "Change"}[taken]
    line.answer.segments()[0].setFocus()
    for _ in range(keys.index(place)):
        QTest.keyClick(line.window().focusWidget(), Qt.Key.Key_Right)
    assert line.answer.current() == taken


def test_the_list_says_who_must_be_asked_and_narrows_to_a_heading(desk: Bench, theme: Theme) -> None:
    screen = screen_of(desk)
    people = screen.people.list
    assert screen.count() == str(len(people.everyone)) == "13"
    assert screen.top_items().action == "Ask everybody again"
    rows = people.view.rows()
    assert (rows[0].title, rows[0].summary, rows[0].chip) == (
        "Amina Rahman",
        "1 ended · 1 never asked",
        "ended",
    )
    assert all(row.covered for row in rows)
    counted = {
        key: sum(1 for each in people.everyone.values() if key in each.facets)
        for key in keys_of(people.chips)
    }
    for key, count in counted.items():
        assert chip_of(people.chips, key).words().endswith(f"· {count}")
    people.narrow(NEVER)
    assert len(people.view.rows()) == counted[NEVER]
    people.search.setFocus()
    QTest.keyClicks(people.search, "nobody of that name")
    assert people.view.rows() == ()
    QTest.keyClick(people.search, Qt.Key.Key_Escape)
    people.narrow("")
    assert len(people.view.rows()) == 13
    screen.people.person.record.click()
    screen.people.person.withdraw.click()
    assert desk.went == [("supporters", "", AMINA), ("supporters", WITHDRAW, AMINA)]
    nothing_can_be_written(begin(desk), theme)


def nothing_can_be_written(screen: ConsentsScreen, theme: Theme) -> None:
    """Where a backup is only looked at, each press that would write says so."""
    person = screen.people.person
    theme.read_only.set_reason(VIEWED)
    writers = (
        person.letter.sent_button,
        person.reply.save,
        person.reply.attach,
        person.evidence.attach,
        person.proof.print_button,
        person.proof.save_button,
        screen.campaign.close_button,
        screen.wordings.new,
    )
    assert [each.isEnabled() for each in writers] == [False] * len(writers)
    assert {each.accessibleDescription() for each in writers} == {VIEWED}
    theme.read_only.set_reason("")


def test_nothing_withdrawn_comes_up_and_the_cover_hides_names(desk: Bench, theme: Theme) -> None:
    screen, services = screen_of(desk), desk.services
    label = services.desk.snapshot.reference.vocabulary.label("mind.depression")
    assert label in [line.question.title for line in screen.people.person.reply.lines.lines]
    screen.did.emit(
        services.consent.withdraw(AMINA, Purpose.MATCH, "mind.depression", services.desk.today).done
    )
    desk.rest()
    assert label not in [line.question.title for line in screen.people.person.reply.lines.lines]
    begin(desk)
    screen.open_at(supporter=AMINA)
    press(desk, screen.people.person.letter.show_button)
    sheet = screen.people.person.letter.sheet
    assert "Hello Amina" in sheet.letter.toPlainText()
    assert label not in sheet.letter.toPlainText()
    theme.cover.toggle()
    assert "Amina" not in sheet.letter.toPlainText()
    model = screen.people.list.view.model()
    assert not any("Amina" in str(model.data(model.index(row, 0))) for row in range(model.rowCount()))
    theme.cover.toggle()
    screen.leave()
    assert sheet.letter.toPlainText() == ""


def test_a_campaign_from_the_letter_to_the_last_answer(desk: Bench, tmp_path: Path, chosen: Chosen) -> None:
    screen = begin(desk)
    assert desk.notices == ["13 letters ready. Nothing was sent yet."]
    assert screen.campaign.words.words().startswith("0 of 13 people have answered everything")
    press(desk, chip_of(screen.campaign.steps, TO_SEND))
    person = screen.people.person
    assert (screen.page, screen.people.list.facet, person.id) == ("people", TO_SEND, AMINA)
    press(desk, person.letter.sent_button)
    assert not person.letter.sent_button.isVisible()
    lines = {line.question.name: line for line in person.reply.lines.lines}
    assert all(line.answer.current() == "open" for line in lines.values())
    answer(lines["mind.depression"], YES)
    desk.page.resize(desk.page.width(), 480)
    desk.rest()
    press(desk, person.reply.save)
    assert desk.notices[-2:] == ["Noted: the letter to Amina was sent.", "Recorded for Amina: 1 yes, 0 no."]
    assert not name_in(person).visibleRegion().isEmpty(), "it can be seen whose answers these were"
    assert not person.banner.visibleRegion().isEmpty()
    assert (screen.people.list.facet, person.id) == (TO_SEND, AMINA)
    (left,) = person.reply.lines.lines
    assert left.question.name == "background.first-in-family"
    answer(left, CHANGE)
    left.ticks[Purpose.COUNT].setChecked(True)
    form = tmp_path / "reply.eml"
    form.write_bytes(b"yes, you may count it")
    chosen.file = form
    press(desk, person.reply.attach)
    person.reply.method.set_current(Method.SPOKEN.value)
    press(desk, person.reply.save)
    picture = desk.services.desk.snapshot
    gate = picture.gate(picture.supporters[AMINA], desk.services.desk.today)
    first = "background.first-in-family"
    assert gate.ruling(Purpose.MATCH, "mind.depression").standing is Standing.VALID
    assert gate.ruling(Purpose.COUNT, first).standing is Standing.VALID
    assert gate.ruling(Purpose.MATCH, first).standing is Standing.WITHDRAWN
    record = picture.supporters[AMINA].consents[-1]
    (kept,) = person.evidence.held()
    assert (kept.name, record.evidence, record.method) == ("reply.eml", kept.id, Method.SPOKEN)
    assert person.reply.lines.lines == ()
    screen.open_at("campaign")
    desk.rest()
    assert screen.campaign.words.words().startswith("1 of 13 people has answered everything, 0 answers")
    assert ANSWERED in keys_of(screen.campaign.steps)
    assert WAITING not in keys_of(screen.campaign.steps)
    assert screen.top_items().note == "campaign: 1 of 13 answered"
    press(desk, screen.campaign.close_button)
    press(desk, screen.campaign.sure)
    assert screen.bench.progress is None
    assert [each.closed for each in screen.bench.past] == [desk.services.desk.today]
    assert problems(desk.page) == []


def test_what_cannot_be_meant_is_said_beside_it(desk: Bench) -> None:
    screen = screen_of(desk)
    reply = screen.people.person.reply
    press(desk, reply.save)
    assert reply._error.words() == "Mark what they answered first."
    answer(reply.lines.lines[0], YES)
    for typed, fault in (("tomorrow", "Write the day like 3 Mar 2027."), ("3 Mar 2020", "after today")):
        reply.until.setText(typed)
        press(desk, reply.save)
        assert fault in reply._until.error()
    QTest.keyClick(reply.until, Qt.Key.Key_Escape)
    reply.until.set_day(None)
    press(desk, reply.save)
    assert desk.services.consent.records(AMINA)[-1].expires is None
    screen.open_at("campaign")
    form = screen.campaign.form
    for typed, fault in (
        ("", "Write the day"),
        ("3 Mar 2020", "Choose a day from"),
        ("3 Mar 2029", "Choose a day"),
    ):
        form.until.setText(typed)
        form.answer_by.setText("3 Mar 2020")
        press(desk, form.confirm)
        assert fault in form.fields["until"].error()
        assert "after today" in form.fields["answer_by"].error()
    assert screen.bench.progress is None


def test_files_are_attached_copied_and_taken_away_and_a_day_is_proved(
    desk: Bench, tmp_path: Path, chosen: Chosen
) -> None:
    person = screen_of(desk).people.person
    bad = tmp_path / "run.exe"
    bad.write_bytes(b"MZ")
    chosen.file = bad
    press(desk, person.evidence.attach)
    assert "cannot be attached" in told(person.banner)
    good = tmp_path / "form.pdf"
    good.write_bytes(b"%PDF yes")
    chosen.file = good
    press(desk, person.evidence.attach)
    line = only_file(person.evidence)
    assert person.evidence.held()[0].name == "form.pdf"
    press(desk, line.copy)
    (copy,) = tmp_path.glob("V-*.pdf")
    assert copy.read_bytes() == b"%PDF yes"
    line = only_file(person.evidence)
    press(desk, line.remove)
    press(desk, line.keep)
    assert person.evidence.held() != ()
    press(desk, line.remove)
    press(desk, line.sure)
    assert person.evidence.held() == ()
    assert desk.services.evidence.of(AMINA) == ()
    card = person.proof
    for typed, fault in (("", "Write the day"), ("3 Mar 2030", "has not come yet")):
        card.day.setText(typed)
        press(desk, card.show_button)
        assert fault in card.field.error()
    card.day.setText("3 Mar 2026")
    QTest.keyClick(card.day, Qt.Key.Key_Return)
    desk.rest()
    assert card.proof is not None
    assert [(e.purpose, e.characteristic) for e in card.proof.agreed] == [
        (Purpose.MATCH, "neuro.adhd"),
        (Purpose.MATCH, "mind.depression"),
    ]
    press(desk, card.print_button)
    assert "What S-0001 had agreed to on 3 March 2026" in chosen.pages[0]
    assert chosen.pages[0].startswith("Record of consent, S-0001, on 3 March 2026\n")
    press(desk, card.save_button)
    assert "agreed to on 3 March 2026" in (tmp_path / "consent-S-0001-2026-03-03.html").read_text("utf-8")
    assert desk.actions(AMINA)[:2] == ["consent-proof", "consent-proof"]
    assert problems(desk.page) == []
    QTest.keyClick(card.hide_button, Qt.Key.Key_Escape)
    assert card.proof is None


def test_a_wording_is_written_once_and_what_is_half_done_is_kept(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at("wordings")
    page = screen.wordings
    before = len(page.lines.parts())
    press(desk, page.new)
    assert page.form.id.text() == "2026-3"
    QTest.keyClicks(page.form.text, "I agree, and I can take it back.")
    assert page.form.remarks.words() == "It does not name The Example Deanery, who decides about the data."
    kept = screen.draft()
    page.form.close_up()
    assert screen.take_draft(kept)
    assert page.form.text.toPlainText() == "I agree, and I can take it back."
    page.form.id.setText("2026-1")
    press(desk, page.form.confirm)
    assert "already" in page.form.fields["id"].error()
    page.form.id.setText("2026-3")
    press(desk, page.form.confirm)
    assert len(page.lines.parts()) == before + 1
    assert desk.services.desk.snapshot.wordings[-1].id == "2026-3"
    screen.open_at("people")
    desk.rest()
    reply = screen.people.person.reply
    answer(reply.lines.lines[0], CHANGE)
    reply.lines.lines[0].ticks[Purpose.SHARE].setChecked(True)
    reply.evidence.setText("her call of today")
    kept = screen.draft()
    reply.forget()
    assert screen.draft() == {}
    assert screen.take_draft(kept)
    assert screen.draft() == kept
    screen.people.open_person("S-0002")
    assert screen.draft() == {}


@pytest.mark.parametrize(
    ("scheme", "scale", "size"), [(Scheme.LIGHT, 100, (1232, 844)), (Scheme.DARK, 150, (792, 644))]
)
def test_each_page_is_whole_in_each_look(
    scheme: Scheme, scale: int, size: tuple[int, int], qapp: object, tmp_path: Path
) -> None:
    theme = apply_theme(qapp, RESOURCES, scheme, scale)  # type: ignore[arg-type]  # the application
    with bench(tmp_path, lambda s, t: ConsentsScreen(s, t, theme)) as desk:
        desk.page.resize(*size)
        screen = screen_of(desk)
        for page in ("people", "campaign", "wordings"):
            screen.open_at(page)
            desk.rest()
            wait_until(lambda: problems(desk.page) == [])  # a long text is laid out more than once
        begin(desk)
        assert problems(desk.page) == []
        screen.open_at(supporter=AMINA)
        desk.rest()
        screen.people.person.letter.show_button.click()
        screen.people.person.reply.lines.lines[0].answer.segments()[3].click()
        desk.rest()
        assert problems(desk.page) == []
