"""The card before it leaves: the very e-mail, what leaves and why, what stays, and the ways out."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QTextBrowser, QWidget

from peermatch.model.card_wishes import SECURE_MARK
from peermatch.model.consent import Purpose
from peermatch.services.card_making import Marking
from peermatch.services.handing_out import Preview
from peermatch.ui.screens.card_extras import CardExtras
from peermatch.ui.screens.card_views import View, read_mail, views
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.recipient_line import RecipientLine
from peermatch.ui.screens.side_by_side import SideBySide
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Rule
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import SHOWN_NOW, Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import ChipButton
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import CheckLine
from peermatch.ui.widgets.tab_order import come_where_it_stands
from peermatch.ui.widgets.text import HEADING, SMALL, SMALL_STRONG, STRONG, TINY, Phrase, SectionLabel, Text
from peermatch.words import short, tr

PAPER, INK, LINK = "#ffffff", "#212b32", "#0e5a61"
"""An e-mail is read on white paper, whatever the look of this window."""
SIDE_WIDTH = 360
ADDRESS_FIRST = tr("Look at the whole address first; then it can leave.")
LOCKED_AWAY = tr("The contact details are to stand in the locked PDF alone.")
NOT_COPIED = tr("The contact details stand in the locked PDF alone, and a copy takes no file along.")
OTHERWISE = tr("If the draft does not open in your e-mail program:")
MARK_ON = tr("Your mail system encrypts this letter because of it.")
MARK_CAREFUL = tr(
    "They told us how to reach them safely. A marked letter announces itself as a private, encrypted message: mark it "
    "only if that is safe for them."
)


class MailPage(QTextBrowser):
    """Shows a page or plain words; nothing in it is fetched, followed or run. It is as high as its words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: View | None = None
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setAccessibleName(tr("The e-mail as it will leave"))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(self.contextMenuPolicy().NoContextMenu)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme.changed.connect(self._again)
        self._again()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded."""
        return None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the page: Qt's own browser would go round its links, which lead nowhere here."""
        return QAbstractScrollArea.focusNextPrevChild(self, forward)

    def show_view(self, view: View) -> None:
        """One way to look at it."""
        self._view = view
        self._again()

    def shown(self) -> str:
        """The words as they stand on the paper."""
        return self.toPlainText()

    @Slot()
    def _again(self) -> None:
        palette = self.palette()
        page = self._view is not None and self._view.is_page
        ground, ink = QColor(PAPER), QColor(INK)
        if not page:
            ground, ink = self._theme.colour("surface"), self._theme.colour("ink")
        palette.setColor(QPalette.ColorRole.Base, ground)
        palette.setColor(QPalette.ColorRole.Text, ink)
        self.setPalette(palette)
        self.setStyleSheet(
            f"QTextBrowser {{ background: {ground.name()}; color: {ink.name()}; border: none; }}"
        )
        self.document().setDefaultStyleSheet(f"a {{ color: {LINK}; }}")
        self.document().setDefaultFont(self._theme.font())
        self.document().setDocumentMargin(self._theme.px(12 if page else 4))
        if self._view is not None and page:
            self.setHtml(self._view.text)
        elif self._view is not None:
            self.setPlainText(self._view.text)
        self._grow()

    @Slot()
    def _grow(self) -> None:
        self.setFixedHeight(round(self.document().size().height()) + 2 * self.frameWidth() + 2)


