"""Card preview, supporter record and welcome page of the design, built with invented data."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row, Rule, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button, Offer
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip, ChipButton, ChipKind
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.fields import InlineField, LineField, SecretField, StrengthMeter, Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.states import CheckLine, FactTile, Step, StepBar
from peermatch.ui.widgets.table import Cell, GridTable, Heading
from peermatch.ui.widgets.text import (
    HEADING,
    HERO,
    NAME,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
    Look,
    Phrase,
    SectionLabel,
    Text,
)
from peermatch.ui.widgets.top_bar import TopBar
from tests.ui.replica_shell import Shell


def introduction(theme: Theme) -> QWidget:
    """The preview of what leaves, and why it may."""
    bar = TopBar(theme, "Introductions")
    bar.set_chips([Chip(theme, "E-0142 with Amina R."), Chip(theme, "both said yes", "good")])
    left = QWidget()
    column = Column(theme, left, spacing=14, margins=(26, 22, 26, 22))
    column.addWidget(
        StepBar(
            theme,
            [
                Step("Asked", "19 Nov, without a name", "done"),
                Step("Amina said yes", "20 Nov", "done"),
                Step("Trainee said yes", "20 Nov", "done"),
                Step("Card sent", "you are here", "now"),
                Step("Followed up", "due 4 Dec", "next"),
            ],
        )
    )
    others = [Button(theme, text, kind="quiet", small=True) for text in ("Plain text", "Card (.vcf)", "PDF")]
    title = SectionLabel(theme, "The e-mail, exactly as it will leave", wrap=False)
    column.addWidget(Spread(theme, title, Flow(theme, others, gap=8)))
    column.addWidget(_mail(theme))
    actions = Flow(
        theme,
        [
            Button(theme, "Open in my e-mail program", kind="primary"),
            Button(theme, "Save as files…"),
            Button(theme, "Lock the PDF with a passphrase"),
        ],
        gap=10,
    )
    column.addWidget(actions)
    column.addStretch(1)
    side = Panel(theme, "raised", edge="left")
    Column(theme, side, margins=(1, 0, 0, 0)).addWidget(Scroll(_leaves(theme)))
    panes = [Pane(Scroll(left), 0, 420), Pane(side, 420, 280)]
    content = Columns(theme, panes, fold=("The e-mail", "What leaves"), aside=1)
    return Shell(theme, "introductions", bar, content)


def _mail(theme: Theme) -> Card:
    card = Card(theme, margins=(20, 18, 20, 18), spacing=12)
    card.body.addWidget(
        Phrase(
            theme,
            [
                ("To: ", SMALL),
                ("one person, the trainee of E-0142\n", SMALL_STRONG),
                ("Subject: ", SMALL),
                ("Your message PM-7F3K", SMALL_STRONG),
            ],
        )
    )
    card.body.addWidget(Rule())
    paragraphs = (
        "Hello,\n\nThank you for writing to us. Amina has said that she would be glad to hear from you.",
        "What you tell each other stays between you. If you would rather speak to somebody else, just say "
        "so; no reason needed.\n\nIf you need help today: NHS Practitioner Health and Samaritans are there "
        "at any hour. Numbers are at the end of this message.",
    )
    card.body.addWidget(Text(theme, paragraphs[0]))
    inner = Card(theme, ground="raised", margins=(16, 14, 16, 14), spacing=2)
    inner.body.addWidget(Phrase(theme, [("Amina", Look(16, 700, "ink")), (" she/her", SMALL)]))
    inner.body.addWidget(Text(theme, "Anaesthetics trainee, Lancashire", SMALL))
    inner.body.addSpacing(5)
    topics = [Chip(theme, "ADHD", "helpful"), Chip(theme, "Less than full time", "helpful")]
    inner.body.addWidget(Flow(theme, topics, gap=6))
    inner.body.addSpacing(5)
    inner.body.addWidget(Text(theme, "amina.r@example.org · prefers e-mail, weekday evenings"))
    card.body.addWidget(inner)
    card.body.addSpacing(6)
    card.body.addWidget(Text(theme, paragraphs[1]))
    return card


def _leaves(theme: Theme) -> QWidget:
    content = QWidget()
    column = Column(theme, content, spacing=12, margins=(20, 20, 20, 20))
    column.addWidget(Text(theme, "What leaves this computer", HEADING))
    column.addWidget(CheckLine(theme, "First name, pronouns", "consent of 12 Sep 2026, wording 2026-1"))
    column.addWidget(CheckLine(theme, "E-mail address", "consent of 12 Sep 2026"))
    column.addWidget(CheckLine(theme, "ADHD, less than full time", "agreed to be named on a card"))
    column.addSpacing(8)
    column.addWidget(Text(theme, "What stays here", HEADING))
    stays = "Surname, phone, trust · exam failure (match only) · depression (consent ended)"
    column.addWidget(Text(theme, stays, SMALL))
    column.addSpacing(8)
    for title, words in (
        (
            "Checked just now",
            "The finished files were read back and compared with Amina's record: nothing else about her is "
            "in them, and nothing about anyone else.",
        ),
        ("One person only", "The address belongs to E-0142. A card can never go to two people."),
    ):
        card = Card(theme, spacing=1)
        card.body.addWidget(Text(theme, title, STRONG))
        card.body.addWidget(Text(theme, words, SMALL))
        column.addWidget(card)
    column.addStretch(1)
    noted = "Sending is noted in the history of both records, with what was shared and why it was allowed."
    column.addWidget(Text(theme, noted, SMALL))
    return content


def supporter(theme: Theme) -> QWidget:
    """The list of supporters and one record with its consent table."""
    bar = TopBar(theme, "Supporters")
    bar.set_note("84 people · 71 can be matched today")
    panes = [Pane(_people(theme), 330, 240), Pane(Scroll(_record(theme)), 0, 480)]
    content = Columns(theme, panes, fold=("People", "Record"))
    return Shell(theme, "supporters", bar, content)


def _people(theme: Theme) -> QWidget:
    panel = Panel(theme, "raised", edge="right")
    column = Column(theme, panel, spacing=4, margins=(8, 12, 9, 12))
    facets = Flow(theme, gap=6)
    facets.add(ChipButton(theme, "can be matched · 71", "helpful", removable=True, pressable=False))
    for words in ("+ topic", "+ specialty", "+ place"):
        facets.add(ChipButton(theme, words, "suggested"))
    inset = Row(theme, margins=(4, 0, 4, 2))
    inset.addWidget(facets)
    column.addLayout(inset)
    people: tuple[tuple[str, str, str, ChipKind], ...] = (
        ("Amina Rahman", "ST6 anaesthetics · Preston", "free", "good"),
        ("Ben Osei", "ST3 general practice · Bolton", "1 of 2", "mute"),
        ("Chloe Martin", "DCT2 dentistry · Liverpool", "paused to 1 Mar", "wait"),
        ("Deepa Iyer", "ST7 psychiatry · Salford", "free", "good"),
        ("Elin Parry", "consultant, O&G · Chester", "consent ended", "risk"),
        ("Farid Khan", "IMT2 · Blackpool", "free", "good"),
        ("Grace Lowe", "StR public health · Manchester", "2 of 2", "mute"),
        ("Hana Svensson", "ST5 histopathology · Wirral", "asked", "violet"),
        ("Ifeoma Ade", "CT2 surgery · Oldham", "free", "good"),
        ("Jo Kendal", "CT2 surgery · Blackburn", "free", "good"),
    )
    view = QueueView(theme, name="Supporters")
    rows = [QueueRow(name, name, about, "", chip, kind, covered=True) for name, about, chip, kind in people]
    view.set_rows(rows, current="Amina Rahman")
    column.addWidget(view, 1)
    return panel


def _record(theme: Theme) -> QWidget:
    content = QWidget()
    column = Column(theme, content, spacing=16, margins=(26, 20, 26, 20))
    person = QWidget()
    who = Column(theme, person, spacing=2)
    name = Row(theme, spacing=6)
    name.addWidget(CoveredLabel(theme, "Amina Rahman", NAME, wrap=False))
    name.addWidget(
        Text(theme, "she/her", Look(12.5, 500, "ink_2"), wrap=False), 0, Qt.AlignmentFlag.AlignBottom
    )
    name.addStretch(1)
    who.addLayout(name)
    about = "ST6 anaesthetics · Royal Preston until 4 Aug 2027 · e-mail first, text if urgent"
    who.addWidget(Text(theme, about, SMALL))
    actions = Flow(theme, [Button(theme, text) for text in ("Pause…", "Everything we hold")], gap=10)
    actions.add(Button(theme, "Edit", kind="primary"))
    column.addWidget(Spread(theme, person, actions))
    facts = Tiles(theme, columns=4, least=150)
    facts.set_tiles(
        [
            FactTile(theme, "In hand", "0 of 2"),
            FactTile(theme, "Helped this year", "3 people"),
            FactTile(theme, "Last asked", "9 June"),
            FactTile(theme, "Boundaries", "not own trust"),
        ]
    )
    column.addWidget(facts)
    column.addWidget(consent_card(theme))
    card = Card(theme, margins=(14, 12, 14, 14), spacing=6)
    line = Row(theme)
    line.addWidget(Text(theme, "What a trainee would receive", STRONG), 1)
    line.addWidget(Button(theme, "See the card", kind="quiet", small=True))
    card.body.addLayout(line)
    card.body.addWidget(
        Phrase(
            theme,
            [
                ("Amina (she/her), an anaesthetics trainee near Preston, has been through ", SMALL),
                ("ADHD", SMALL_STRONG),
                (" and ", SMALL),
                ("less than full time training", SMALL_STRONG),
                (". She can be reached by ", SMALL),
                ("e-mail", SMALL_STRONG),
                (".", SMALL),
            ],
        )
    )
    held = "Held back: surname, phone, trust, exam failure (matching only), depression (consent ended)."
    card.body.addWidget(Text(theme, held, TINY))
    column.addWidget(card)
    column.addStretch(1)
    return content


def consent_card(theme: Theme) -> Card:
    """The consent table of one supporter."""
    card = Card(theme, margins=(1, 14, 1, 6), spacing=4)
    head = Row(theme, margins=(13, 0, 13, 0))
    actions = Flow(
        theme, [Button(theme, text, small=True) for text in ("Record new consent", "Withdraw everything")]
    )
    head.addWidget(Spread(theme, Text(theme, "What Amina has agreed to", HEADING, wrap=False), actions))
    card.body.addLayout(head)
    headings = [
        Heading("Lived experience", 4),
        Heading("Match on it", 2),
        Heading("Name it on a card", 2),
        Heading("Publish in list", 2),
        Heading("Given", 2),
        Heading("Until", 3),
        Heading("", 1),
    ]
    table = GridTable(theme, headings, name="What Amina has agreed to")
    yes, no = Cell("yes", kind="yes"), Cell("no", kind="no")

    def given(text: str) -> Cell:
        return Cell(text, kind="small")

    def topic(text: str, group: str) -> Cell:
        return Cell(text, group, "strong")

    good = Cell("11 Sep 2027", kind="chip", chip="good")
    ended = Cell("ended 11 Sep 2026", kind="chip", chip="risk")
    ask = Cell("ask first", kind="chip", chip="mute")
    change, renew = Cell("Change", kind="button"), Cell("Renew", kind="button")
    table.set_rows(
        [
            (topic("ADHD", "Neurodivergence"), yes, yes, yes, given("12 Sep 2026"), good, change),
            (
                topic("Less than full time", "Training pathway"),
                yes,
                yes,
                no,
                given("12 Sep 2026"),
                good,
                change,
            ),
            (topic("Exam failure", "Training pathway"), yes, no, no, given("12 Sep 2026"), good, change),
            (topic("Depression", "Mental health"), yes, no, no, given("12 Sep 2025"), ended, renew),
            (
                topic("First in family at university", "Background"),
                no,
                no,
                no,
                given("not given"),
                ask,
                change,
            ),
        ]
    )
    card.body.addWidget(table)
    return card


def welcome(theme: Theme) -> QWidget:
    """The first thing anybody sees."""
    page = QWidget()
    outer = Row(theme, page, margins=(16, 16, 16, 16))
    card = Card(theme, margins=(1, 1, 1, 1), spacing=0)
    card.setMaximumWidth(theme.px(880))
    halves = Tiles(theme, columns=2, least=380, spacing=0, shares=(12, 10))
    left = QWidget()
    column = Column(theme, left, spacing=10, margins=(40, 44, 40, 44))
    column.addWidget(Text(theme, "Bring people together,\nin confidence.", HERO))
    promise = (
        "Your network's people and enquiries stay on this computer in one encrypted file. Nothing is sent "
        "anywhere unless you send it."
    )
    column.addWidget(Text(theme, promise, Look(15, 400, "ink_2")))
    column.addSpacing(16)
    column.addWidget(Offer(theme, "Look around with a sample network", "60 invented people and 12 letters"))
    column.addWidget(Offer(theme, "Open a network file …", "from a colleague, a backup or another computer"))
    column.addStretch(1)
    right = Panel(theme, "raised", edge="left")
    right.setProperty("corners", "right")
    _start(theme, Column(theme, right, spacing=12, margins=(36, 44, 36, 44)))
    halves.set_tiles([left, right])
    card.body.addWidget(halves)
    outer.addStretch(1)
    outer.addWidget(card, 100, Qt.AlignmentFlag.AlignVCenter)
    outer.addStretch(1)
    return Scroll(page)


def _start(theme: Theme, column: Column) -> None:
    column.addWidget(Text(theme, "Start your network", Look(17, 700, "ink")))
    column.addWidget(InlineField(theme, "Name", LineField(theme, "North West peer support", name="Name")))
    secret = SecretField(theme)
    secret.setText("twenty-two letters here"[:22])
    column.addWidget(InlineField(theme, "Passphrase", secret))
    strength = StrengthMeter(theme, aside=Button(theme, "Suggest six words", kind="link", small=True))
    strength.show_strength(0.82, "Strong: about 400 years to guess.")
    column.addWidget(strength)
    tick = Tick(
        theme,
        "Unlock with my account on this computer",
        "kept in the system's keychain; you can turn it off",
    )
    tick.setChecked(True)
    column.addWidget(tick)
    column.addWidget(Button(theme, "Create", kind="primary", wide=True))
    sheet = (
        "Next you save a recovery sheet. Without passphrase and sheet nobody can open the file, and neither "
        "can we."
    )
    column.addWidget(Text(theme, sheet, TINY))
    column.addStretch(1)
