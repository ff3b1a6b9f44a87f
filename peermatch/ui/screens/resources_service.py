"""One service in full: how to reach it, when it was checked, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from peermatch.model.signpost_check import seen_words
from peermatch.model.signposts import Signpost, Signposts
from peermatch.services.signposts import Listed
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.resources_words import NO_NUMBER, Way, area_words, check_chip, plain, title_of, ways
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, NAME, SMALL, TINY, SectionLabel, Text
from peermatch.words import tr

CHECK_NOTE = tr(
    "Ring, write or look at the website, then press. It is right for a year from today; if anything is otherwise, "
    "correct it."
)
SAFE = tr("Read this before you pass it on.")
MOST_TOPICS_SHOWN = 12


class ServiceView(QWidget):
    """What is pressed is told; nothing is done here, and nobody notes that it was looked at."""

    confirmed = Signal()
    corrected = Signal()
    reset = Signal()
    moved = Signal()
    printed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.listed: Listed | None = None
        self._discreet = False
        self.banner = Banner(theme, "error", "")
        self._name = Text(theme, "", NAME)
        self._chips = Flow(theme, gap=6)
        self._ways = Column(theme, spacing=6)
        self._summary = Text(theme, "")
        self._safe = Banner(theme, "wait", SAFE, dismissible=False)
        self._about = QWidget()
        self._facts = Column(theme, self._about, spacing=6)
        self.copy_button = Button(theme, tr("Copy as text"), small=True, icon="copy")
        self.print_button = Button(theme, tr("Print …"), small=True, icon="printer")
        self._copied = Text(theme, "", TINY, wrap=False)
        self.confirm = Button(theme, tr("Still right"), kind="primary", icon="check")
        self.correct = Button(theme, tr("Correct …"), icon="pencil")
        self.back = Button(theme, tr("Go back to the words that came with PeerMatch"))
        self.away = Button(theme, tr("Stop offering it"))
        self.check = Card(theme, margins=(18, 14, 18, 16), spacing=8)
        self._check_title = Text(theme, "", HEADING)
        self._seen = Text(theme, "", SMALL)
        theme.read_only.bar(self.confirm, self.correct, self.back, self.away)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        reach = Card(theme, margins=(18, 14, 18, 16), spacing=8)
        reach.body.addLayout(self._ways)
        for words in (self._summary, self._safe):
            reach.body.addWidget(words)
        reach.body.addWidget(Flow(theme, (self.copy_button, self.print_button, self._copied)))
        buttons = Flow(theme, (self.confirm, self.correct, self.back, self.away), gap=8)
        for line in (self._check_title, self._seen, Text(theme, CHECK_NOTE, SMALL), buttons):
            self.check.body.addWidget(line)
        column = Column(theme, self, spacing=12, margins=(22, 16, 22, 20))
        for part in (self.banner, self._name, self._chips, reach, self.check, self._about):
            column.addWidget(part)
        column.addStretch(1)
        self.banner.hide()

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self.printed)
        self.confirm.clicked.connect(self.confirmed)
        self.correct.clicked.connect(self.corrected)
        self.back.clicked.connect(self.reset)
        self.away.clicked.connect(self.moved)

    def show_service(
        self, listed: Listed, lists: Signposts, topics: Sequence[str], *, discreet: bool
    ) -> None:
        """Another service, or the same as it stands now; ``topics`` are what leads to it, in words."""
        if self.listed is None or self.listed.signpost.id != listed.signpost.id:
            self._copied.set_text("")
            self.banner.hide()
        self.listed, self._discreet = listed, discreet
        service = listed.signpost
        self._name.set_text(title_of(service, discreet=discreet))
        self._chips.set_widgets([] if discreet else self._chip_row(listed, lists))
        self._put_ways(service)
        self._summary.set_text(service.summary)
        self._safe.show_message("wait", SAFE, service.safe_note)
        self._summary.setVisible(not discreet)
        self._safe.setVisible(bool(service.safe_note) and not discreet)
        self._put_check(listed, lists)
        self._put_facts(service, topics)
        for part in (self.check, self._about, self._chips):
            part.setVisible(not discreet)

    def _chip_row(self, listed: Listed, lists: Signposts) -> list[QWidget]:
        service, theme = listed.signpost, self._theme
        chips: list[QWidget] = [Chip(theme, tr("help in a crisis, now"), "risk")] if service.urgent else []
        chips += [Chip(theme, area_words(service, lists)), Chip(theme, service.audience)]
        whose = tr("added by you") if service.own else tr("in your own words") if service.corrected else ""
        chips += [Chip(theme, whose, "violet")] if whose else []
        return [*chips, Chip(theme, *check_chip(listed))]

    def _put_ways(self, service: Signpost) -> None:
        empty(self._ways)
        found = ways(service, discreet=self._discreet)
        if service.hours:
            found = (*found, Way(tr("Open"), service.hours, tr("Open {hours}").format(hours=service.hours)))
        for way in found:
            self._ways.addWidget(SectionLabel(self._theme, way.label))
            words = Text(self._theme, way.value, HEADING if way.label != "Open" else SMALL, selectable=True)
            words.setAccessibleName(way.spoken)
            self._ways.addWidget(words)
        if not found:
            self._ways.addWidget(Text(self._theme, NO_NUMBER[:1].upper() + NO_NUMBER[1:] + ".", SMALL))

    def _put_check(self, listed: Listed, lists: Signposts) -> None:
        words, _ = check_chip(listed)
        self._check_title.set_text(f"{words[:1].upper()}{words[1:]}")
        service = listed.signpost
        titles = [lists.sources[each] for each in service.source if lists.sources.get(each)]
        seen = seen_words(service.source_date)
        said = (
            tr("Seen in: {join}{part}.").format(
                join="; ".join(titles), part=f" ({seen})" if seen else tr(", without a date")
            )
            if titles
            else ""
        )
        self._seen.set_text(said)
        self._seen.setVisible(bool(said))
        self.confirm.set_kind("primary" if listed.check.due else "plain")
        self.confirm.set_text(tr("Still right") if listed.check.due else tr("Checked again"))
        self.confirm.setEnabled(listed.offered)
        self.back.setVisible(service.corrected)
        self.away.set_text(tr("Stop offering it") if listed.offered else tr("Offer it again"))

    def _put_facts(self, service: Signpost, topics: Sequence[str]) -> None:
        empty(self._facts)
        more = len(topics) - MOST_TOPICS_SHOWN
        if topics:
            chips = [Chip(self._theme, each, "helpful") for each in topics[:MOST_TOPICS_SHOWN]]
            chips += [Chip(self._theme, tr("and {more} more").format(more=more))] if more > 0 else []
            self._facts.addWidget(SectionLabel(self._theme, tr("Offered for")))
            self._facts.addWidget(Flow(self._theme, chips, gap=6))
        if service.note:
            self._facts.addWidget(SectionLabel(self._theme, tr("Note")))
            self._facts.addWidget(Text(self._theme, service.note, SMALL))

    @Slot()
    def _copy(self) -> None:
        if self.listed is not None:
            QGuiApplication.clipboard().setText(plain(self.listed.signpost, discreet=self._discreet))
            self._copied.set_text(tr("It is copied."))
            announce(self, tr("It is copied."))
