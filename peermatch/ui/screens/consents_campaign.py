"""The page on the campaign: begin one, see how far it has come, go to those who wait, add people, close it."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.campaigns import Reach
from peermatch.services.office import Services
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.consents_begin import Begin, BeginForm
from peermatch.ui.screens.consents_read import Bench
from peermatch.ui.screens.consents_words import ANSWERED, TO_SEND, WAITING, progress_words
from peermatch.ui.screens.duties_page import DutyPage
from peermatch.ui.screens.emptied import empty
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import Meter
from peermatch.ui.widgets.text import HEADING, SMALL, SectionLabel, Text
from peermatch.words import count_of, in_words, short, tr

TITLE = tr("Asking everybody again")
INTRO = tr(
    "A campaign writes one letter each for all whose consent ends, has ended or was never asked for. You send them "
    "from your own mailbox, and record the answers as they come, line by line. It can be left and taken up any day."
)
OVERDUE = tr("That day is over: open each who has not answered, and send their letter once more.")
SURE = tr(
    "What was not answered ends on its own day; nothing else happens. Letters and answers stay on record."
)


class CampaignPage(DutyPage):
    """``list_wanted`` brings a heading of the list of people."""

    list_wanted = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme, TITLE, INTRO)
        self._bench = Bench()
        self._stepped = False
        self.form = BeginForm(theme, services.desk)
        self.card = Card(theme, margins=(20, 16, 20, 18), spacing=10)
        self._title = Text(theme, "", HEADING)
        self._about = Text(theme, "", SMALL)
        self.meter = Meter(theme)
        self.words = Text(theme, "")
        self.steps = ChipRow(theme)
        self.add_button = Button(theme, "", small=True, icon="user-plus")
        self.close_button = Button(theme, tr("Close the campaign …"), kind="quiet", small=True)
        self.sure = Button(theme, tr("Close the campaign"), kind="danger", small=True)
        self.keep = Button(theme, tr("Go on with it"), small=True)
        theme.read_only.bar(self.add_button, self.close_button, self.sure)
        self._asked = QWidget()
        self._past = QWidget()
        self._lines = Column(theme, self._past, spacing=6)
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        asked = Column(theme, self._asked, spacing=6)
        asked.addWidget(Text(theme, SURE, SMALL))
        asked.addWidget(Flow(theme, (self.sure, self.keep), gap=8))
        self._asked.hide()
        for part in (
            self._title,
            self._about,
            self.meter,
            self.words,
            self.steps,
            Flow(theme, (self.add_button, self.close_button), gap=8),
            self._asked,
        ):
            self.card.body.addWidget(part)
        self.add(self.form, self.card, self._past)
        self.body.addStretch(1)
        self.card.hide()

    def _connect(self) -> None:
        self.form.wanted.connect(self._begin)
        self.form.reach_changed.connect(self._count_reach)
        self.steps.pressed.connect(self.list_wanted)
        self.add_button.clicked.connect(self._add)
        self.close_button.clicked.connect(self._ask_close)
        self.sure.clicked.connect(self._close)
        self.keep.clicked.connect(self._keep)

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        first: QWidget = self.form.until if self._bench.progress is None else self.close_button
        chips = self.steps.widgets()
        (chips[0] if chips and self._bench.progress else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """How many it would be is counted for somebody who looks."""
        super().showEvent(event)
        self._count_reach()

    def show_bench(self, bench: Bench) -> None:
        """How it stands; what is typed into the form stays."""
        before, self._bench = self._bench, bench
        running = bench.progress is not None
        if not running and (self.form.isHidden() or before.wordings != bench.wordings):
            self.form.open_for(bench)
        self.form.setVisible(not running)
        self.card.setVisible(running)
        self._show_progress()
        self._show_past()
        if self._stepped and self.isVisible():  # what was pressed is gone: go on with what comes next
            self.take_focus()
        self._stepped = False

    def _show_progress(self) -> None:
        progress = self._bench.progress
        if progress is None:
            self._asked.hide()
            return
        campaign, people = progress.campaign, len(progress.people)
        self._title.set_text(tr("The campaign of {in_words}").format(in_words=in_words(campaign.begun)))
        said = tr(
            "It asks for what ends by {in_words}, under the wording {wording}. People were asked to "
            "answer by {in_words_2}."
        ).format(
            in_words=in_words(campaign.until),
            wording=campaign.wording,
            in_words_2=in_words(campaign.answer_by),
        )
        late = progress.waiting and self.services.desk.today > campaign.answer_by
        self._about.set_text(f"{said} {OVERDUE}" if late else said)
        share = len(progress.answered) / people if people else 1.0
        self.meter.set_share(share, "good" if share == 1.0 else "brand")
        self.words.set_text(progress_words(progress))
        counted = (
            (TO_SEND, progress.to_send, tr("to send")),
            (WAITING, progress.waiting, tr("no answer yet")),
        )
        named = (*counted, (ANSWERED, progress.answered, "answered"))
        self.steps.set_chips([ChipSpec(k, f"{w} · {len(ids)}", "suggested") for k, ids, w in named if ids])
        more = len(progress.more)
        self.add_button.set_text(
            tr("Add {count_of} who came due since").format(count_of=count_of(more, "person", "people"))
        )
        self.add_button.setVisible(bool(more))

    def _show_past(self) -> None:
        empty(self._lines)
        if self._bench.past:
            self._lines.addWidget(SectionLabel(self.theme, tr("Campaigns that are over")))
        for each in self._bench.past:
            closed = short(each.closed) if each.closed else ""
            said = tr("{short} to {closed}, wording {wording}, what ended up to {short_2}").format(
                short=short(each.begun), closed=closed, wording=each.wording, short_2=short(each.until)
            )
            self._lines.addWidget(Text(self.theme, said, SMALL))
        self._past.setVisible(bool(self._bench.past))

    @Slot(object)
    def _begin(self, begin: Begin) -> None:
        work = partial(
            self.services.campaigns.begin,
            self.services.desk.today,
            until=begin.until,
            answer_by=begin.answer_by,
            wording=begin.wording,
        )
        self.tasks.run(self, work, self._done, self._not_begun)

    def _not_begun(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint)

    @Slot()
    def _count_reach(self) -> None:
        """How many would be asked, as the day changes."""
        until = self.form.until.day()
        if until is not None and self.form.isVisible():
            work = partial(self.services.campaigns.reach, self.services.desk.today, until)
            self.tasks.run(self, work, self._tell_reach, self.show_error)

    def _tell_reach(self, reach: Reach) -> None:
        self.form.tell_reach(reach)

    @Slot()
    def _add(self) -> None:
        work = partial(self.services.campaigns.add_due, self.services.desk.today)
        self.tasks.run(self, work, self._done, self.show_error)

    @Slot()
    def _ask_close(self) -> None:
        self._asked.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _keep(self) -> None:
        self._asked.hide()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close(self) -> None:
        work = partial(self.services.campaigns.close, self.services.desk.today)
        self.tasks.run(self, work, self._done, self.show_error)

    def _done(self, done: Done) -> None:
        self.banner.hide()
        self._asked.hide()
        self.form.hide()
        self._stepped = True
        self.did.emit(done)
