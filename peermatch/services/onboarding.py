"""A volunteer's way in and out: applied, checked by the lead, active, left; each step with its day and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Fault, Refused
from peermatch.mail.step_letters import supporter_letter
from peermatch.matching.roster import standing_as
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose, Standing
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.onboarding import CHECKS, Leaving, Noted, Stage, Waiting, Way
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.posted import Posted
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.introductions import LetterDraft
from peermatch.services.supporters import Supporters
from peermatch.services.taking_back import UNSENT
from peermatch.store import holders, introductions, onboarding, posted, supporters
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr

LONGEST_NAME = 200
CHECK_WORDS: Mapping[Stage, str] = {
    Stage.TALK: tr("the talk"),
    Stage.TRAINING: tr("the training"),
    Stage.AGREEMENT: tr("the agreement"),
}
_ON_THE_WAY = frozenset({SupporterStatus.APPLIED, SupporterStatus.CHECKED})
_NOT_CHECKED: Mapping[SupporterStatus, str] = {
    SupporterStatus.APPLIED: tr("is not checked yet"),
    SupporterStatus.ACTIVE: tr("is active already"),
    SupporterStatus.LEFT: tr("has left"),
}
_NO_HOLD: Mapping[Standing, str] = {
    Standing.NEVER: tr("has not agreed yet that the record is kept"),
    Standing.ENDED: tr("no longer has a valid consent to the record: it has ended"),
    Standing.WITHDRAWN: tr("has withdrawn consent to the record"),
}
LETTERS: Mapping[SupporterStatus, tuple[Posted, Stage]] = {
    SupporterStatus.APPLIED: (Posted.APPLIED, Stage.APPLIED),
    SupporterStatus.ACTIVE: (Posted.WELCOME, Stage.ACTIVE),
    SupporterStatus.LEFT: (Posted.LEFT, Stage.LEFT),
}
"""Which letter belongs to somebody who stands so, and the stage whose day it speaks of."""


@dataclass(frozen=True, slots=True)
class StandingLetter:
    """The letter that belongs to how somebody stands, the day that it speaks of, and when it was noted as sent."""

    letter: Posted
    day: date
    draft: LetterDraft
    sent: date | None


class Onboarding:
    """What the lead does before somebody is asked for the first time, and when somebody goes."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._records = desk, Supporters(desk)

    def way(self, supporter: str) -> Way:
        """What is noted of one person."""
        with self._desk.store.read() as tx:
            return onboarding.way(tx, supporter)

    def waiting(self) -> tuple[Waiting, ...]:
        """Who waits for the lead, the longest wait first; who was checked and is not active yet comes last."""
        register = self._desk.snapshot.register
        standing = {each: standing_as(register, (each,)) for each in _ON_THE_WAY}
        if not any(standing.values()):
            return ()
        with self._desk.store.read() as tx:
            ways = onboarding.ways(tx)
        found = (_waiting(id, status, ways.get(id, Way())) for status, ids in standing.items() for id in ids)
        return tuple(sorted(found, key=_longest_first))

    def usual_name(self) -> str:
        """Who does the checks, as far as the key that opened the network says."""
        with self._desk.store.read() as tx:
            holder = holders.every(tx).get(self._desk.store.unlocked_by)
        return holder.name if holder else ""

    def receive(self, supporter: Supporter, on: date) -> Done:
        """Take in a volunteer: everything wrong is said at once, and nobody is matched before the checks."""
        self._records.refuse_faults(supporter)
        with self._desk.command("supporter-apply") as tx:
            person = replace(
                supporter,
                id=supporter.id or supporters.next_id(tx),
                status=SupporterStatus.APPLIED,
                consents=(),
            )
            if supporters.exists(tx, person.id):
                raise BadInput(
                    tr("There is already a supporter {id}.").format(id=person.id),
                    tr("Leave the id empty to get the next one."),
                )
            supporters.add(tx, person)
            onboarding.note(tx, person.id, Noted(Stage.APPLIED, on))
            tx.about = person.id
        said = tr("{name} is added as {id}, and waits for the checks.").format(name=person.name, id=person.id)
        return self._done(tx, person.id, said)

    def note(self, supporter: str, check: Stage, day: date, by: str, on: date) -> Done:
        """Note one check; with the last of them the volunteer is checked."""
        noted = Noted(check, day, one_line(by))
        if faults := _faults(noted, on):
            raise BadInput(tr("The check was not noted."), tr("Please correct what is marked."), faults)
        with self._desk.command("supporter-check", supporter) as tx:
            person = supporters.get(tx, supporter)
            _refuse_unless(person, _ON_THE_WAY, tr("is not on the way in, so there is nothing to check"))
            onboarding.note(tx, supporter, noted)
            tx.note(check.value)
            done = not onboarding.way(tx, supporter).missing
            if done:
                supporters.change(tx, replace(person, status=SupporterStatus.CHECKED))
        said = tr("Noted: {check_words} of {first_name}, on {in_words}.").format(
            check_words=CHECK_WORDS[check], first_name=person.first_name, in_words=in_words(day)
        )
        return self._done(
            tx, supporter, tr("{said} All checks are done.").format(said=said) if done else said
        )

    def take_away(self, supporter: str, check: Stage) -> Done:
        """A check was noted by mistake; who had all of them is no longer checked."""
        with self._desk.command("supporter-uncheck", supporter) as tx:
            person = supporters.get(tx, supporter)
            _refuse_unless(person, _ON_THE_WAY, tr("is not on the way in, so the checks stay as they are"))
            if onboarding.way(tx, supporter).of(check) is None:
                raise Refused(
                    tr("Nothing is noted about {check_words}.").format(check_words=CHECK_WORDS[check]),
                    tr("Look at the record again."),
                )
            onboarding.forget(tx, supporter, (check,))
            tx.note(check.value)
            supporters.change(tx, replace(person, status=SupporterStatus.APPLIED))
        return self._done(
            tx,
            supporter,
            tr("{capitalize} is no longer noted.").format(capitalize=CHECK_WORDS[check].capitalize()),
        )

    def why_not_active(self, supporter: str, on: date) -> str:
        """What still keeps somebody from becoming active, to be said after a name; empty where nothing does."""
        return self.why_not(self._desk.snapshot.supporter(supporter), self.way(supporter), on)

    def why_not(self, person: Supporter, way: Way, on: date) -> str:
        """The same by what was read already: a screen never waits for the file."""
        if person.status is not SupporterStatus.CHECKED:
            return _NOT_CHECKED[person.status]
        if (
            way.noted and way.missing
        ):  # a check was taken back by an undo; who came with an older list has none
            return tr("is not checked yet: {join} is open").format(
                join=" and ".join(CHECK_WORDS[each] for each in way.missing)
            )
        held = self._desk.snapshot.gate(person, on).ruling(Purpose.HOLD).standing
        return _NO_HOLD.get(held, "")

    def activate(self, supporter: str, on: date) -> Done:
        """From now on they may be asked: only after all checks, and with a valid consent to the record."""
        with self._desk.command("supporter-activate", supporter) as tx:
            person = supporters.get(tx, supporter)
            if why := self.why_not(person, onboarding.way(tx, supporter), on):
                raise Refused(f"{person.first_name} {why}.", tr("Nothing was changed."))
            supporters.change(tx, replace(person, status=SupporterStatus.ACTIVE))
            onboarding.note(tx, supporter, Noted(Stage.ACTIVE, on))
        return self._done(
            tx,
            supporter,
            tr("{first_name} is active. The letter of welcome is ready.").format(
                first_name=person.first_name
            ),
        )

    def pause(self, supporter: str, until: date | None, on: date) -> Done:
        """Nobody asks them before a day; None ends a pause. What they have in hand goes on."""
        if until is not None and until <= on:
            fault = Fault("until", tr("Choose a day after today."))
            raise BadInput(tr("The pause was not noted."), tr("Please correct what is marked."), (fault,))
        with self._desk.command("supporter-pause", supporter) as tx:
            person = supporters.get(tx, supporter)
            active = frozenset({SupporterStatus.ACTIVE})
            _refuse_unless(person, active, tr("is not active, so there is nothing to pause"))
            if person.paused_until == until:
                raise Refused(tr("Nothing was changed."), tr("It stands like that already."))
            supporters.change(tx, replace(person, paused_until=until))
        day = (
            tr("is paused until {in_words}").format(in_words=in_words(until))
            if until
            else tr("may be asked again")
        )
        return self._done(tx, supporter, f"{person.first_name} {day}.")

    def leaving(self, supporter: str) -> Leaving:
        """What leaving would bring about; from the picture in memory."""
        theirs = self._desk.snapshot.introductions_with(supporter)
        return Leaving(
            stops=tuple(each for each in theirs if each.state in UNSENT),
            held=tuple(each for each in theirs if each.state is State.INTRODUCED),
        )

    def leave(self, supporter: str, on: date) -> Done:
        """They are asked no more: what has not been sent stops, and consent stays as it is until it is withdrawn."""
        with self._desk.command("supporter-leave", supporter) as tx:
            person = supporters.get(tx, supporter)
            if person.status is SupporterStatus.LEFT:
                raise Refused(
                    tr("{first_name} has left already.").format(first_name=person.first_name),
                    tr("Nothing was changed."),
                )
            supporters.change(tx, replace(person, status=SupporterStatus.LEFT))
            onboarding.note(tx, supporter, Noted(Stage.LEFT, on))
            stopped = _stop(tx, supporter, on)
        said = tr("{first_name} has left.").format(first_name=person.first_name)
        if stopped:
            said = tr("{said} Stopped: {join}.").format(
                said=said, join=", ".join(each.enquiry for each in stopped)
            )
        touched = Touched(frozenset({supporter}), frozenset(each.enquiry for each in stopped))
        return self._desk.done(tx, touched, said)

    def come_back(self, supporter: str, on: date) -> Done:
        """Somebody who left offers again: as with everybody, the checks come first."""
        with self._desk.command("supporter-return", supporter) as tx:
            person = supporters.get(tx, supporter)
            _refuse_unless(person, frozenset({SupporterStatus.LEFT}), tr("has not left"))
            supporters.change(tx, replace(person, status=SupporterStatus.APPLIED))
            onboarding.forget(tx, supporter, (*CHECKS, Stage.ACTIVE, Stage.LEFT))
            onboarding.note(tx, supporter, Noted(Stage.APPLIED, on))
        return self._done(
            tx,
            supporter,
            tr("{first_name} is back, and waits for the checks.").format(first_name=person.first_name),
        )

    def letter(self, supporter: str, on: date) -> StandingLetter | None:
        """The letter that belongs to how somebody stands; None for whom there is none."""
        person = self._desk.snapshot.supporter(supporter)
        if person.status is SupporterStatus.ACTIVE and person.paused_until and on < person.paused_until:
            return self._written(person, Posted.PAUSED, person.paused_until)
        found = LETTERS.get(person.status)
        if found is None:
            return None
        letter, stage = found
        noted = self.way(supporter).of(stage)
        return self._written(person, letter, noted.day if noted else on, noted.day if noted else date.min)

    def _written(
        self, person: Supporter, letter: Posted, day: date, since: date | None = None
    ) -> StandingLetter:
        draft = LetterDraft(person.email, *supporter_letter(self._desk.templates, letter, person, day=day))
        return StandingLetter(letter, day, draft, self._sent(person.id, letter, draft, since))

    def _sent(self, supporter: str, letter: Posted, draft: LetterDraft, since: date | None) -> date | None:
        """When it was last noted since its stage; of a pause, of which no first day is known, these very words."""
        with self._desk.store.read() as tx:
            kept = posted.every_to(tx, supporter, (letter,))
        counts = (e.written for e in kept if (e.body == draft.text if since is None else e.written >= since))
        return max(counts, default=None)

    def _done(self, tx: Transaction, supporter: str, said: str) -> Done:
        return self._desk.done(tx, Touched(supporters=frozenset({supporter})), said)


