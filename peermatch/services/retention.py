"""What has been kept for its time: listed on any day, kept back with a reason, and erased by a person's press."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.erasure import Wanted
from peermatch.model.retention import (
    PERIODS,
    Due,
    Item,
    KeptBack,
    Periods,
    Waiting,
    clock_jumped,
    years_after,
)
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.retention_review import Review
from peermatch.store import kept, received
from peermatch.store.kept import Left, Numbered
from peermatch.words import in_words, tr

LONGEST_REASON = 500
_PEOPLE = frozenset({Item.ENQUIRY, Item.SPAM, Item.VOLUNTEER, Item.TAKEN_BACK})


class ClockJumped(Refused):
    """The clock may be wrong; `Retention.confirm_clock` is for when it is right."""


class Retention:
    """Keeps to the schedule; nothing goes by itself."""

    def __init__(self, desk: Desk, periods: Periods = PERIODS) -> None:
        self._desk, self._periods = desk, periods

    def review(self, on: date) -> tuple[Due, ...]:
        """What is due on a day, the oldest first; who is kept back is listed with the reason.

        It is worked out once: as long as no step is taken, nothing else becomes due on that day.
        """
        work_out = Review(self._desk, self._periods).of
        return self._desk.once(("retention", on, self._periods), lambda: work_out(on))

    def waiting(self, on: date) -> Waiting:
        """How much of it waits for a press; what Today and the navigation count, worked out once too."""
        work_out = Review(self._desk, self._periods).waiting
        return self._desk.once(("retention waits", on, self._periods), lambda: work_out(on))

    def keep_back(self, subject: Subject, reason: str, until: date | None, on: date) -> Done:
        """Keep somebody longer than the schedule says, for a reason that is on the journal's image."""
        said = one_line(reason)
        if not said or len(said) > LONGEST_REASON:
            raise BadInput(
                tr("Please say why the record is kept back."), tr("For example: a complaint is open.")
            )
        if until is not None and until < on:
            raise BadInput(tr("That day has passed already."), tr("Choose a later day, or none."))
        self._refuse_unknown(subject)
        with self._desk.command("keep-back", subject.id) as tx:
            kept.keep_back(tx, subject, KeptBack(on, until, said))
        last = tr(" until {in_words}").format(in_words=in_words(until)) if until else ""
        return self._desk.done(
            tx, _touching(subject), tr("{id} is kept back{last}.").format(id=subject.id, last=last)
        )

    def release(self, subject: Subject, on: date) -> Done:
        """Let the schedule count again from a day."""
        with self._desk.command("release", subject.id) as tx:
            kept.release(tx, subject)
            tx.note(on.isoformat())
        return self._desk.done(
            tx, _touching(subject), tr("{id} is no longer kept back.").format(id=subject.id)
        )

    def confirm_clock(self) -> Done:
        """A person says that the clock is right: a step on the journal, from which the next jump is measured."""
        with self._desk.command("clock-right") as tx:
            pass
        return self._desk.done(
            tx, Touched(), tr("Noted: today is {in_words}.").format(in_words=in_words(self._desk.today))
        )

    def apply(self, subjects: Collection[Subject | Case], on: date) -> Done:
        """Erase what is due of these on a day, all in one next epoch; refused where the clock may be wrong."""
        from peermatch.services.erasure import carry_out

        self.refuse_wrong_clock(on)
        wanted = tuple(dict.fromkeys(subjects))
        chosen = [each for each in self.review(on) if each.subject in wanted]
        self._refuse_others(wanted, chosen)
        wanted_rows = self._wanted(chosen, on)
        count = len(wanted)
        notice = (
            tr("{id} is erased.").format(id=wanted[0].id)
            if count == 1
            else tr("{count} records are erased.").format(count=count)
        )
        return carry_out(self._desk, wanted_rows, "retention", notice, wanted)

    def _refuse_others(self, wanted: Iterable[Subject | Case], chosen: Collection[Due]) -> None:
        """Only what is due goes, and nothing that is kept back."""
        due = {each.subject: each.kept_back for each in chosen}
        if not due:
            raise Refused(tr("Nothing of this is due."), tr("Look at the list again."))
        for subject in wanted:
            if subject not in due:
                raise Refused(tr("{id} is not due.").format(id=subject.id), tr("Look at the list again."))
            held = due[subject]
            if held is not None:
                raise Refused(
                    tr("{id} is kept back: {reason}").format(id=subject.id, reason=held.reason),
                    tr("Release the record first."),
                )

    def _wanted(self, chosen: Collection[Due], on: date) -> Wanted:
        from peermatch.services.erasure import counted_of

        people = tuple(
            each.subject for each in chosen if isinstance(each.subject, Subject) and each.item in _PEOPLE
        )
        with self._desk.store.read() as tx:
            left = kept.left(tx)
        logs = [left[each] for each in _of(chosen, Item.INTRODUCTIONS)]
        proofs = [left[each] for each in _of(chosen, Item.CONSENT)]
        return Wanted(
            on=on,
            people=people,
            counted=counted_of(self._desk.snapshot, people),
            introductions=self._over(on, self._periods.introductions_years, (e.introductions for e in logs)),
            kept_introductions=self._over(
                on, self._periods.introductions_years, (e.kept_introductions for e in logs)
            ),
            kept_consents=self._over(on, self._periods.consent_years, (e.consents for e in proofs)),
            cases=tuple(each.subject for each in chosen if isinstance(each.subject, Case)),
        )

    def _over(self, on: date, years: int, rows: Iterable[Numbered]) -> tuple[int, ...]:
        """Those whose own time is over: of one person, some lines may be younger than others."""
        return tuple(id for each in rows for id, since in each.items() if years_after(since, years) <= on)

    def refuse_wrong_clock(self, on: date) -> None:
        """Refuse to erase for a day to come, or by a clock that jumped by more than a month since the last step.

        A wrong clock would erase what is not due, for good.
        """
        now = self._desk.clock()
        with self._desk.store.read() as tx:
            last = received.last_step(tx)
        if on > now.date():
            raise Refused(
                tr("{in_words} has not come yet.").format(in_words=in_words(on)), tr("Choose today.")
            )
        if last is not None and clock_jumped(last, now, self._periods):
            raise ClockJumped(
                tr(
                    "This computer's clock says {in_words}, but the last step here was on {in_words_2}. Nothing "
                    "was erased."
                ).format(in_words=in_words(now.date()), in_words_2=in_words(last.astimezone().date())),
                tr("Put the clock right. If it is right, say so first, then erase."),
            )

    def left(self) -> Mapping[Subject, Left]:
        """What is left of everybody who was erased."""
        with self._desk.store.read() as tx:
            return kept.left(tx)

    def _refuse_unknown(self, subject: Subject) -> None:
        with self._desk.store.read() as tx:
            if kept.left_of(tx, subject).anything:
                return
        if subject.kind is SubjectKind.SUPPORTER:
            self._desk.snapshot.supporter(subject.id)
        else:
            self._desk.snapshot.enquiry(subject.id)


def _of(chosen: Iterable[Due], item: Item) -> tuple[Subject, ...]:
    """Whose items of one kind go."""
    return tuple(e.subject for e in chosen if e.item is item and isinstance(e.subject, Subject))


def _touching(subject: Subject) -> Touched:
    ids = frozenset({subject.id})
    return Touched(supporters=ids) if subject.kind is SubjectKind.SUPPORTER else Touched(enquiries=ids)
