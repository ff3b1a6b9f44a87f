"""The letters beside the steps: the first reply, the one reminder, and the two times that we ask how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.errors import Refused
from peermatch.exchange.card_text import urgent_lines
from peermatch.mail.enclosing import with_services
from peermatch.mail.follow_ups import acknowledgement_letter, care_letter, follow_up_letter, reminder_letter
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.model.posted import NO_LETTERS, NOTHING_WRITTEN, Letters, Posted, Written, sent
from peermatch.model.retention import days_after
from peermatch.model.signposts import line_of
from peermatch.services.clocks import LAST_FOLLOW_UP_AFTER, working_day_from
from peermatch.services.consent_rules import refuse_without_controller
from peermatch.services.desk import Desk
from peermatch.services.introductions import LetterDraft
from peermatch.services.shortlists import refuse_while_held
from peermatch.store import enquiries, introductions, supporters
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr

TO_SUPPORTER = "follow-up-supporter"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Both letters that ask how it went; ``which`` of the two times it is."""

    which: Posted
    to_trainee: LetterDraft
    to_supporter: LetterDraft


class PostedLetters:
    """Writes them to be read, and notes that a person sent them; a clock moves with the note alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known = NOTHING_WRITTEN

    @property
    def known(self) -> Written:
        """What was noted when somebody last asked: for a screen, which never waits for the file."""
        return self._known

    def written(self) -> Written:
        """What was noted, by introduction and by enquiry."""
        with self._desk.store.read() as tx:
            self._known = introductions.posted(tx)
        return self._known

    def acknowledgement(self, reference: str, services: Sequence[str] = ()) -> LetterDraft:
        """The first reply: what this is, what is kept, and four questions; no address where risk was noticed.

        ``services`` are the ids of signposts that a person chose to go with it.
        """
        enquiry = self._desk.snapshot.enquiry(reference)
        refuse_while_held(enquiry)
        return self._acknowledgement(enquiry, self._desk.snapshot.controller or "", services)

    def _acknowledgement(self, enquiry: Enquiry, controller: str, services: Sequence[str]) -> LetterDraft:
        signposts = self._desk.snapshot.reference.signposts
        urgent = urgent_lines(signposts)
        chosen = tuple(line_of(signposts.signposts[id]) for id in services if id in signposts.signposts)
        subject, text = acknowledgement_letter(self._desk.templates, enquiry, controller, urgent)
        return LetterDraft(_address(enquiry), subject, with_services(text, chosen))

    def acknowledged(self, reference: str, on: date, services: Sequence[str] = ()) -> Done:
        """Note that the first reply was sent; it asks for consent, so it says who decides."""
        with self._desk.command("acknowledge", reference) as tx:
            enquiry = enquiries.get(tx, reference)
            if not enquiry.open:
                raise Refused(
                    tr("Enquiry {reference} is {value}, so it needs no first reply.").format(
                        reference=reference, value=enquiry.status.value
                    )
                )
            refuse_while_held(enquiry)
            refuse_without_controller(tx)
            before = _letters(tx, reference, "").get(Posted.ACKNOWLEDGEMENT)
            if before is not None:
                raise Refused(
                    tr("{reference} had its first reply on {in_words} already.").format(
                        reference=reference, in_words=in_words(before)
                    )
                )
            draft = self._acknowledgement(enquiry, self._desk.snapshot.controller or "", services)
            _keep(tx, Posted.ACKNOWLEDGEMENT, reference, None, on, draft)
        return self._done(
            tx, reference, "", tr("Noted: {reference} had its first reply.").format(reference=reference)
        )

    def reminder(self, reference: str, supporter: str) -> LetterDraft:
        """The one reminder to a supporter; it names nobody."""
        picture = self._desk.snapshot
        return self._reminder(picture.supporter(supporter), picture.enquiry(reference))

    def _reminder(self, person: Supporter, enquiry: Enquiry) -> LetterDraft:
        subject, text = reminder_letter(self._desk.templates, person, enquiry)
        return LetterDraft(person.email, subject, text)

    def reminded(self, reference: str, supporter: str, on: date) -> Done:
        """Note that the reminder was sent; it gives them two working days at least."""
        with self._desk.command("remind", f"{reference} {supporter}") as tx:
            enquiry, person = enquiries.get(tx, reference), supporters.get(tx, supporter)
            introduction = introductions.get(tx, reference, supporter)
            _refuse_unless(introduction, State.ASKED, tr("only who has not answered is reminded"))
            before = sent(_letters(tx, reference, supporter), Posted.REMINDER, introduction.asked)
            if before is not None:
                raise Refused(
                    tr("{supporter} was reminded on {in_words} already.").format(
                        supporter=supporter, in_words=in_words(before)
                    ),
                    tr("There is only one reminder."),
                )
            _keep(tx, Posted.REMINDER, reference, supporter, on, self._reminder(person, enquiry))
        return self._done(
            tx,
            reference,
            supporter,
            tr("Noted: {first_name} is reminded.").format(first_name=person.first_name),
        )

    def follow_up(self, reference: str, supporter: str, on: date) -> FollowUp:
        """The two letters that ask how it went, for the time that it is now."""
        picture = self._desk.snapshot
        steps = picture.introductions_of(reference)
        introduction = next((each for each in steps if each.supporter == supporter), None)
        letters = self.written().get((reference, supporter), NO_LETTERS)
        which = _which(introduction, letters, on) if introduction else Posted.FOLLOW_UP
        return self._follow_up(picture.enquiry(reference), picture.supporter(supporter), which)

    def _follow_up(self, enquiry: Enquiry, person: Supporter, which: Posted) -> FollowUp:
        templates = self._desk.templates
        last = which is Posted.LAST_FOLLOW_UP
        to_trainee = LetterDraft(_address(enquiry), *follow_up_letter(templates, enquiry, last=last))
        to_supporter = LetterDraft(person.email, *care_letter(templates, person, enquiry))
        return FollowUp(which, to_trainee, to_supporter)

    def followed_up(self, reference: str, supporter: str, on: date) -> Done:
        """Note that both were asked how it went."""
        with self._desk.command("follow-up", f"{reference} {supporter}") as tx:
            enquiry, person = enquiries.get(tx, reference), supporters.get(tx, supporter)
            introduction = introductions.get(tx, reference, supporter)
            _refuse_unless(introduction, State.INTRODUCED, tr("it is asked how it went once a card has left"))
            if enquiry.status is EnquiryStatus.WITHDRAWN:
                raise Refused(
                    tr("The enquirer of {reference} has withdrawn, so nobody is asked.").format(
                        reference=reference
                    )
                )
            refuse_while_held(enquiry)
            letters = _letters(tx, reference, supporter)
            if sent(letters, Posted.LAST_FOLLOW_UP, introduction.introduced or introduction.asked):
                raise Refused(tr("Both were asked for the last time already."), tr("End the introduction."))
            both = self._follow_up(enquiry, person, _which(introduction, letters, on))
            _keep(tx, both.which, reference, supporter, on, both.to_trainee)
            _keep(tx, TO_SUPPORTER, reference, supporter, on, both.to_supporter)
        return self._done(tx, reference, supporter, tr("Noted: both are asked how it went."))

    def _done(self, tx: Transaction, reference: str, supporter: str, notice: str) -> Done:
        supporters = frozenset({supporter} if supporter else ())
        done = self._desk.done(tx, Touched(supporters, frozenset({reference})), notice)
        self.written()
        return done


def _which(introduction: Introduction, letters: Letters, on: date) -> Posted:
    """The second question where the first was asked, or where its time has gone by."""
    since = introduction.introduced or introduction.asked
    late = on >= working_day_from(days_after(since, LAST_FOLLOW_UP_AFTER))
    return Posted.LAST_FOLLOW_UP if late or sent(letters, Posted.FOLLOW_UP, since) else Posted.FOLLOW_UP


def _address(enquiry: Enquiry) -> str | None:
    """Theirs; with a risk cue none, for a person finds a safe way first (rules, 7)."""
    return None if enquiry.risk else (enquiry.requester.email or "").strip() or None


def _letters(tx: Transaction, reference: str, supporter: str) -> Letters:
    return introductions.posted(tx, reference).get((reference, supporter), NO_LETTERS)


def _keep(
    tx: Transaction, kind: str, reference: str, supporter: str | None, on: date, draft: LetterDraft
) -> None:
    letter = OutgoingLetter(kind, reference, supporter, on, draft.recipient, draft.subject, draft.text)
    introductions.put_in_outbox(tx, letter)


def _refuse_unless(introduction: Introduction, state: State, why: str) -> None:
    if introduction.state is not state:
        who = tr("{enquiry} and {supporter}").format(
            enquiry=introduction.enquiry, supporter=introduction.supporter
        )
        raise Refused(
            tr("The introduction of {who} is {value}: {why}.").format(
                who=who, value=introduction.state.value, why=why
            )
        )
