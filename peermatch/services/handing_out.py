"""Handing over a contact card: previewed, checked again in its transaction, read back, recorded."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from peermatch.errors import BadInput, Refused
from peermatch.exchange.card_check import read_back
from peermatch.exchange.card_files import (
    CARD_FORMATS,
    CARD_STEM,
    USUAL_FORMATS,
    CardFile,
    Extras,
    Stamp,
    Stationery,
    card_files,
    meaningless_code,
)
from peermatch.exchange.card_secrets import forbidden_strings
from peermatch.mail.drafts import draft
from peermatch.matching.engine import refusal_codes
from peermatch.model.card import ContactCard, Permission, build_card
from peermatch.model.card_wishes import NO_WISHES, CardWishes
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import ConsentGate, ConsentRules, Purpose, Standing
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.explanation import CODE_WORDS
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.reference import Reference
from peermatch.model.verdict import Code
from peermatch.services import card_making
from peermatch.services.card_making import Marking
from peermatch.services.desk import Desk
from peermatch.services.draft_folders import DraftFolder
from peermatch.services.footing import kept_apart
from peermatch.services.introductions import refuse_step, register_now
from peermatch.services.mail_marks import MailMarks
from peermatch.services.supporters import address_fault
from peermatch.services.writing import clear_parts, prepared
from peermatch.store import enquiries, introductions, settings, supporters
from peermatch.store.introductions import HandOver
from peermatch.store.transaction import Transaction
from peermatch.words import tr

PAGE, PAPER, MAIL, COPY = "html", "paper", "eml", "copy"
"""The page that can be printed, and what the record says of a card that left on paper, by e-mail, or as a copy."""
# The gates that are asked again on the day of the hand-over.
_STILL_APART = (Code.SAME_PERSON, Code.EXCLUDED_BY_ENQUIRER, Code.POWER_RELATION, Code.OWN_BOUNDARY)


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what would leave: the same stamp and consent make the same bytes at the hand-over."""

    reference: str
    supporter: str
    recipient: str
    stamp: Stamp
    files: tuple[CardFile, ...]
    card: ContactCard
    leaves: tuple[Permission, ...]
    stays: tuple[str, ...]
    wishes: CardWishes
    extras: Extras
    marking: Marking
    page_words: str
    """What a reader finds in the PDF, if there is one."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A card that left: what was done and where its files are."""

    done: Done
    code: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A card that goes on paper: what was done, and the page for the printer."""

    reference: str
    done: Done
    code: str
    page: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be made: whose card for whom, its stamp, in which formats, with which wishes."""

    reference: str
    supporter: str
    stamp: Stamp
    formats: tuple[str, ...]
    wishes: CardWishes


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that a hand-over rests on, as the file says at this moment."""

    enquiry: Enquiry
    supporter: Supporter
    introduction: Introduction
    gate: ConsentGate


class HandingOut:
    """The last press: a card for one person, of one person."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.marks = MailMarks(desk)
        self.drafts = DraftFolder()

    def draw_words(self) -> str:
        """Words by chance that a page can be locked with; they are kept nowhere."""
        return card_making.drawn_words(card_making.rules().words)

    def preview(
        self,
        reference: str,
        supporter: str,
        on: date,
        formats: tuple[str, ...] = USUAL_FORMATS,
        wishes: CardWishes = NO_WISHES,
    ) -> Preview:
        """What would leave today, refused for the same reasons as the hand-over itself."""
        _refuse_formats(formats)
        wished = replace(wishes, pdf=wishes.pdf or "pdf" in formats)
        now = self._desk.clock()
        card_making.refuse_wishes(wished, now)
        stamp = Stamp(
            code=meaningless_code(secrets.token_bytes(16)),
            uid=secrets.token_hex(16),
            sent=now.replace(microsecond=0),
        )
        with self._desk.store.read() as tx:
            return self._prepare(tx, _Asked(reference, supporter, stamp, formats, wished), on)

    def hand_over(self, preview: Preview, on: date, folder: Path) -> HandedOver:
        """Write the previewed card to a folder and record it; refused if anything has changed since the preview."""
        reference, supporter = preview.reference, preview.supporter
        clear_parts(folder, CARD_STEM)
        with prepared(folder) as sheets:
            with self._desk.command("card", f"{reference} {supporter}") as tx:
                now = self._record(tx, preview, on)
                sheets.write(tuple((file.name, file.data) for file in now.files))
            # Only now do the files get their names: a process that is killed leaves no card that is not recorded.
            touched = Touched(frozenset({supporter}), frozenset({reference}))
            done = self._desk.done(
                tx, touched, tr("The contact card is ready, and its hand-over is recorded.")
            )
            written = sheets.put_in_place()
        return HandedOver(done, now.stamp.code, written)

    def hand_over_to_mail(self, preview: Preview, on: date) -> HandedOver:
        """The same into a folder that goes at the lock: the draft is for the person's own e-mail program."""
        return self.hand_over(preview, on, self.drafts.fresh())

    def hand_over_on_paper(self, preview: Preview, on: date) -> Printed:
        """Record the previewed card as one that is given on paper; refused if anything changed since the preview.

        No file is written: the page goes to the printer and stays nowhere here.
        """
        pages = tuple(file for file in preview.files if file.format == PAGE)
        if not pages:
            raise Refused(
                tr("There is no page of this card to print."), tr("Show the card again, and print that.")
            )
        reference, supporter = preview.reference, preview.supporter
        with self._desk.command("card", f"{reference} {supporter}") as tx:
            now = self._record(tx, replace(preview, files=pages), on, how=(PAPER,))
        touched = Touched(frozenset({supporter}), frozenset({reference}))
        done = self._desk.done(tx, touched, tr("The contact card is printed, and its hand-over is recorded."))
        return Printed(reference, done, now.stamp.code, now.files[0].data.decode())

    def hand_over_as_copy(self, preview: Preview, on: date) -> Done:
        """Record the previewed letter as one that is copied, to be pasted into a letter of the person's own program."""
        mail = tuple(file for file in preview.files if file.format == MAIL)
        if not mail:
            raise Refused(tr("There is no letter of this card to copy."), tr("Show the card again."))
        if preview.wishes.alone:
            raise Refused(
                tr("The contact details stand in the locked PDF alone, and a copy takes no file along."),
                tr("Open the letter in your e-mail program, or save the files."),
            )
        with self._desk.command("card", f"{preview.reference} {preview.supporter}") as tx:
            self._record(tx, replace(preview, files=mail), on, how=(COPY,))
        touched = Touched(frozenset({preview.supporter}), frozenset({preview.reference}))
        return self._desk.done(tx, touched, tr("The letter is copied, and the hand-over is recorded."))

    def _record(self, tx: Transaction, preview: Preview, on: date, *, how: tuple[str, ...] = ()) -> Preview:
        """Check everything again and write the hand-over down."""
        formats = tuple(file.format for file in preview.files)
        reference, supporter = preview.reference, preview.supporter
        asked = _Asked(reference, supporter, preview.stamp, formats, preview.wishes)
        now = self._prepare(tx, asked, on, preview)
        if now.files != preview.files or now.recipient != preview.recipient:
            raise Refused(tr("The card has changed since you looked at it."), tr("Please look at it again."))
        introduction = introductions.get(tx, reference, supporter)
        introductions.change(tx, introduction.after(Step.HAND_OVER, on))
        how = how or tuple(dict.fromkeys((*formats, *_enclosed(now))))
        introductions.record_hand_over(
            tx, HandOver(reference, supporter, on, now.recipient, now.stamp.code, how), now.leaves
        )
        tx.note(f"{now.stamp.code}; {', '.join(how)}")
        return now

    def _prepare(self, tx: Transaction, asked: _Asked, on: date, earlier: Preview | None = None) -> Preview:
        reference, supporter, wishes = asked.reference, asked.supporter, asked.wishes
        case = self._case(tx, reference, supporter, on)
        self._refuse(tx, case, on)
        lists = self._desk.snapshot.reference
        card = self._card(case, lists)
        card = replace(card, topics=()) if wishes.alone else card
        recipient, times = self._recipient(tx, case)
        stationery = Stationery(self._desk.templates, lists.signposts, draft, card_making.press())
        mark = card_making.marking(tx, wishes, recipient, case.enquiry.requester.safe_contact or "")
        seen = earlier.extras.paper if earlier else None
        paper = card_making.paper_of(card, asked.stamp, stationery, wishes, seen)
        event = card_making.event_of(tx, (reference, supporter), wishes.meeting, times)
        extras = Extras(paper, event, secure=mark.on, alone=wishes.alone)
        files = card_files(card, recipient, asked.stamp, stationery, asked.formats, extras)
        forbidden = forbidden_strings(case.supporter, case.enquiry, card, lists)
        read_back(files, card, recipient, asked.stamp, stationery, forbidden, extras)
        return Preview(
            reference,
            supporter,
            recipient,
            asked.stamp,
            files,
            card,
            card.permissions(),
            _stays(case, card, lists),
            replace(wishes, secure=mark.on),
            extras,
            mark,
            card_making.words_in(paper),
        )

    def _card(self, case: _Case, lists: Reference) -> ContactCard:
        """The card that consent allows today, with a way to reach the supporter."""
        supporter = case.supporter.id
        card = build_card(
            case.supporter, card_making.described(lists, case.supporter, case.enquiry), case.gate
        )
        if card is None:
            raise Refused(
                tr("{supporter} has no contact channel with both a value and valid consent.").format(
                    supporter=supporter
                ),
                tr("Ask them first."),
            )
        if card.email and address_fault(card.email.value):
            raise Refused(
                tr(
                    "The e-mail address on {supporter}'s record is not one address, so no card leaves."
                ).format(supporter=supporter),
                tr("Correct it first."),
            )
        return card

    def _case(self, tx: Transaction, reference: str, supporter: str, on: date) -> _Case:
        enquiry, person = enquiries.get(tx, reference), supporters.get(tx, supporter)
        introduction = introductions.get(tx, reference, supporter)
        wordings = {w.id: w for w in settings.wordings(tx) or ()}
        rules = ConsentRules(wordings, self._desk.snapshot.reference.vocabulary.broader_terms)
        return _Case(enquiry, person, introduction, ConsentGate(person.consents, rules, on))

    def _refuse(self, tx: Transaction, case: _Case, on: date) -> None:
        """Every rule of the hand-over, in the order of the design."""
        refuse_step(case.introduction, Step.HAND_OVER)
        who = case.supporter.id
        if case.enquiry.status is EnquiryStatus.WITHDRAWN:
            raise Refused(
                tr("The enquirer of {reference} has withdrawn, so no card leaves.").format(
                    reference=case.enquiry.reference
                )
            )
        if case.enquiry.held:
            raise Refused(
                tr("Enquiry {reference} may need help today, so no card leaves yet.").format(
                    reference=case.enquiry.reference
                ),
                tr("Follow the risk card, then note what was done."),
            )
        if case.supporter.status is not SupporterStatus.ACTIVE or not case.gate.allows(Purpose.HOLD):
            raise Refused(
                tr("{who} is not active with valid consent to keep their record.").format(who=who),
                tr("Speak to them first."),
            )
        register = register_now(self._desk, tx, (case.supporter,))
        codes = [c for c in refusal_codes(register, case.enquiry, who, on) if c in _STILL_APART]
        if codes:
            raise Refused(
                tr("{who} and {reference} must not be introduced: {value}.").format(
                    who=who, reference=case.enquiry.reference, value=CODE_WORDS[codes[0]].reason
                )
            )
        if kept_apart(tx, case.enquiry, who):
            raise Refused(
                tr("{who} and {reference} must not be introduced: they are kept apart for good.").format(
                    who=who, reference=case.enquiry.reference
                ),
                tr("Find somebody else."),
            )
        if self._withdrawn_essential(case):
            raise Refused(
                tr("{who} has withdrawn consent that this introduction rests on.").format(who=who),
                tr("Find somebody else."),
            )
        others = (i for i in introductions.of_enquiry(tx, case.enquiry.reference) if i.supporter != who)
        if not case.enquiry.choice and any(i.state is State.INTRODUCED for i in others):
            raise Refused(
                tr("{reference} is introduced to somebody already.").format(reference=case.enquiry.reference),
                tr("End that introduction first."),
            )

    def _withdrawn_essential(self, case: _Case) -> bool:
        vocabulary = self._desk.snapshot.reference.vocabulary
        return any(
            # The same id counts even where no vocabulary knows it any more: a withdrawal is always taken as meant.
            (characteristic == need or vocabulary.meets(characteristic, need))
            and case.gate.ruling(Purpose.MATCH, characteristic).standing is Standing.WITHDRAWN
            for characteristic in case.supporter.characteristics
            for need in case.enquiry.essential
        )

    def _recipient(self, tx: Transaction, case: _Case) -> tuple[str, int]:
        """The enquirer's own address, and how often it went there; a card that goes again goes to the same one."""
        address = (case.enquiry.requester.email or "").strip()
        if not address:
            raise Refused(
                tr("{reference} has no e-mail address to send a card to.").format(
                    reference=case.enquiry.reference
                ),
                tr("Add it first."),
            )
        earlier = introductions.hand_overs(tx, case.enquiry.reference, case.supporter.id)
        if earlier and earlier[0].recipient.casefold() != address.casefold():
            raise Refused(
                tr("This card went to another address before."),
                tr(
                    "Add a new enquiry with the new address. {supporter} may be asked again for that one."
                ).format(supporter=case.supporter.id),
            )
        return address, len(earlier)


