"""One service on a card: how to reach it, when, and when somebody last checked that."""

from datetime import date

from peermatch.model.signpost_check import check_of
from peermatch.model.signposts import Signpost
from peermatch.ui.screens.resources_words import ways
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import tr


def signpost_card(theme: Theme, signpost: Signpost, on: date) -> Card:
    """In the network's own words, where it has any."""
    card = Card(theme, spacing=2)
    card.body.addWidget(Text(theme, signpost.name, STRONG))
    reach = _reach(signpost)
    if reach:
        words = Text(theme, reach, HEADING, selectable=True)
        words.setAccessibleName(", ".join(way.spoken for way in ways(signpost, discreet=False)))
        card.body.addWidget(words)
    card.body.addWidget(Text(theme, signpost.summary, SMALL))
    check = check_of(signpost, on)
    said = f"{check.words[:1].upper()}{check.words[1:]}"
    card.body.addWidget(
        Text(
            theme, tr("{said}: please make sure first.").format(said=said) if check.due else f"{said}.", TINY
        )
    )
    return card


def _reach(signpost: Signpost) -> str:
    text = tr("text {text}").format(text=signpost.text) if signpost.text else ""
    return " · ".join(each for each in (signpost.phone, text, signpost.email, signpost.hours) if each)
