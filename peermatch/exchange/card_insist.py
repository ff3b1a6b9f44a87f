"""What every last look at a finished card shares: to insist, to compare words, and a card of nobody to compare with."""

from collections.abc import Collection
from dataclasses import replace

from peermatch.errors import Refused
from peermatch.exchange.card_text import CardWords
from peermatch.model.leaks import leaked

# A sign that is in no letter: it stands for every value when the fixed words of a letter are counted.
_BLANK = "\u2022"


def insist(right: bool, wrong: str) -> None:
    """Hold the card back unless it is right."""
    if not right:
        raise held_back(wrong)


def held_back(wrong: str) -> Refused:
    """Why it does not leave."""
    return Refused(
        f"The finished card was checked and held back: {wrong}.",
        "Nothing left this computer. Please tell the people who look after PeerMatch.",
    )


def contact_of(words: CardWords) -> tuple[str, ...]:
    """Everything that may leave but the topics, which stand in the words of the e-mail alone."""
    return replace(words, topics=()).values


def blank(words: CardWords) -> CardWords:
    """A card of nobody, to see which words stand in every letter of this shape."""
    b = _BLANK
    return CardWords(b, b, b, b, b, b, b, b, b, b, prefers=words.prefers, topics=(b,))


def check_words(text: str, permitted: tuple[str, ...], forbidden: Collection[str], fixed: str) -> None:
    """One body: all that is permitted is there, and nothing that must stay."""
    seen = " ".join(text.split())
    insist(all(" ".join(value.split()) in seen for value in permitted), "something is missing from it")
    insist(not leaked(text, forbidden, permitted, fixed), "it holds something that must stay here")