def _enclosed(preview: Preview) -> tuple[str, ...]:
    """What the letter encloses beside the contact card, for the record of what left."""
    if all(file.format != MAIL for file in preview.files):
        return ()
    extras = preview.extras
    return (*(("pdf",) if extras.paper else ()), *(("ics",) if extras.event else ()))


def _refuse_formats(formats: tuple[str, ...]) -> None:
    unknown = [f for f in formats if f not in CARD_FORMATS]
    if unknown or not formats:
        raise BadInput(
            tr("There is no card format {value}.").format(value=", ".join(unknown) or "(none)"),
            tr("Use {join}.").format(join=", ".join(CARD_FORMATS)),
        )


def _stays(case: _Case, card: ContactCard, lists: Reference) -> tuple[str, ...]:
    """What is kept back, in words for the coordinator; a withdrawn characteristic is not spoken of."""
    person = case.supporter
    plain = (
        ("surname", card.surname is None),
        (tr("grade, specialty and county"), card.role is None),
        (tr("organisation and town"), card.workplace is None),
        (tr("e-mail address"), bool(person.email) and card.email is None),
        (tr("phone number"), bool(person.phone) and card.phone is None),
    )
    named = {topic.value.characteristic for topic in card.topics}
    topics = (
        lists.vocabulary.label(c)
        for c in person.characteristics
        if c not in named and case.gate.ruling(Purpose.MATCH, c).standing is not Standing.WITHDRAWN
    )
    return (*(what for what, kept in plain if kept), *topics)
