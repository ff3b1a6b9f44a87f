"""The words of all letters: what ships, what the network says instead, and what must be right before it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.card_text import urgent_lines
from peermatch.mail.letter_checks import LONGEST_BODY, LONGEST_SUBJECT, flaws
from peermatch.mail.letter_names import People, remarks, subject_remarks, topic_words, usual_words
from peermatch.mail.wording import Templates, bullets, previewed
from peermatch.model.asking import soon
from peermatch.model.changes import Done, Touched
from peermatch.model.dates import in_words
from peermatch.model.letter_kinds import LETTERS, Letter
from peermatch.model.letter_text import KeptText, LetterText, Remark
from peermatch.services.desk import Desk
from peermatch.services.snapshot import Snapshot
from peermatch.services.step_letters import StepLetters
from peermatch.store import letter_texts

_NO_CONTROLLER = "NHS North (an example)"
_NO_WORDING = (
    "I agree that the network keeps what I told it and uses it as above. I can take this back at any time."
)
_TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One letter as it counts today: its words, those that ship, and every version that was kept, newest first.

    ``fallen``: the network's own words can no longer be used, so those that ship stand in for them.
    """

    letter: Letter
    text: LetterText
    shipped: LetterText
    versions: tuple[KeptText, ...]
    fallen: bool

    @property
    def own(self) -> bool:
        """Whether the network's own words count."""
        return self.text != self.shipped


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What the words of a letter are compared with; held while somebody edits, and let go of with the screen."""

    people: People
    topics: Mapping[tuple[str, ...], str]
    network: str
    usual: frozenset[str]


class LetterTexts:
    """What the lead writes; every place that writes a letter takes the words from here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.by_hand = StepLetters(desk)

    def shelf(self) -> tuple[OnShelf, ...]:
        """All letters, in the order of the work."""
        with self._desk.store.read() as tx:
            kept = letter_texts.every(tx)
        templates, shipped = self._desk.templates, self._desk.shipped.templates
        return tuple(_on_shelf(letter, templates, shipped, kept) for letter in LETTERS.values())

    def known(self) -> Known:
        """Read once, on the worker: everybody's names are looked at."""
        picture = self._desk.snapshot
        people = People.of(picture.supporters.values(), picture.enquiries.values())
        ships = self._desk.shipped.templates
        usual = usual_words(ships.text(each) for each in LETTERS)
        return Known(people, topic_words(picture.reference.vocabulary), picture.name, usual)

    @staticmethod
    def remarks(letter: str, text: LetterText, known: Known | None) -> tuple[Remark, ...]:
        """Everything that is to be said about some words, in the order of the lines; nothing of it is kept.

        Without ``known`` whom and what they name is not looked at yet.
        """
        found = flaws(LETTERS[letter], text)
        if known is None or max(len(text.body), len(text.subject)) > LONGEST_BODY:
            return found
        found += remarks(text, known.people, known.usual)
        if not LETTERS[letter].fixed_subject:
            found += subject_remarks(text.subject[:LONGEST_SUBJECT], known.topics, known.network)
        return tuple(sorted(found, key=lambda each: (each.line, not each.grave)))

    def samples(self, letter: str) -> Mapping[str, str]:
        """What the preview is filled with: the invented people of the sample network."""
        return _samples(LETTERS[letter], self._desk.snapshot, self._desk.today)

    @staticmethod
    def preview(text: LetterText, samples: Mapping[str, str]) -> tuple[str, str]:
        """Subject and words as somebody would read them."""
        return previewed(text, samples)

    def keep(
        self, letter: str, subject: str, body: str, on: date, *, instead_of: LetterText | None = None
    ) -> Done:
        """These words from now on; each fault with its line.

        ``instead_of`` are the words that were read before: refused where others count by now.
        """
        kind, shipped = _letter(letter), self._desk.shipped.templates.text(letter)
        text = LetterText.tidy(shipped.subject if kind.fixed_subject else subject, body)
        if text == self._desk.templates.text(letter):
            raise Refused("The letter says this already.", "Change its words first.")
        if instead_of is not None and instead_of != self._desk.templates.text(letter):
            raise Refused(
                "Somebody kept other words for this letter in the meantime.",
                "They are among the earlier words below. Look at them, then keep yours again.",
            )
        if text == shipped:
            return self.restore(letter, on)
        grave = [each for each in self.remarks(letter, text, self.known()) if each.grave]
        if grave:
            faults = tuple(Fault(each.place, each.text) for each in grave)
            raise BadInput("The letter was not kept.", "Please correct what is marked.", faults)
        with self._desk.command("letter-keep", letter) as tx:
            letter_texts.keep(tx, letter, text, on)
            tx.note(kind.title)
        return self._desk.done(tx, Touched(network=True), f"“{kind.title}” says this from now on.")

    def restore(self, letter: str, on: date) -> Done:
        """The words that ship, from now on; what was kept stays among the versions."""
        kind = _letter(letter)
        with self._desk.command("letter-shipped", letter) as tx:
            if letter not in {each.letter for each in letter_texts.current(tx)}:
                raise Refused("The letter says what came with PeerMatch already.")
            letter_texts.keep(tx, letter, None, on)
            tx.note(kind.title)
        return self._desk.done(
            tx, Touched(network=True), f"“{kind.title}” says what came with PeerMatch again."
        )


def fallen_words(count: int) -> str:
    """That words of the network's own can no longer be used."""
    if count == 1:
        return (
            "1 letter in your own words can no longer be used, so the words of PeerMatch stand in for them."
        )
    return f"{count} letters in your own words can no longer be used, so the words of PeerMatch stand in for them."


def _letter(id: str) -> Letter:
    found = LETTERS.get(id)
    if found is None:
        raise BadInput("There is no such letter.", "Choose one from the list.")
    return found


def _on_shelf(letter: Letter, now: Templates, shipped: Templates, kept: Sequence[KeptText]) -> OnShelf:
    versions = tuple(each for each in reversed(kept) if each.letter == letter.id)
    return OnShelf(
        letter, now.text(letter.id), shipped.text(letter.id), versions, fallen=letter.id in now.fallen
    )


def _samples(letter: Letter, picture: Snapshot, on: date) -> Mapping[str, str]:
    label = picture.reference.vocabulary.label
    shared = bullets(label(each) for each in ("neuro.adhd", "training.progress.exam-failure"))
    return {
        "name": "Amina",
        "someone": "Someone in psychiatry",
        "topics": shared,
        "reference": "S-0001" if letter.id == "renewal" else "E-0142",
        "controller": picture.controller or _NO_CONTROLLER,
        "urgent": bullets(urgent_lines(picture.reference.signposts)),
        "code": "PM-7KQD" if letter.id == "stop-using" else "7KQD",
        "card": "Amina Rahman (she/her)\nST6, Anaesthetics, Lancashire\nE-mail: amina@example.org\nPrefers e-mail",
        "day": in_words(soon(on, _TWO_WEEKS)),
        "details": "the phone number in it",
        "team": "the peer support team",
        "asked": bullets(
            (
                f"We keep your record (ends on {in_words(soon(on, _TWO_WEEKS))})",
                f"{label('neuro.adhd')}: we may find you by it (we have not asked you yet)",
            )
        ),
        "wording": picture.wordings[-1].text if picture.wordings else _NO_WORDING,
        "near": bullets(label(each) for each in ("neuro.autism", "training.ltft")),
    }
