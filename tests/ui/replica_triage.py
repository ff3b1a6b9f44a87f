"""The triage screen of the design, built from the widgets with invented data."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip, ChipButton, ChipKind
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.score_ring import ScoreRing
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.text import (
    HEADING,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
    Phrase,
    SectionLabel,
    Text,
)
from peermatch.ui.widgets.top_bar import TopBar
from tests.ui.replica_shell import Shell

LETTER = """Hello,

I am an ST4 in psychiatry and I was diagnosed with ADHD in August, at 34. I have just failed Paper B for \
the second time and my supervisor keeps asking why I went down to 60%. I would really like to talk to \
somebody who has been through this.

Please not somebody at Oakfield, everyone knows everyone. I don't mind which specialty. E-mail is best, I am \
not great on the phone.

Thank you so much for doing this."""
MARKED = ("diagnosed with ADHD", "failed Paper B for the second time", "down to 60%")
QUEUE = (
    QueueRow(
        "E-0138",
        "E-0138",
        "Return after long-term sickness, histopathology",
        "asked 1 supporter · no reply yet",
        "6 days",
        "wait",
    ),
    QueueRow(
        "E-0142",
        "E-0142",
        "Late ADHD diagnosis, exam failure, part-time",
        "needs confirmed · nobody asked yet",
        "2 days",
    ),
    QueueRow(
        "E-0143",
        "E-0143",
        "Situation at home, wants to be called only at work",
        "not triaged",
        "check safety first",
        "risk",
    ),
    QueueRow(
        "E-0144", "E-0144", "New to UK, first post in GP, partner's visa", "3 topics suggested", "1 day"
    ),
    QueueRow("E-0145", "E-0145", "BSL user starting ST1, theatre masks", "not triaged", "today"),
)


def triage(theme: Theme) -> QWidget:
    """The enquiry beside its shortlist."""
    bar = TopBar(theme, "Enquiries", action="New enquiry")
    bar.set_chips([Chip(theme, "E-0142")])
    bar.set_note("received by e-mail, Thu 19 Nov · reply promised by Tue 24 Nov")
    letter = Panel(theme, "canvas", edge="right")
    letter_column = Column(theme, letter, margins=(22, 18, 10, 18), spacing=14)
    letter_column.addWidget(Scroll(_letter(theme)), 1)
    letter_column.addWidget(
        Text(theme, "Topics read from the letter on this computer; nothing leaves it.", SMALL)
    )
    people = Panel(theme, "canvas")
    Column(theme, people).addWidget(Scroll(_shortlist(theme)))
    panes = [Pane(_queue(theme), 288, 230), Pane(letter, 0, 280), Pane(people, 520, 300)]
    content = Columns(theme, panes, fold=("Waiting for you", "Letter and people"))
    return Shell(theme, "enquiries", bar, content)


def _queue(theme: Theme) -> QWidget:
    panel = Panel(theme, "raised", edge="right")
    column = Column(theme, panel, spacing=8, margins=(0, 12, 1, 12))
    head = Row(theme, margins=(12, 0, 12, 0))
    head.addWidget(SectionLabel(theme, "Waiting for you · 5"), 1)
    head.addWidget(Text(theme, "oldest first", TINY, wrap=False))
    column.addLayout(head)
    queue = QueueView(theme, name="Enquiries waiting for you")
    queue.set_rows(QUEUE, current="E-0142")
    inset = Row(theme, margins=(8, 0, 8, 0))
    inset.addWidget(queue)
    column.addLayout(inset, 1)
    plan = Card(theme, margins=(12, 12, 12, 12), spacing=3)
    plan.body.addWidget(Text(theme, "Plan all 5 together", STRONG))
    words = "Finds the set of introductions that serves everybody and spreads the load."
    plan.body.addWidget(Text(theme, words, SMALL))
    plan.body.addSpacing(5)
    plan.body.addWidget(Button(theme, "Propose a plan", small=True))
    below = Row(theme, margins=(12, 0, 12, 0))
    below.addWidget(plan)
    column.addLayout(below)
    return panel


def _letter(theme: Theme) -> QWidget:
    content = QWidget()
    column = Column(theme, content, spacing=14, margins=(0, 0, 10, 0))
    choices = [("letter", "Letter"), ("details", "Details"), ("history", "History")]
    sender = QWidget()
    line = Row(theme, sender, spacing=4)
    line.addWidget(Phrase(theme, [("From: ", SMALL), ("hidden", SMALL_STRONG)], wrap=False))
    line.addWidget(Button(theme, "Reveal", kind="quiet", small=True, note="Noted in the journal"))
    column.addWidget(Spread(theme, Segmented(theme, choices, name="Show"), sender))
    card = Card(theme, margins=(14, 12, 14, 12))
    view = LetterView(theme)
    view.set_letter(LETTER, [(LETTER.index(words), LETTER.index(words) + len(words)) for words in MARKED])
    card.body.addWidget(view)
    column.addWidget(card)
    needs = Flow(
        theme,
        [
            ChipButton(theme, "ADHD · essential", "essential"),
            ChipButton(theme, "Exam failure · helpful", "helpful"),
            ChipButton(theme, "Less than full time · helpful", "helpful"),
            ChipButton(theme, "+ Diagnosed as an adult?", "suggested"),
            ChipButton(theme, "+ Supervisor difficulties?", "suggested"),
            Button(theme, "Add topic", kind="quiet", small=True),
        ],
    )
    away = Flow(
        theme,
        [
            ChipButton(theme, "Oakfield Hospital", removable=True, pressable=False),
            ChipButton(theme, "own educational supervisor's team", removable=True, pressable=False),
        ],
    )
    safe = Text(theme, "E-mail only. Neutral subject line. No voicemail.", SMALL)
    for label, part in (
        ("What they need", needs),
        ("Keep away from", away),
        ("How to reach them safely", safe),
    ):
        group = Column(theme, spacing=7)
        group.addWidget(SectionLabel(theme, label))
        group.addWidget(part)
        column.addLayout(group)
    column.addStretch(1)
    return content


def _shortlist(theme: Theme) -> QWidget:
    content = QWidget()
    column = Column(theme, content, spacing=10, margins=(18, 18, 18, 18))
    choices = [("best", "Best match"), ("least", "Least busy"), ("nearest", "Nearest")]
    title = Text(theme, "6 people could help", HEADING, wrap=False)
    column.addWidget(Spread(theme, title, Segmented(theme, choices, name="Order")))
    people: tuple[tuple[int, str, str, str, str, tuple[tuple[str, ChipKind], ...]], ...] = (
        (
            94,
            "Amina R.",
            "she/her · ST6 anaesthetics · Preston",
            "0 of 2 introductions in hand · last helped in June",
            "Ask Amina",
            (
                ("ADHD", "good"),
                ("Exam failure", "good"),
                ("Less than full time", "good"),
                ("different specialty", "mute"),
                ("may share: ADHD, LTFT", "violet"),
            ),
        ),
        (
            81,
            "Tom W.",
            "he/him · ST5 psychiatry · Lancaster",
            "1 of 2 in hand",
            "Ask Tom",
            (
                ("ADHD", "good"),
                ("Exam failure", "good"),
                ("same specialty", "mute"),
                ("may share: ADHD", "violet"),
            ),
        ),
        (
            72,
            "Dr Priya N.",
            "consultant, radiology · Wirral",
            "0 of 1 in hand · consent renews in 12 days",
            "Ask Priya",
            (("ADHD", "good"), ("Less than full time", "good"), ("consent ends 3 Dec", "wait")),
        ),
        (
            64,
            "Jo K.",
            "they/them · CT2 surgery · Blackburn",
            "0 of 2 in hand",
            "Ask Jo",
            (("ADHD", "good"), ("dyspraxia, related", "mute")),
        ),
    )
    for number, person in enumerate(people):
        column.addWidget(match_card(theme, *person, first=number == 0))
    column.addWidget(_not_suggested(theme))
    column.addStretch(1)
    return content


def match_card(
    theme: Theme,
    score: int,
    name: str,
    about: str,
    load: str,
    ask: str,
    reasons: tuple[tuple[str, ChipKind], ...],
    *,
    first: bool,
) -> Card:
    """One person of the shortlist: score, name, load, reasons, and the one thing to do."""
    card = Card(theme, selectable=True)
    card.set_selected(first)
    card.setAccessibleName(f"{name}, score {score} of 100")
    grid = Row(theme, spacing=12)
    grid.addWidget(ScoreRing(theme, score), 0, Qt.AlignmentFlag.AlignTop)
    words = Column(theme, spacing=1)
    top = Row(theme, spacing=8)
    lines = Column(theme, spacing=0)
    lines.addWidget(Phrase(theme, [(name, STRONG), (f" {about}", SMALL)]))
    lines.addWidget(Text(theme, load, TINY))
    top.addLayout(lines, 1)
    button = Button(theme, ask, kind="primary" if first else "plain", small=True)
    top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    words.addLayout(top)
    words.addSpacing(6)
    words.addWidget(Flow(theme, [Chip(theme, text, kind) for text, kind in reasons], gap=5))
    grid.addLayout(words, 1)
    card.body.addLayout(grid)
    return card


def _not_suggested(theme: Theme) -> Card:
    card = Card(theme)
    head = Row(theme)
    head.addWidget(Text(theme, "78 people are not suggested", STRONG), 1)
    head.addWidget(Button(theme, "Show all", kind="quiet", small=True))
    card.body.addLayout(head)
    tiles = Tiles(theme, columns=2, least=180, spacing=18, row_spacing=4)
    counts = (
        "61 · do not share ADHD",
        "7 · work at Oakfield",
        "4 · matching consent ended",
        "3 · have no room now",
        "2 · paused",
        "1 · already declined",
    )
    tiles.set_tiles([Text(theme, line, SMALL) for line in counts])
    card.body.addWidget(tiles)
    card.body.addSpacing(4)
    card.body.addWidget(Text(theme, "If Sam O. renewed consent for ADHD, they would come 2nd.", TINY))
    return card
