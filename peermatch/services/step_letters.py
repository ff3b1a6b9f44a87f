"""Letters that no step writes by itself, for one person: whom each of them fits today, and its words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from peermatch.errors import BadInput, Refused
from peermatch.exchange.card_text import urgent_lines
from peermatch.mail.step_letters import supporter_letter, trainee_letter
from peermatch.matching.outlooks import over
from peermatch.matching.roster import paused, standing_as
from peermatch.matching.supply import supply
from peermatch.model.asking import soon
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import State
from peermatch.model.letter_kinds import LETTERS
from peermatch.model.people import SupporterStatus
from peermatch.model.posted import ALONE, CLOCKS, NO_LETTERS, Letters, Posted, sent
from peermatch.services.desk import Desk
from peermatch.services.introductions import LetterDraft
from peermatch.services.sent_letters import SentLetter, sent_to
from peermatch.services.shortlists import refuse_while_held
from peermatch.services.snapshot import Snapshot
from peermatch.services.step_offers import SUPPORTERS, for_enquiry, for_introduction
from peermatch.store import closing, introductions, posted
from peermatch.store.transaction import Transaction
from peermatch.words import tr

ENOUGH = 3
"""A topic comes near only where so many know it that naming it describes nobody."""
MOST_NEAR = 3
_A_WEEK, _TWO_WEEKS = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Case:
    """For whom a letter can be written: an enquiry, a supporter, or both; and the day that it would speak of."""

    enquiry: str = ""
    supporter: str = ""
    day: date | None = None

    @property
    def key(self) -> str:
        """By what it is known."""
        return f"{self.enquiry} {self.supporter}".strip()


@dataclass(frozen=True, slots=True)
class StepLetter:
    """One letter that belongs to a step, written."""

    letter: str
    case: Case
    draft: LetterDraft


def is_noted(letter: str, case: Case) -> bool:
    """Whether it can be noted as sent by itself: with its enquiry, or with a supporter alone."""
    if not case.enquiry:
        return letter in ALONE and bool(case.supporter)
    return letter in _FITS and letter in set(Posted) - CLOCKS - ALONE


Fits = Callable[[Snapshot, date], Iterator[Case]]


class StepLetters:
    """Writes words to be read and copied; what is kept is that a person sent them. Nothing is sent from here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @staticmethod
    def writes(letter: str) -> bool:
        """Whether a letter is written here; the others come with their steps."""
        return letter in _FITS

    def cases(self, letter: str, on: date) -> tuple[Case, ...]:
        """Whom it fits today, the newest enquiry first; who may need help today gets no letter before that is done."""
        fits = _FITS.get(letter)
        if fits is None:
            return ()
        picture = self._desk.snapshot
        found = tuple(fits(picture, on))
        if letter == "withdrawn":
            with self._desk.store.read() as tx:
                days = closing.noted(tx)
            found = tuple(Case(each.enquiry, day=days.get(each.enquiry, on)) for each in found)
        calm = (each for each in found if not each.enquiry or not picture.enquiry(each.enquiry).held)
        return tuple(sorted(calm, key=lambda each: (each.enquiry, each.supporter), reverse=True))

    def write(self, letter: str, case: Case, on: date) -> LetterDraft:
        """The letter as it stands today; to a trainee it has no address where there was a risk cue."""
        if letter not in _FITS and letter not in ALONE:
            raise BadInput("This letter is written with its step.", "Open the enquiry or the supporter.")
        picture = self._desk.snapshot
        enquiry = picture.enquiry(case.enquiry) if case.enquiry else None
        if enquiry is not None:
            refuse_while_held(enquiry)
        if case.supporter:
            person = picture.supporter(case.supporter)
            words = supporter_letter(self._desk.templates, letter, person, enquiry=enquiry, day=case.day)
            return LetterDraft(person.email, *words)
        if enquiry is None:
            raise Refused("Nobody is chosen yet.", "Choose for whom the letter is.")
        return LetterDraft(_address(enquiry), *self._to_trainee(letter, enquiry, case, on))

    def at_step(self, enquiry: str, supporter: str, on: date) -> tuple[StepLetter, ...]:
        """Those that belong to where something stands today: one introduction, or only its enquiry or its supporter.

        One that was noted as sent is offered no more.
        """
        fitting = self._belonging(self._desk.snapshot, enquiry, supporter, on)
        wanted = {(enquiry, supporter), (enquiry, ""), ("", supporter)}
        belonging = [
            (letter, case)
            for letter in fitting
            for case in self.cases(letter, on)
            if (case.enquiry, case.supporter) in wanted
        ]
        with self._desk.store.read() as tx:
            noted = {case: _noted(tx, case) for _, case in belonging}
        return tuple(
            StepLetter(letter, case, self.write(letter, case, on))
            for letter, case in belonging
            if not self._sent(noted[case], letter, case, on)
        )

    def _sent(self, noted: Letters, letter: str, case: Case, on: date) -> bool:
        """Whether it was noted since the step that it belongs to; "still looking" may be told again after a week."""
        if not is_noted(letter, case):
            return False
        if not case.enquiry:
            return sent(noted, Posted(letter), case.day or date.min) is not None
        beside = self._desk.snapshot.introductions_of(case.enquiry)
        asked = [each.asked for each in beside if case.supporter in ("", each.supporter)]
        since = max(asked, default=date.min)
        if letter == Posted.STILL_LOOKING:
            since = max(since, on - _A_WEEK if on > date.min + _A_WEEK else date.min)
        return sent(noted, Posted(letter), since) is not None

    def note(self, letter: str, case: Case, on: date) -> Done:
        """A person has sent it from their own mailbox: what it said is kept with its enquiry or its supporter."""
        if not is_noted(letter, case):
            raise BadInput("This letter is noted with its step.", "Open the enquiry or the supporter.")
        draft = self.write(letter, case, on)
        action = "letter-sent" if case.enquiry else "supporter-letter-sent"
        with self._desk.command(action, case.key) as tx:
            tx.note(LETTERS[letter].title)
            if _noted_on(tx, letter, case, draft, on):
                raise Refused(tr("This letter was noted as sent today already."))
            kept = introductions.OutgoingLetter(
                letter, case.enquiry, case.supporter or None, on, draft.recipient, draft.subject, draft.text
            )
            introductions.put_in_outbox(tx, kept)
        people = frozenset({case.supporter} if case.supporter else ())
        asked = frozenset({case.enquiry} if case.enquiry else ())
        return self._desk.done(tx, Touched(people, asked), self._notice(case))

    def sent_to(self, supporter: str) -> tuple[SentLetter, ...]:
        """All that somebody was sent, the newest first."""
        return sent_to(self._desk.store, supporter)

    def _notice(self, case: Case) -> str:
        if case.enquiry:
            return tr("Noted: the letter about {reference} was sent.").format(reference=case.enquiry)
        name = self._desk.snapshot.supporter(case.supporter).first_name
        return tr("Noted: the letter to {first_name} was sent.").format(first_name=name)

    @staticmethod
    def _belonging(picture: Snapshot, enquiry: str, supporter: str, on: date) -> tuple[str, ...]:
        asking = picture.enquiries.get(enquiry)
        if asking is None:
            return () if enquiry else SUPPORTERS
        beside = picture.introductions_of(enquiry)
        if not supporter:
            return for_enquiry(asking, beside)
        found = (each for each in beside if each.supporter == supporter)
        return tuple(letter for each in found for letter in for_introduction(each, asking, beside, on))

    def _to_trainee(self, letter: str, enquiry: Enquiry, case: Case, on: date) -> tuple[str, str]:
        picture = self._desk.snapshot
        near = self.near(enquiry, on) if "near" in LETTERS[letter].fields else ()
        urgent = urgent_lines(picture.reference.signposts)
        return trainee_letter(self._desk.templates, letter, enquiry, day=case.day, near=near, urgent=urgent)

    def near(self, enquiry: Enquiry, on: date) -> tuple[str, ...]:
        """The topics beside what is needed that several people can be found by today, by their names."""
        picture = self._desk.snapshot
        vocabulary = picture.reference.vocabulary
        beside = {
            other: strength
            for need in enquiry.wanted
            for other, strength in vocabulary.related(need).items()
            if other not in enquiry.wanted and not vocabulary.terms[other].extra_sensitive
        }
        known = supply(picture.register, beside, on)
        enough = (each for each in sorted(beside, key=lambda id: (-beside[id], id)) if known[each] >= ENOUGH)
        return tuple(vocabulary.label(each) for each in enough)[:MOST_NEAR]