class LeavesPanel(Card):
    """What leaves with the consent that allows it, what stays here, and what was checked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="raised", margins=(18, 16, 18, 16), spacing=12, parent=parent)
        self._lines = Column(theme, spacing=10)
        column = self.body
        column.addWidget(Text(theme, tr("What leaves this computer"), HEADING))
        column.addLayout(self._lines)
        column.addWidget(Text(theme, tr("What stays here"), HEADING))
        self._stays = Text(theme, "", SMALL)
        column.addWidget(self._stays)
        self._checked = self._note(column, tr("Checked just now"))
        self._one = self._note(column, tr("One person only"))
        column.addStretch(1)
        recorded = tr(
            "Sending is noted in the history of both records, with what was shared and why it was allowed."
        )
        column.addWidget(Text(theme, recorded, SMALL))

    def _note(self, column: Column, heading: str) -> Text:
        card = Card(self._theme, spacing=2)
        words = Text(self._theme, "", SMALL)
        card.body.addWidget(Text(self._theme, heading, STRONG))
        card.body.addWidget(words)
        column.addWidget(card)
        return words

    def show_leaves(self, preview: Preview) -> None:
        """Line by line, from the card itself."""
        empty(self._lines)
        for each in preview.leaves:
            why = tr("consent of {short}, wording {wording}").format(
                short=short(each.given), wording=each.wording
            )
            if each.purpose is Purpose.SHARE:
                why = tr("agreed to be named to one person; {why}").format(why=why)
            self._lines.addWidget(CheckLine(self._theme, _capital(each.what), why))
        self._stays.set_text(
            _capital(" · ".join(preview.stays)) if preview.stays else tr("Nothing that they told us.")
        )
        self._checked.set_text(
            tr(
                "The finished files were read back and compared with the record: nothing else about them is in the "
                "files, and nothing about anyone else."
            )
        )
        self._one.set_text(
            tr("The address belongs to {reference}. A card can never go to two people.").format(
                reference=preview.reference
            )
        )


class MarkLine(QWidget):
    """Whether the subject has the mark by which a mail system encrypts; ``marked`` wants it, or not, for this card."""

    marked = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=2)
        self.chip = ChipButton(theme, SECURE_MARK, kind="good", removable=True, pressable=False)
        self.add = Button(theme, tr("Put {mark} into the subject").format(mark=SECURE_MARK), small=True)
        self._note = Text(theme, "", TINY)
        column.addWidget(Flow(theme, [self.chip, self.add]))
        column.addWidget(self._note)
        self.chip.removed.connect(self._take_out)
        self.add.clicked.connect(self._put_in)
        self.hide()

    def show_marking(self, marking: Marking) -> None:
        """The rule of the network for this card; nothing where it does not use the mark."""
        self.setVisible(marking.used or marking.on)
        self.chip.setVisible(marking.on)
        self.add.setVisible(not marking.on)
        careful = MARK_CAREFUL if marking.careful else ""
        self._note.set_text(MARK_ON if marking.on and not careful else careful)
        self._note.setVisible(bool(self._note.words()))

    @Slot()
    def _take_out(self) -> None:
        self.marked.emit(False)

    @Slot()
    def _put_in(self) -> None:
        self.marked.emit(True)


class CardPreview(BuiltLate, QWidget):
    """``opened``, ``saved``, ``card_saved``, ``copied`` and ``printed`` are the ways out.

    ``begun`` asks for an empty message, ``marked`` for the mark in the subject or against it; ``wanted_address`` asks
    to reveal to whom it goes.
    """

    opened = Signal()
    saved = Signal()
    card_saved = Signal()
    copied = Signal(bool)
    begun = Signal()
    marked = Signal(bool)
    printed = Signal()
    wanted_address = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._withheld = ""
        self._views: tuple[View, ...] = ()
        self._key = "look"
        self._buttons: dict[str, Button] = {}
        self._has_page = True
        self._in_file_alone = False
        self.extras = CardExtras(theme, today)
        self.extras.setParent(self)

    def _build(self) -> None:
        theme = self._theme
        self.to = RecipientLine(theme)
        self._subject = Phrase(theme, [])
        self._attached = Text(theme, "", TINY)
        self.page = MailPage(theme)
        self._choices = Flow(theme, gap=4)
        self.open = Button(theme, tr("Open in my e-mail program"), kind="primary", icon="mail")
        self.save = Button(theme, tr("Save as files …"), icon="download")
        self.print = Button(
            theme, tr("Print …"), icon="printer", note=tr("To put it into their hand; noted like any card")
        )
        self.copy_plain = Button(theme, tr("Copy as text"), small=True, icon="copy")
        self.copy_page = Button(theme, tr("Copy formatted"), small=True, icon="copy")
        self.save_card = Button(theme, tr("Save card (.vcf)"), small=True, icon="download")
        self.begin = Button(
            theme,
            tr("New message"),
            small=True,
            icon="mail",
            note=tr("In your e-mail program, with the address and the subject alone"),
        )
        self.mark = MarkLine(theme)
        theme.read_only.bar(*self._ways_out())
        self._why = Text(theme, "", TINY)
        self.leaves = LeavesPanel(theme)
        column = Column(theme, self)
        column.addWidget(
            SideBySide(theme, self._left(), self.leaves, first_least=420, second_width=SIDE_WIDTH, gap=16)
        )
        self.copy_plain.clicked.connect(self._copy_plain)
        self.copy_page.clicked.connect(self._copy_page)
        self.save_card.clicked.connect(self.card_saved)
        self.begin.clicked.connect(self.begun)
        self.mark.marked.connect(self.marked)
        self.open.clicked.connect(self.opened)
        self.save.clicked.connect(self.saved)
        self.print.clicked.connect(self.printed)
        self.to.wanted.connect(self.wanted_address)
        self.to.changed.connect(self._follow)
        theme.cover.changed.connect(self._follow)

    def _left(self) -> QWidget:
        theme = self._theme
        left = QWidget()
        column = Column(theme, left, spacing=12)
        column.addWidget(SectionLabel(theme, tr("The e-mail, exactly as it will leave")))
        column.addWidget(self._choices)
        card = Card(theme, margins=(20, 16, 20, 16), spacing=8)
        for part in (self.to, self._subject, self.mark, self._attached, Rule(), self.page):
            card.body.addWidget(part)
        column.addWidget(card)
        column.addWidget(self.extras)
        column.addWidget(Flow(theme, [self.open, self.save, self.print], gap=10))
        column.addWidget(Text(theme, OTHERWISE, TINY))
        column.addWidget(Flow(theme, [self.copy_plain, self.copy_page, self.save_card, self.begin]))
        column.addWidget(self._why)
        column.addStretch(1)
        return left

    def show_preview(self, preview: Preview, *, shown: bool, safe: str) -> None:
        """What would leave; the buttons wait until the whole address is on the screen."""
        mail = next(read_mail(file.data) for file in preview.files if file.format == "eml")
        address = ", ".join(mail.recipients)
        self.to.show_recipient(
            tr("one person, the trainee of {reference}").format(reference=preview.reference),
            address,
            shown=shown,
            safe=safe,
        )
        self._subject.set_runs([(tr("Subject: "), SMALL), (mail.subject, SMALL_STRONG)])
        self._attached.set_text(tr("Attached: ") + ", ".join(mail.attached))
        self._attached.setVisible(bool(mail.attached))
        self.mark.show_marking(preview.marking)
        self._withheld = ""
        self._has_page = any(file.format == "html" for file in preview.files)
        self._in_file_alone = preview.wishes.alone
        self._views = views(preview.files, preview.page_words)
        if self._key not in self.view_keys():
            self._key = "look"
        self._offer_views()
        self.leaves.show_leaves(preview)
        self._follow()

    def view_keys(self) -> tuple[str, ...]:
        """The ways to look at it."""
        return tuple(view.key for view in self._views)

    def show_view(self, key: str) -> None:
        """Look at it in another way."""
        self._key = key
        self._offer_views()
        self._follow()

    def _offer_views(self) -> None:
        if tuple(self._buttons) != self.view_keys():
            self._buttons = {view.key: self._view_button(view) for view in self._views}
            self._choices.set_widgets(list(self._buttons.values()))
            come_where_it_stands(self._choices, self._buttons.values())
        for key, button in self._buttons.items():
            button.set_kind("plain" if key == self._key else "quiet")
            button.setAccessibleDescription(SHOWN_NOW if key == self._key else "")

    def _view_button(self, view: View) -> Button:
        button = Button(self._theme, view.label, small=True)
        button.setProperty("view", view.key)
        button.clicked.connect(self._choose)
        return button

    @Slot()
    def _choose(self) -> None:
        self.show_view(str(self.sender().property("view")))

    @Slot()
    def _follow(self) -> None:
        """Nothing leaves unseen: neither behind a hidden address nor while names are covered."""
        view = next((each for each in self._views if each.key == self._key), None)
        covered = View("covered", "", tr("Covered while names are covered (F8)."), is_page=False)
        if view is not None:
            self.page.show_view(covered if self._theme.cover.on else view)
        reason = self._withheld if self.to.in_sight else ADDRESS_FIRST
        for button in self._ways_out():
            button.bar(reason)
        if not reason and not self._has_page:
            for button in (self.print, self.save_card):
                button.bar(LOCKED_AWAY)
        if not reason and self._in_file_alone:
            for button in (self.copy_plain, self.copy_page):
                button.bar(NOT_COPIED)
        self._why.set_text(reason)
        self._why.setVisible(bool(reason))

    def withhold(self, reason: str) -> None:
        """What is shown is not what was wished for: it cannot leave."""
        self._withheld = reason
        self._follow()

    def _ways_out(self) -> tuple[Button, ...]:
        first = (self.open, self.save, self.print)
        return (*first, self.copy_plain, self.copy_page, self.save_card, self.begin)

    @Slot()
    def _copy_plain(self) -> None:
        self.copied.emit(False)

    @Slot()
    def _copy_page(self) -> None:
        self.copied.emit(True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
