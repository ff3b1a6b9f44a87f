"""A letter on its way in: as it was read, the enquiry that it makes, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from peermatch.mail.mime import NOT_WHOLLY_READ
from peermatch.model.changes import Done
from peermatch.model.enquiry import (
    Enquiry,
    Exclusions,
    Preferences,
    Requester,
    Risk,
    RiskKind,
)
from peermatch.model.letter import Letter, Proposal, Scope
from peermatch.model.mail import MailState
from peermatch.words import tr

_SCOPE_WORDS = {
    Scope.IN_SCOPE: "",
    Scope.SPAM: tr(" It looks like spam: please check."),
    Scope.OUT_OF_SCOPE: tr(" It may not be for peer support: please check."),
    Scope.OTHER_WORKSTREAM: tr(" It may be for another workstream: please check."),
    Scope.VOLUNTEER_OFFER: tr(" It may be an offer to volunteer: please check."),
}
FEW = 2
"""Letters of which each has a sentence of its own."""
SAFETY = tr("Please check it for safety first.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it was read, with what it seems to say; nothing is kept until it is received."""

    letter: Letter
    proposal: Proposal
    prints: tuple[str, ...]
    known_as: str | None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one letter; ``state`` where it began no enquiry, and then the reference may be empty."""

    reference: str
    new: bool
    done: Done
    state: MailState | None = None


def notice(reference: str, held: str | None, draft: Draft) -> str:
    """What is said of one letter."""
    if held == "":
        return tr("This letter is already here, among those that wait or are set aside.")
    if held is not None:
        return tr("This letter is already here as {held}.").format(held=held)
    safety = f" {SAFETY}" if risk_of(draft) else ""
    return tr("Received as {reference}.{safety}{scope_words}{remark}").format(
        reference=reference,
        safety=safety,
        scope_words=_SCOPE_WORDS[draft.proposal.scope],
        remark=_remark(draft.proposal),
    )


def notices(received: Sequence[Received]) -> str:
    """What is said of all of them: each by itself where they are few, else how many, and which must be looked at."""
    if len(received) <= FEW:
        return " ".join(each.done.notice for each in received)
    new = list(dict.fromkeys(each.reference for each in received if each.new))
    placed = [each for each in received if each.state is not None]
    known = len(received) - sum(1 for each in received if each.new) - len(placed)
    first = (
        tr("{new} letters are received as {new_2} to {new_3}.").format(
            new=len(new), new_2=new[0], new_3=new[-1]
        )
        if len(new) > 1
        else ""
    )
    first = tr("One letter is received as {new}.").format(new=new[0]) if len(new) == 1 else first
    again = _of_so_many(
        known, tr("One of {received} is here already."), tr("{number} of {received} are here already.")
    ).format(number=known, received=len(received))
    beside = placed_words(placed)
    safety = sum(1 for each in received if (each.new or each.state) and SAFETY in each.done.notice)
    looked = tr("Please check {safety} of them for safety first.").format(safety=safety) if safety else ""
    return " ".join(part for part in (first, beside, again, looked) if part)


def placed_words(placed: Sequence[Received]) -> str:
    """How many of several letters went to their enquiries, wait, or are set aside."""
    kinds = (
        (
            MailState.JOINED,
            tr("One of them belongs to an enquiry that is here."),
            tr("{number} of them belong to enquiries that are here."),
        ),
        (
            MailState.WAITING,
            tr("One of them waits for you to say where it belongs."),
            tr("{number} of them wait for you to say where they belong."),
        ),
        (MailState.ASIDE, tr("One of them is set aside."), tr("{number} of them are set aside.")),
    )
    counted = ((sum(1 for each in placed if each.state is state), one, more) for state, one, more in kinds)
    said = (_of_so_many(number, one, more).format(number=number) for number, one, more in counted)
    return " ".join(filter(None, said))


def _of_so_many(number: int, one: str, more: str) -> str:
    if not number:
        return ""
    return one if number == 1 else more


def _remark(proposal: Proposal) -> str:
    if proposal.for_somebody_else:
        return tr(" It seems to be written for somebody else, so nothing about them was kept.")
    return ""


def risk_of(draft: Draft) -> tuple[Risk, ...]:
    """The signs of danger in a letter; that part of it could not be read is one."""
    return draft.proposal.risk or _risk_of_the_unread(draft.letter)


def _risk_of_the_unread(letter: Letter) -> tuple[Risk, ...]:
    """A letter that was not wholly read may say what nobody has seen, so a person looks first."""
    unread = any(remark in letter.remarks for remark in NOT_WHOLLY_READ)
    return (Risk(RiskKind.UNCLEAR_DISCLOSURE, ("part of the letter was not read",)),) if unread else ()


def new_enquiry(reference: str, draft: Draft, on: date, channel: str) -> Enquiry:
    """The enquiry that a letter makes."""
    letter, proposal = draft.letter, draft.proposal
    risk = risk_of(draft)
    person = Requester(
        name=letter.sender_name, email=letter.sender_address, safe_contact=proposal.safe_contact
    )
    received = letter.sent if letter.sent is not None and letter.sent <= on else on
    if proposal.for_somebody_else:
        person = replace(person, safe_contact=None)
        return Enquiry(
            reference,
            received,
            person,
            channel=channel,
            risk=tuple(replace(r, words=()) for r in risk),
        )
    return Enquiry(
        reference=reference,
        received=received,
        requester=person,
        channel=channel,
        letter=letter.text,
        preferences=Preferences(),
        exclusions=Exclusions(
            organisations=proposal.exclude_organisations,
            specialties=proposal.exclude_specialties,
            people=proposal.exclude_people,
        ),
        risk=risk,
    )