def _noted(tx: Transaction, case: Case) -> Letters:
    if not case.enquiry:
        return posted.alone(tx, case.supporter)
    return introductions.posted(tx, case.enquiry).get((case.enquiry, case.supporter), NO_LETTERS)


def _noted_on(tx: Transaction, letter: str, case: Case, draft: LetterDraft, on: date) -> bool:
    """Whether somebody pressed twice; a pause that was changed on the same day is another letter."""
    if case.enquiry:
        return _noted(tx, case).get(Posted(letter)) == on
    kept = posted.every_to(tx, case.supporter, (letter,))
    return any((each.written, each.body) == (on, draft.text) for each in kept)


def _address(enquiry: Enquiry) -> str | None:
    """Theirs; with a risk cue none, for a person finds a safe way first (rules, 7)."""
    return None if enquiry.risk else (enquiry.requester.email or "").strip() or None


def _enquiries(statuses: Collection[EnquiryStatus], ahead: timedelta | None = None) -> Fits:
    def found(picture: Snapshot, on: date) -> Iterator[Case]:
        for each in picture.cases.heads(tuple(statuses)):
            yield Case(each.reference, day=soon(on, ahead) if ahead is not None else None)

    return found


def _trainees(state: State) -> Fits:
    """Those of whose introductions one stands so."""

    def found(picture: Snapshot, _on: date) -> Iterator[Case]:
        for reference in dict.fromkeys(each.enquiry for each in picture.introductions if each.state is state):
            yield Case(reference)

    return found