def _waiting(id: str, status: SupporterStatus, way: Way) -> Waiting:
    applied = way.of(Stage.APPLIED)
    missing = way.missing if status is SupporterStatus.APPLIED else ()
    return Waiting(id, applied.day if applied else None, missing)


def _longest_first(waiting: Waiting) -> tuple[bool, date, str]:
    return not waiting.missing, waiting.since or date.min, waiting.supporter


def _faults(noted: Noted, on: date) -> tuple[Fault, ...]:
    found = []
    if noted.stage not in CHECKS:
        found.append(Fault("check", tr("Choose the talk, the training or the agreement.")))
    if noted.day > on:
        found.append(Fault("day", tr("This day has not come yet.")))
    if not noted.by:
        found.append(Fault("by", tr("Say who did it.")))
    elif len(noted.by) > LONGEST_NAME:
        found.append(Fault("by", tr("This name is too long.")))
    return tuple(found)


def _refuse_unless(person: Supporter, allowed: frozenset[SupporterStatus], why: str) -> None:
    if person.status not in allowed:
        raise Refused(f"{person.first_name} {why}.", tr("Nothing was changed."))


def _stop(tx: Transaction, supporter: str, on: date) -> tuple[Introduction, ...]:
    """Stop what has not been sent."""
    theirs = introductions.of_some(tx, (supporter,)).get(supporter, ())
    stopped = tuple(each.after(Step.STOP, on) for each in theirs if each.state in UNSENT)
    for each in stopped:
        introductions.change(tx, each)
    return stopped
