"""Asking everybody whose consent ends: who is due, one campaign with a letter each, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

from peermatch.errors import BadInput, Refused
from peermatch.mail.renewal import renewal_letter
from peermatch.model.asking import Point, points, soon
from peermatch.model.campaign import Asked, Campaign, ConsentLetter, Progress, still_waiting
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Wording
from peermatch.model.people import Supporter
from peermatch.services.consent_rules import refuse_unknown_wording, refuse_without_controller
from peermatch.services.desk import Desk
from peermatch.services.due import DUE_WITHIN, Due, due_of, ends_of
from peermatch.services.introductions import LetterDraft
from peermatch.store import campaigns
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr

LONGEST_REACH = timedelta(days=366)
TIME_TO_ANSWER = timedelta(days=28)
"""Letters a month ahead: what is offered, and anybody may choose another day."""
MOST_COUNTED = 300
"""People whose records are read to count what there is to ask them for."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people would be asked, and for how many things; the latter only where they are not too many."""

    people: int
    lines: int | None


class Campaigns:
    """What the lead does once a year, or whenever consents end."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def due(self, on: date, until: date | None = None) -> tuple[Due, ...]:
        """Active supporters whose consent ends up to a day, has ended or was never asked for; most pressing first."""
        found = due_of(self._desk.snapshot, on, until or soon(on, DUE_WITHIN))
        return tuple(sorted(found.values(), key=attrgetter("first")))

    def pressing(self, on: date) -> tuple[Due, ...]:
        """The same up to the day that the present campaign asks for, and for thirty days at least."""
        return self.due(on, self._reach(on))

    def _reach(self, on: date) -> date:
        with self._desk.store.read() as tx:
            campaign = campaigns.current(tx)
        return max(soon(on, DUE_WITHIN), campaign.until) if campaign else soon(on, DUE_WITHIN)

    def count(self, on: date) -> int:
        """How many they are."""
        return len(ends_of(self._desk.snapshot, on, self._reach(on)))

    def reach(self, on: date, until: date) -> Reach:
        """How many would be asked for what ends up to a day."""
        due = due_of(self._desk.snapshot, on, until).values()
        counted = len(due) <= MOST_COUNTED
        return Reach(len(due), sum(len(each.points) for each in due) if counted else None)

    def progress(self, on: date) -> Progress | None:
        """How far the present campaign has come; None while there is none."""
        with self._desk.store.read() as tx:
            campaign = campaigns.current(tx)
            letters = campaigns.letters(tx, campaign) if campaign else ()
        if campaign is None:
            return None
        due = due_of(self._desk.snapshot, on, campaign.until)
        people = {each.supporter: Asked(each, _waiting(each, due)) for each in letters}
        return Progress(campaign, people, tuple(id for id in due if id not in people))

    def past(self) -> tuple[Campaign, ...]:
        """The campaigns that are over, the newest first."""
        with self._desk.store.read() as tx:
            return campaigns.past(tx)

    def begin(self, on: date, *, until: date, answer_by: date, wording: str) -> Done:
        """Write one letter each for all who are due; nothing is sent by it."""
        _refuse_days(on, until, answer_by)
        due = due_of(self._desk.snapshot, on, until)
        if not due:
            raise Refused(
                tr("Nobody's consent ends by {in_words}.").format(in_words=in_words(until)),
                tr("Choose a later day, or ask nobody."),
            )
        with self._desk.command("campaign-begin") as tx:
            if campaigns.current(tx) is not None:
                raise Refused(tr("There is a campaign already."), tr("Close it first, or add people to it."))
            refuse_without_controller(tx)
            refuse_unknown_wording(tx, wording)
            campaign = campaigns.begin(tx, Campaign(0, on, until, answer_by, wording))
            self._write(tx, campaign, due)
        return self._done(tx, tr("{letters} ready. Nothing was sent yet.").format(letters=_letters(len(due))))

    def add_due(self, on: date) -> Done:
        """Letters for those who are due by now and have none in the present campaign."""
        with self._desk.command("campaign-add") as tx:
            campaign = _current(tx)
            known = {each.supporter for each in campaigns.letters(tx, campaign)}
            due = due_of(self._desk.snapshot, on, campaign.until)
            more = {id: each for id, each in due.items() if id not in known}
            if not more:
                raise Refused(tr("Everybody who is due has a letter already."))
            self._write(tx, campaign, more)
        return self._done(
            tx, tr("{letters} added. Nothing was sent yet.").format(letters=_letters(len(more)))
        )

    def _write(self, tx: Transaction, campaign: Campaign, due: Mapping[str, Due]) -> None:
        campaigns.write(tx, campaign, ((id, tuple(p.key for p in each.points)) for id, each in due.items()))
        tx.note(_letters(len(due)))

    def letter(self, supporter: str, on: date) -> LetterDraft:
        """The letter to one person: as it was sent, or as it stands today, without what was answered since."""
        with self._desk.store.read() as tx:
            campaign = _current(tx)
            letter = campaigns.get(tx, campaign, supporter)
        return self._draft(campaign, letter, on)

    def _draft(self, campaign: Campaign, letter: ConsentLetter, on: date) -> LetterDraft:
        if letter.sent is not None:
            return LetterDraft(letter.recipient, letter.subject, letter.body)
        picture = self._desk.snapshot
        person = picture.supporter(letter.supporter)
        due = points(person, picture.gate(person, on), campaign.until)
        return written(self._desk, campaign, person, still_waiting(letter.asked, due))

    def mark_sent(self, supporter: str, on: date) -> Done:
        """Note that somebody sent the letter; from now on it is kept as it was."""
        with self._desk.command("consent-letter-sent", supporter) as tx:
            campaign = _current(tx)
            letter = campaigns.get(tx, campaign, supporter)
            if letter.sent is not None:
                raise Refused(
                    tr("This letter was sent on {in_words} already.").format(in_words=in_words(letter.sent))
                )
            draft = self._draft(campaign, letter, on)
            kept = replace(letter, sent=on, recipient=draft.recipient, subject=draft.subject, body=draft.text)
            campaigns.mark_sent(tx, campaign, kept)
        name = self._desk.snapshot.supporter(supporter).first_name
        return self._done(
            tx, tr("Noted: the letter to {first_name} was sent.").format(first_name=name), supporter
        )

    def close(self, on: date) -> Done:
        """The campaign is over; what was not answered ends on its own day."""
        with self._desk.command("campaign-close") as tx:
            campaigns.close(tx, _current(tx), on)
        return self._done(tx, tr("The campaign is closed. What was not answered ends on its own day."))

    def _done(self, tx: Transaction, notice: str, *supporters: str) -> Done:
        return self._desk.done(tx, Touched(frozenset(supporters), network=not supporters), notice)


def written(desk: Desk, campaign: Campaign, person: Supporter, asked: tuple[Point, ...]) -> LetterDraft:
    """The letter as it stands today; nothing is kept of it."""
    picture = desk.snapshot
    label = picture.reference.vocabulary.label
    named = [(each, label(each.characteristic) if each.characteristic else None) for each in asked]
    subject, text = renewal_letter(
        desk.templates,
        person,
        named,
        wording=_text(picture.wordings, campaign.wording),
        controller=picture.controller or "",
        answer_by=campaign.answer_by,
    )
    return LetterDraft(person.email, subject, text)


def _text(wordings: tuple[Wording, ...], id: str) -> str:
    return next((each.text for each in wordings if each.id == id), "")


def _waiting(letter: ConsentLetter, due: Mapping[str, Due]) -> tuple[Point, ...]:
    found = due.get(letter.supporter)
    return still_waiting(letter.asked, found.points) if found else ()


def _current(tx: Transaction) -> Campaign:
    campaign = campaigns.current(tx)
    if campaign is None:
        raise Refused(tr("There is no campaign at the moment."), tr("Begin one first."))
    return campaign


def _refuse_days(on: date, until: date, answer_by: date) -> None:
    if until < on or until > soon(on, LONGEST_REACH):
        raise BadInput(
            tr("The campaign asks for what ends within a year from today."),
            tr("Choose a day within the next year."),
        )
    if answer_by <= on:
        raise BadInput(tr("People need time to answer."), tr("Choose a day after today."))


def _letters(count: int) -> str:
    return tr("1 letter") if count == 1 else tr("{count} letters").format(count=count)
