"""Letters beside the one that began an enquiry, and files that came with letters: looked at, placed, kept, let go."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from peermatch.errors import Refused
from peermatch.mail.reading import letter_from_text
from peermatch.model.changes import Done, Touched
from peermatch.model.introduction import Introduction, State
from peermatch.model.letter import Letter
from peermatch.model.mail import Mail, MailFile, MailKind, MailState
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.desk import Desk
from peermatch.services.incoming import Draft, new_enquiry, risk_of
from peermatch.services.mail_keeping import last_day
from peermatch.services.writing import clear_parts, prepared, refuse_inside
from peermatch.store import enquiries, ledger, lying, mailbag
from peermatch.store.transaction import Transaction
from peermatch.words import tr


@dataclass(frozen=True, slots=True, repr=False)
class Bag:
    """What is to be looked at: letters that wait for a word, and those that were set aside."""

    waiting: tuple[Mail, ...] = ()
    aside: tuple[Mail, ...] = ()
    files: tuple[MailFile, ...] = ()
    last_days: tuple[tuple[int, date], ...] = ()
    """The day on which each is due for erasure, unless it finds its enquiry."""

    def files_of(self, mail: Mail) -> tuple[MailFile, ...]:
        """What came with one of them."""
        return tuple(each for each in self.files if each.mail == mail.number)

    def last_day(self, mail: Mail) -> date | None:
        """When one of them is due; none for what goes with its enquiry."""
        return dict(self.last_days).get(mail.number)

    @property
    def risky(self) -> bool:
        """Whether somebody may need help in a letter that nobody has placed."""
        return any(each.risk for each in (*self.waiting, *self.aside))

    @property
    def returned(self) -> tuple[Mail, ...]:
        """Letters that did not reach somebody, and that nobody has seen yet."""
        return tuple(each for each in self.aside if each.kind is MailKind.RETURNED)


@dataclass(frozen=True, slots=True, repr=False)
class Correspondence:
    """What came to one enquiry beside its first letter, and the files of all its letters."""

    letters: tuple[Mail, ...] = ()
    files: tuple[MailFile, ...] = ()

    def answer_to(self, introduction: Introduction) -> Mail | None:
        """The newest letter that seems to answer what is open between the two now."""
        if introduction.state is State.ASKED:
            wanted, since = introduction.supporter, introduction.asked
        elif introduction.state is State.ACCEPTED:
            wanted, since = "", introduction.answered or introduction.asked
        else:
            return None
        found = (
            each
            for each in reversed(self.letters)
            if each.state is MailState.JOINED
            and each.kind is MailKind.REPLY
            and (each.supporter or "") == wanted
            and each.came >= since
            and each.answer is not None
        )
        return next(found, None)

    def not_reached(self, introduction: Introduction) -> Mail | None:
        """A letter to this supporter that came back, as long as nobody has seen it."""
        back = (each for each in reversed(self.letters) if each.kind is MailKind.RETURNED)
        return next(
            (
                each
                for each in back
                if each.supporter == introduction.supporter and each.state is MailState.ASIDE
            ),
            None,
        )


class Mailbag:
    """Reads and moves letters; what a letter says is never taken for granted, and no file is ever opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def bag(self) -> Bag:
        """What waits, and what was set aside."""
        with self._desk.store.read() as tx:
            found = mailbag.every(tx, MailState.WAITING, MailState.ASIDE)
            files = mailbag.files_beside(tx, [each.number for each in found]) if found else ()
            here = lying.every(tx) if found else ()
        return Bag(
            tuple(each for each in found if each.state is MailState.WAITING),
            tuple(each for each in found if each.state is MailState.ASIDE),
            files,
            tuple((each.number, last_day(each)) for each in here),
        )

    def replies(self) -> tuple[Mail, ...]:
        """Answers that belong to their enquiries."""
        with self._desk.store.read() as tx:
            return mailbag.answers(tx)

    def of(self, reference: str) -> Correspondence:
        """What belongs to one enquiry."""
        with self._desk.store.read() as tx:
            return Correspondence(mailbag.of_enquiry(tx, reference), mailbag.files(tx, enquiry=reference))

    def join(self, number: int, reference: str) -> Done:
        """It belongs to this enquiry; new words of danger hold its shortlist again."""
        from peermatch.services.arriving import hold_again, kept_risk

        with self._desk.command("mail-join", reference) as tx:
            ledger.refuse_erased(tx, Subject(SubjectKind.ENQUIRER, reference))
            enquiries.get(tx, reference)
            mail = _movable(mailbag.get(tx, number))
            same = mail.enquiry == reference
            joined = replace(
                mail,
                state=MailState.JOINED,
                enquiry=reference,
                supporter=mail.supporter if same else None,
                answer=mail.answer if same else None,
                why="",
            )
            mailbag.change(tx, joined)
            if joined.supporter is None:
                hold_again(tx, joined, kept_risk(joined, risk_of(self._draft(joined))))
            tx.note(mail.id)
        return self._done(
            tx, reference, tr("The letter is kept with {reference}.").format(reference=reference)
        )

    def begin(self, number: int, on: date, channel: str = "email") -> Done:
        """It is a new enquiry."""
        from peermatch.services.arriving import kept_risk

        with self._desk.command("mail-begin") as tx:
            mail = _movable(mailbag.get(tx, number))
            reference = enquiries.next_reference(tx)
            enquiry = new_enquiry(reference, self._draft(mail), on, channel)
            enquiry = replace(enquiry, risk=kept_risk(mail, enquiry.risk))
            enquiries.add(tx, enquiry, mailbag.marks_of(tx, number))
            mailbag.move_to(tx, number, reference)
            tx.about = reference
        return self._done(tx, reference, tr("Received as {reference}.").format(reference=reference))

    def put_away(self, number: int) -> Done:
        """Somebody has looked at it, and it needs nothing more."""
        with self._desk.command("mail-away") as tx:
            mail = mailbag.get(tx, number)
            mailbag.change(tx, replace(mail, state=MailState.DONE))
            tx.about = mail.id
        return self._done(tx, mail.enquiry or "", tr("The letter is put away."))

    def delete(self, number: int) -> Done:
        """Let it go for good, with its files; nothing of it stays in the journal either."""
        with self._desk.command("mail-delete") as tx:
            mail = mailbag.get(tx, number)
            mailbag.remove(tx, number)
            tx.about = mail.id
        return self._done(tx, mail.enquiry or "", tr("The letter is deleted for good."))

    def reveal(self, number: int) -> Done:
        """That somebody looked who wrote a letter that nobody has placed is noted in the journal."""
        with self._desk.command("mail-reveal") as tx:
            tx.about = mailbag.get(tx, number).id
        return Done(Touched(), "")

    def keep_files(self, reference: str, numbers: Iterable[int]) -> Done:
        """These are kept, encrypted with the enquiry."""
        with self._desk.command("files-keep", reference) as tx:
            kept = mailbag.keep_files(tx, numbers)
            tx.note(" ".join(each.id for each in kept))
        return self._done(tx, reference, tr("Kept, encrypted with {reference}.").format(reference=reference))

    def drop_files(self, reference: str, numbers: Iterable[int]) -> Done:
        """Let these go for good."""
        with self._desk.command("files-drop", reference) as tx:
            gone = mailbag.drop_files(tx, numbers)
            tx.note(" ".join(each.id for each in gone))
        return self._done(tx, reference, tr("The files are deleted for good."))

    def save_file(self, number: int, path: Path) -> Path:
        """Write a file out for its owner's account alone; the journal says so. It is not opened."""
        refuse_inside(path, self._desk.store.folder)
        clear_parts(path.parent, path.name)
        with prepared(path.parent) as sheets:
            with self._desk.command("file-copy") as tx:
                held, body = mailbag.body(tx, number)
                tx.about = held.enquiry or ""
                tx.note(held.id)
                sheets.write(((path.name, body),))
            return sheets.put_in_place()[0]

    def _draft(self, mail: Mail) -> Draft:
        letter = _letter(mail)
        return Draft(letter, self._desk.reader.propose(letter, self._desk.snapshot), (), None)

    def _done(self, tx: Transaction, reference: str, notice: str) -> Done:
        touched = frozenset({reference}) if reference else frozenset()
        return self._desk.done(tx, Touched(enquiries=touched), notice)


def _movable(mail: Mail) -> Mail:
    if mail.state is MailState.JOINED:
        raise Refused(tr("This letter belongs to an enquiry already."), tr("Look at the list again."))
    return mail


def _letter(mail: Mail) -> Letter:
    """The kept words as a letter again."""
    if not mail.body.strip():
        return Letter(mail.sender_name, mail.sender, mail.subject, mail.came, None, "", ())
    read = letter_from_text(mail.body)
    return replace(
        read, sender_name=mail.sender_name, sender_address=mail.sender, subject=mail.subject, sent=mail.came
    )
