"""What a contact card says, in plain words: the only door from a `ContactCard` to anything that is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from peermatch.model.card import ContactCard
from peermatch.model.card_wishes import SECURE_MARK
from peermatch.model.people import Channel
from peermatch.model.signposts import Signposts, line_of
from peermatch.model.text import one_line


class LetterTemplates(Protocol):
    """The letters as `peermatch.mail` keeps them; this part of the house does not know that one."""

    def paragraphs(self, name: str, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Each paragraph with the field that it wholly consists of, if any."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """The permitted values of a card, each on one line; what may not leave is empty."""

    first_name: str
    surname: str
    pronouns: str
    grade: str
    specialty: str
    county: str
    organisation: str
    town: str
    email: str
    phone: str
    prefers: Channel | None
    topics: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The name as it may be given."""
        return f"{self.first_name} {self.surname}".strip()

    @property
    def role(self) -> str:
        """Grade and specialty."""
        return ", ".join(each for each in (self.grade, self.specialty) if each)

    @property
    def values(self) -> tuple[str, ...]:
        """Everything that may leave."""
        plain = (
            *(self.first_name, self.surname, self.full_name, self.pronouns),
            *(self.grade, self.specialty, self.county, self.organisation, self.town),
            *(self.email, self.phone),
        )
        return tuple(each for each in (*plain, *self.topics) if each)


def words_of(card: ContactCard) -> CardWords:
    """The words of a card; every value comes out of its consent here."""
    role = card.role.value if card.role else None
    workplace = card.workplace.value if card.workplace else None
    return CardWords(
        first_name=_line(card.first_name.value),
        surname=_line(card.surname.value if card.surname else None),
        pronouns=_line(card.pronouns.value if card.pronouns else None),
        grade=_line(role.grade if role else None),
        specialty=_line(role.specialty if role else None),
        county=_line(role.county if role else None),
        organisation=_line(workplace.organisation if workplace else None),
        town=_line(workplace.town if workplace else None),
        email=_line(card.email.value if card.email else None),
        phone=_line(card.phone.value if card.phone else None),
        prefers=card.prefers,
        topics=tuple(_line(topic.value.label) for topic in card.topics),
    )


def _line(text: str | None) -> str:
    return one_line(text or "")


def subject_for(code: str) -> str:
    """The subject: a code that means nothing to anybody else (rules, section 9)."""
    return f"Your message PM-{code}"


def marked_subject(code: str, *, secure: bool) -> str:
    """The subject of the e-mail, with the mark by which a mail system encrypts it where that is wanted."""
    return f"{SECURE_MARK} {subject_for(code)}" if secure else subject_for(code)


def about_lines(words: CardWords) -> tuple[str, ...]:
    """Who they are at work, as far as it may be said."""
    role = ", ".join(each for each in (words.role, words.county) if each)
    place = ", ".join(each for each in (words.organisation, words.town) if each)
    return tuple(each for each in (role, place) if each)


def preference(words: CardWords) -> str:
    """Which way they like best, where both sides can use it."""
    said = {Channel.EMAIL: "Prefers e-mail", Channel.PHONE: "Prefers the phone"}
    return said[words.prefers] if words.prefers else ""


def card_lines(words: CardWords) -> tuple[str, ...]:
    """The card in plain text."""
    name = f"{words.full_name} ({words.pronouns})" if words.pronouns else words.full_name
    ways = (
        f"E-mail: {words.email}" if words.email else "",
        f"Phone: {words.phone}" if words.phone else "",
        preference(words),
    )
    return (name, *about_lines(words), *(each for each in ways if each))


def urgent_lines(signposts: Signposts) -> tuple[str, ...]:
    """Help for today: who, how, and when."""
    return tuple(line_of(each) for each in signposts.urgent)


def letter_fields(words: CardWords, code: str, signposts: Signposts) -> dict[str, str]:
    """The fields of the introduction."""
    return card_fields(words, code, signposts) | {"topics": bullets(words.topics)}


def card_fields(words: CardWords, code: str, signposts: Signposts) -> dict[str, str]:
    """The fields of the card that stands alone: no topic among them."""
    return {
        "code": code,
        "name": words.first_name,
        "card": "\n".join(card_lines(words)),
        "urgent": bullets(urgent_lines(signposts)),
    }


def locked_fields(words: CardWords, code: str, file: str, signposts: Signposts) -> dict[str, str]:
    """The fields of an introduction that says nothing of how to reach anybody: that stands in a locked page alone."""
    where = (
        f"How to reach {words.first_name} stands in the attached file {file}. It opens with a passphrase, which we "
        "tell you in another way and never by e-mail. If you cannot open it, tell us."
    )
    return card_fields(words, code, signposts) | {"topics": "", "card": where}


def bullets(lines: Iterable[str]) -> str:
    """A list in plain text."""
    return "\n".join(f"- {line}" for line in lines)


def introduction_text(paragraphs: tuple[tuple[str, str], ...]) -> str:
    """The plain letter, complete in itself."""
    return "\n\n".join(text for _, text in paragraphs) + "\n"