def _introductions(state: State) -> Fits:
    def found(picture: Snapshot, _on: date) -> Iterator[Case]:
        for each in picture.introductions:
            if each.state is state and each.supporter in picture.supporters:
                yield Case(each.enquiry, each.supporter)

    return found


def _standing(*statuses: SupporterStatus) -> Fits:
    def found(picture: Snapshot, on: date) -> Iterator[Case]:
        for id in standing_as(picture.register, statuses):
            yield Case(supporter=id, day=on)

    return found


def _paused(picture: Snapshot, on: date) -> Iterator[Case]:
    """Whose pause lasts, until the day on which it ends."""
    for id in paused(picture.register, on):
        yield Case(supporter=id, day=picture.supporters[id].paused_until)


def _ended(picture: Snapshot, on: date) -> Iterator[Case]:
    """Active supporters whose consent to be kept has come to its day."""
    found = over(picture.register, on)
    active = frozenset(standing_as(picture.register, (SupporterStatus.ACTIVE,)))
    days = {id: day for id, day in found.ended.items() if id in active}
    for id in active.intersection(found.unsettled):
        ruling = picture.gate(picture.supporters[id], on).ruling(Purpose.HOLD)
        if ruling.standing is Standing.ENDED:
            days[id] = (ruling.record.expires if ruling.record else None) or on
    for id in sorted(days):
        yield Case(supporter=id, day=days[id])


_OPEN = frozenset({EnquiryStatus.NEW, EnquiryStatus.TRIAGED})
_IN_OR_OVER = _OPEN | {EnquiryStatus.CLOSED}
_FITS: Mapping[str, Fits] = MappingProxyType(
    {
        "out-of-scope": _enquiries(_IN_OR_OVER),
        "still-looking": _enquiries(_OPEN),
        "no-match": _enquiries(_IN_OR_OVER),
        "on-hold": _enquiries({EnquiryStatus.ON_HOLD}, _TWO_WEEKS),
        "offer-reminder": _trainees(State.ACCEPTED),
        "not-after-all": _trainees(State.STOPPED),
        "closing": _enquiries(_IN_OR_OVER),
        "withdrawn": _enquiries({EnquiryStatus.WITHDRAWN}),
        "thanks-for-no": _introductions(State.DECLINED),
        "lapsed": _introductions(State.LAPSED),
        "not-needed": _introductions(State.REFUSED),
        "ended": _introductions(State.STOPPED),
        "thank-you": _introductions(State.ENDED),
        "applied": _standing(SupporterStatus.APPLIED),
        "welcome": _standing(SupporterStatus.CHECKED, SupporterStatus.ACTIVE),
        "paused": _paused,
        "left": _standing(SupporterStatus.LEFT),
        "consent-ended": _ended,
    }
)
