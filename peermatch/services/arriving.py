"""Keeping a letter that begins no enquiry: with the enquiry that it belongs to, waiting for a word, or set aside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from peermatch.mail.natures import AWAY, LATE, RECEIPT
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.model.letter import Letter, Proposal
from peermatch.model.mail import Mail, MailKind, MailState, Says
from peermatch.services.incoming import SAFETY, Draft, risk_of
from peermatch.services.placing import Place, marks_of
from peermatch.store import enquiries, mailbag
from peermatch.store.transaction import Transaction
from peermatch.words import tr

_LONGEST_SUBJECT = 300
_SAID_BY_NOBODY = frozenset({AWAY, RECEIPT, LATE})
"""Letters that a mailbox writes by itself: "I am away" is no cry for help there."""


def keep_placed(tx: Transaction, draft: Draft, place: Place, on: date) -> Mail:
    """Keep it where it belongs; new words of danger hold the shortlist of its enquiry again."""
    letter, risk = draft.letter, _risk(draft, place)
    kept = mailbag.add(tx, _mail(letter, draft.proposal, place, on, risk), marks_of(letter, draft.prints))
    joined = kept.enquiry if kept.placed and kept.kind is not MailKind.SPAM else None
    mailbag.add_files(tx, letter.files, enquiry=joined, mail=kept.number)
    if kept.state is MailState.JOINED and kept.supporter is None:
        hold_again(tx, kept, risk)
    return kept


def _risk(draft: Draft, place: Place) -> tuple[Risk, ...]:
    """Where a trainee wrote, every sign; an answer or an automatic letter is short and vague, and that is none."""
    found = risk_of(draft)
    if place.kind is MailKind.LETTER:
        return found
    if place.kind is MailKind.RETURNED or place.why in _SAID_BY_NOBODY:
        return ()
    unread = draft.proposal.risk == ()
    return tuple(each for each in found if unread or each.kind is not RiskKind.UNCLEAR_DISCLOSURE)


def kept_risk(mail: Mail, risk: Sequence[Risk]) -> tuple[Risk, ...]:
    """The signs of danger in the kept words; what was seen in words that are not kept counts all the same."""
    unsaid = mail.risk and not risk
    return (Risk(RiskKind.UNCLEAR_DISCLOSURE, ()),) if unsaid else tuple(risk)


def hold_again(tx: Transaction, mail: Mail, risk: Sequence[Risk]) -> None:
    """What was done about an earlier letter says nothing of this one, so somebody looks again."""
    if risk and mail.enquiry is not None:
        enquiry = enquiries.get(tx, mail.enquiry)
        held = tuple(dict.fromkeys((*enquiry.risk, *risk)))
        enquiries.change(tx, replace(enquiry, risk=held, risk_done=None))


def _mail(letter: Letter, proposal: Proposal, place: Place, on: date, risk: Sequence[Risk]) -> Mail:
    # As with a first letter: what is written for somebody else leaves no trace of them until they agree.
    silent = proposal.for_somebody_else and place.kind is MailKind.LETTER
    return Mail(
        number=0,
        came=letter.sent if letter.sent is not None and letter.sent <= on else on,
        kind=place.kind,
        state=place.state or MailState.WAITING,
        enquiry=place.enquiry,
        supporter=place.supporter,
        sender_name=letter.sender_name,
        sender=letter.sender_address,
        subject="" if silent else letter.subject[:_LONGEST_SUBJECT],
        body="" if silent else letter.text,
        why=place.why,
        answer=place.answer,
        failed=letter.failed,
        risk=bool(risk),
    )


def placed_notice(mail: Mail) -> str:
    """What is said of one such letter."""
    if mail.state is MailState.ASIDE:
        words = {
            MailKind.AUTOMATIC: tr("An automatic reply is set aside."),
            MailKind.RETURNED: tr("A letter that could not be delivered is noted: look who was not reached."),
            MailKind.SPAM: tr("A letter that the mail server marked as spam is set aside to be looked at."),
        }
        said = words.get(mail.kind, "")
    elif mail.state is MailState.WAITING:
        said = tr("A letter waits for you to say where it belongs.")
    elif mail.kind is MailKind.REPLY:
        said = _reply_notice(mail)
    else:
        said = tr("The letter belongs to {reference} and is kept with it.").format(reference=mail.enquiry)
    return f"{said} {SAFETY}" if mail.risk else said


def _reply_notice(mail: Mail) -> str:
    says = mail.answer.says if mail.answer is not None else None
    words = {
        Says.YES: tr("An answer came for {reference}. It seems to say yes: please confirm it."),
        Says.NO: tr("An answer came for {reference}. It seems to say no: please confirm it."),
        Says.UNCLEAR: tr("An answer came for {reference}. Please read what it says."),
    }
    said = words[says] if says is not None else tr("A letter came for {reference} and is kept with it.")
    return said.format(reference=mail.enquiry)
