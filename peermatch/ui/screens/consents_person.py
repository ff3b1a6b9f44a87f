"""One person of the consent workbench: their letter, what they answered, the files, and what they had agreed to."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.consent import ConsentRecord
from peermatch.model.evidence import Evidence
from peermatch.model.proof import Proof
from peermatch.services.consent import Withdrawal
from peermatch.services.evidence import read_attachment
from peermatch.services.introductions import LetterDraft
from peermatch.services.office import Services
from peermatch.services.replies import Reply
from peermatch.ui.choosers import Choosers
from peermatch.ui.printing import page_of
from peermatch.ui.screens.consents_evidence import EvidenceCard
from peermatch.ui.screens.consents_letter import LetterCard
from peermatch.ui.screens.consents_proof import ProofCard
from peermatch.ui.screens.consents_reply import ReplyForm
from peermatch.ui.screens.consents_words import Listed, points_words, step_words
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import NAME, SMALL, Text
from peermatch.words import in_words, tr

PLAIN = tr("The file is not encrypted. Hand it over safely, and delete it afterwards.")


class AskedPerson(BuiltLate, QWidget):
    """``did``: a command was committed, ``letter_sent`` before it that it was the letter's.

    ``record_wanted`` and ``withdraw_wanted`` bring the id; ``see`` a part.
    """

    did = Signal(Done)
    letter_sent = Signal()
    record_wanted = Signal(str)
    withdraw_wanted = Signal(str)
    see = Signal(QWidget)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        super().__init__()
        self._services, self._tasks, self._theme, self._choosers = services, tasks, theme, choosers
        self.listed: Listed | None = None
        self._acts: tuple[ConsentRecord, ...] = ()

    def _build(self) -> None:
        theme = self._theme
        self._name = CoveredLabel(theme, "", NAME, wrap=False)
        self._about = Text(theme, "", SMALL)
        self.record = Button(theme, tr("Open the record"))
        self.withdraw = Button(theme, tr("Withdraw everything …"), note=tr("You see first what follows"))
        self.banner = Banner(theme, "error", "")
        self.letter = LetterCard(theme)
        self.reply = ReplyForm(theme, self._today)
        self.evidence = EvidenceCard(theme)
        self.proof = ProofCard(theme, self._today)
        column = Column(theme, self, spacing=16, margins=(26, 20, 26, 20))
        for part in (self._head(), self.banner, self.letter, self.reply, self.evidence, self.proof):
            column.addWidget(part)
        column.addStretch(1)
        self.banner.hide()
        self._connect()

    def _head(self) -> QWidget:
        who = QWidget()
        words = Column(self._theme, who, spacing=2)
        words.addWidget(self._name)
        words.addWidget(self._about)
        return Spread(self._theme, who, Flow(self._theme, (self.withdraw, self.record), gap=10))

    def _connect(self) -> None:
        self.record.clicked.connect(self._ask_record)
        self.withdraw.clicked.connect(self._ask_withdraw)
        self.letter.wanted.connect(self._read_letter)
        self.letter.sent.connect(self._mark_sent)
        self.reply.wanted.connect(self._answer)
        self.reply.file_wanted.connect(self._choose_for_reply)
        self.evidence.attach_wanted.connect(self._choose_file)
        self.evidence.copy_wanted.connect(self._save_copy)
        self.evidence.remove_wanted.connect(self._remove)
        self.proof.wanted.connect(self._prove)
        self.proof.print_wanted.connect(self._print)
        self.proof.save_wanted.connect(self._save_proof)

    @property
    def id(self) -> str:
        """Who is shown; empty for nobody."""
        return self.listed.id if self.listed is not None else ""

    def show_person(self, listed: Listed, wording: str) -> None:
        """Show somebody as they stand now; what is marked on their answers stays."""
        picture, on = self._services.desk.snapshot, self._today()
        if self.id != listed.person.id:
            self.banner.hide()
            self.letter.put_away()
            self.evidence.forget()
            self.proof.begin()
            self._acts = listed.person.consents
        elif self._acts != listed.person.consents:  # what is proved says it as it is now
            self._acts = listed.person.consents
            if self.proof.proof is not None:
                self._prove(self.proof.proof.day)
        self.listed = listed
        self._name.set_name(listed.person.name)
        said = (listed.person.id, points_words(listed.points), step_words(listed, on))
        self._about.set_text(" · ".join(each for each in said if each))
        self.letter.show_person(listed, on)
        self.reply.show_person(picture, listed, on, wording)
        self._read_files()

    def forget(self) -> None:
        """Nothing about anybody stays on a page that is not looked at."""
        self._acts = ()
        if self.standing:
            self.letter.put_away()
            self.proof.forget()

    # The letter.

    @Slot()
    def _read_letter(self) -> None:
        work = partial(self._services.campaigns.letter, self.id, self._services.desk.today)
        self._tasks.run(self, work, partial(self._show_letter, self.id), self.failed)

    def _show_letter(self, id: str, draft: LetterDraft) -> None:
        if self.listed is not None and id == self.id:
            self.letter.show_letter(draft, self._theme.cover.shown(self.listed.person.first_name))

    @Slot()
    def _mark_sent(self) -> None:
        work = partial(self._services.campaigns.mark_sent, self.id, self._services.desk.today)
        self._tasks.run(self, work, self._sent, self.failed)

    def _sent(self, done: Done) -> None:
        self.letter_sent.emit()
        self._done(done)

    # The answers.

    @Slot(object)
    def _answer(self, reply: Reply) -> None:
        self._tasks.run(self, partial(self._services.consent.answer, reply), self._answered, self.failed)

    def _answered(self, followed: Withdrawal) -> None:
        self.reply.forget()
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)  # beside what is said; the form may go
        self._done(followed.done)
        stopped = ", ".join(each.enquiry for each in followed.stopped)
        told = ", ".join(each.letter.enquiry for each in followed.letters)
        hint = [tr("Stopped: {stopped}.").format(stopped=stopped) if stopped else ""]
        hint += [tr("Letters wait for those who hold a card: {told}.").format(told=told) if told else ""]
        self._say(followed.done.notice, " ".join(each for each in hint if each))
        self.see.emit(self._name)  # right above what was said

    @Slot()
    def _choose_for_reply(self) -> None:
        path = self._choosers.file(self)
        if path is not None:
            self._tasks.run(self, partial(read_attachment, path), self.reply.set_attachment, self.failed)

    # The proof.

    @Slot()
    def _choose_file(self) -> None:
        path = self._choosers.file(self)
        if path is not None and self.id:
            work = partial(_attached, self._services, self.id, path)
            self._tasks.run(self, work, self._done, self.failed)

    def _read_files(self) -> None:
        work = partial(self._services.evidence.of, self.id)
        self._tasks.run(self, work, partial(self._show_files, self.id), self.failed)

    def _show_files(self, id: str, files: tuple[Evidence, ...]) -> None:
        if id == self.id:
            self.evidence.show_files(files, self._services.desk.today)

    @Slot(int)
    def _save_copy(self, number: int) -> None:
        held = next((e for e in self.evidence.held() if e.number == number), None)
        if held is None:
            return
        path = self._choosers.place(self, Path.home() / f"{held.id}.{held.kind}")
        if path is not None:
            work = partial(self._services.evidence.save_copy, number, path)
            self._tasks.run(self, work, self._saved, self.failed)

    @Slot(int)
    def _remove(self, number: int) -> None:
        self._tasks.run(self, partial(self._services.evidence.remove, number), self._removed, self.failed)

    def _removed(self, done: Done) -> None:
        self._done(done)
        self.evidence.attach.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _prove(self, day: date) -> None:
        work = partial(self._services.proofs.of, self.id, day)
        self._tasks.run(self, work, self._show_proof, self.failed)

    def _show_proof(self, proof: Proof) -> None:
        if proof.supporter == self.id:
            self.proof.show_proof(proof, self._services.desk.snapshot)

    @Slot(object)
    def _print(self, proof: Proof) -> None:
        """The page first, the journal's line once it was sent to a printer."""
        title = tr("Record of consent, {supporter}").format(supporter=proof.supporter)
        head = tr("{title}, on {day}").format(title=title, day=in_words(proof.day))
        page = page_of(self._services.proofs.page(proof), title, head)
        try:
            sent = self._choosers.printed(self, page)
        except PeerMatchError as error:
            self.failed(error)
            return
        if sent:
            self._tasks.run(self, partial(self._services.proofs.printed, proof), self._printed, self.failed)

    def _printed(self, _page: str) -> None:
        self._say(tr("The page was sent to the printer."), "")

    @Slot(object)
    def _save_proof(self, proof: Proof) -> None:
        offered = Path.home() / f"consent-{proof.supporter}-{proof.day.isoformat()}.html"
        path = self._choosers.place(self, offered)
        if path is not None:
            work = partial(self._services.proofs.save, proof, path)
            self._tasks.run(self, work, self._saved, self.failed)

    def _saved(self, path: Path) -> None:
        self._say(tr("Saved as {name}.").format(name=path.name), PLAIN)

    # What all have in common.

    def _today(self) -> date:
        """The day by the clock: a window may stay open over midnight."""
        return self._services.desk.today

    def _done(self, done: Done) -> None:
        self.banner.hide()
        self.did.emit(done)

    def _say(self, what: str, hint: str) -> None:
        self.banner.show_message("success", what, hint)
        self.see.emit(self.banner)

    def failed(self, error: PeerMatchError) -> None:
        """Say it above everything."""
        self.banner.show_message("error", error.what, error.hint)
        self.see.emit(self.banner)

    @Slot()
    def _ask_record(self) -> None:
        self.record_wanted.emit(self.id)

    @Slot()
    def _ask_withdraw(self) -> None:
        self.withdraw_wanted.emit(self.id)


def _attached(services: Services, supporter: str, path: Path) -> Done:
    """On the worker."""
    return services.evidence.attach(supporter, read_attachment(path), services.desk.today)
