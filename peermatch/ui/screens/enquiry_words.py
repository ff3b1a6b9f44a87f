"""Enquiries in words: what stands in the queue, above the letter and in the details."""

from collections.abc import Sequence
from datetime import date

from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.model.letter import Proposal
from peermatch.services.clocks import REPLY_WITHIN, after_working_days
from peermatch.services.risk_words import risk_words
from peermatch.ui.screens.clock_words import age_words, day_words, weekday_words
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, tr

DROP_AGAIN = tr("Drop them again when you are ready.")
CHANNEL_WORDS = {
    "email": tr("by e-mail"),
    "phone": tr("by phone"),
    "form": tr("by the form"),
    "pasted": tr("as pasted text"),
}
STATUS_WORDS = {
    EnquiryStatus.NEW: tr("not triaged"),
    EnquiryStatus.TRIAGED: tr("needs confirmed"),
    EnquiryStatus.ON_HOLD: tr("on hold"),
    EnquiryStatus.CLOSED: "closed",
    EnquiryStatus.WITHDRAWN: "withdrawn",
}
MOST_TOPICS = 3
"""Topics that a row of the list names; how many more there are is said."""
SAFETY_CHIP = tr("check safety first")
FITS_CHIP = tr("Somebody fits now")


def received_words(
    enquiry: Enquiry, introductions: Sequence[Introduction], on: date, replied: date | None = None
) -> str:
    """How and when it came, when the first reply was sent, and by when it is due while they have had no word."""
    way = CHANNEL_WORDS.get(enquiry.channel or "", enquiry.channel or "")
    came = " ".join(part for part in ("received", way) if part)
    words = f"{came}, {weekday_words(enquiry.received, on)}"
    if replied is not None:
        return tr("{words} · first reply {weekday_words}").format(
            words=words, weekday_words=weekday_words(replied, on)
        )
    if not enquiry.open or any(each.told for each in introductions):
        return words
    due = after_working_days(enquiry.received, REPLY_WITHIN)
    return tr("{words} · reply due by {weekday_words}").format(
        words=words, weekday_words=weekday_words(due, on)
    )


def queue_row(
    enquiry: Enquiry,
    introductions: Sequence[Introduction],
    proposal: Proposal | None,
    vocabulary: Vocabulary,
    on: date,
    *,
    fits: bool = False,
) -> QueueRow:
    """One line of the queue: the reference first, never a name. ``fits``: a watch found somebody."""
    unheard = not any(each.told for each in introductions)
    late = enquiry.open and unheard and on > after_working_days(enquiry.received, REPLY_WITHIN)
    state = state_line(enquiry, introductions, proposal, on)
    chip, kind = _chip(enquiry, on, late=late, fits=fits)
    return QueueRow(
        key=enquiry.reference,
        title=enquiry.reference,
        summary=summary(enquiry, proposal, vocabulary),
        state=f"{state} · {age_words(enquiry.received, on)}" if chip == FITS_CHIP else state,
        chip=chip,
        chip_kind=kind,
    )


def _chip(enquiry: Enquiry, on: date, *, late: bool, fits: bool) -> tuple[str, ChipKind]:
    """What is most pressing: safety, then good news, then how long it waits."""
    if enquiry.held:
        return SAFETY_CHIP, "risk"
    if fits:
        return FITS_CHIP, "good"
    return age_words(enquiry.received, on), "wait" if late else "mute"


def summary(enquiry: Enquiry, proposal: Proposal | None, vocabulary: Vocabulary) -> str:
    """What it is about: the confirmed needs, else what the letter seems to say."""
    if enquiry.held:
        return _sentence(risk_words(enquiry))
    if enquiry.needs:
        more = len(enquiry.wanted) - MOST_TOPICS
        first = enquiry.wanted if more == 1 else enquiry.wanted[:MOST_TOPICS]
        said = ", ".join(vocabulary.label(need) for need in first)
        return tr("{said} and {more} more").format(said=said, more=more) if more > 1 else said
    topics = proposal.topics[:2] if proposal else ()
    if topics:
        return tr("Perhaps ") + ", ".join(vocabulary.label(topic.characteristic) for topic in topics)
    if enquiry.letter:
        return tr("A letter to read")
    return tr("Seems to be about somebody else") if enquiry.channel == "email" else tr("No letter is kept")


def state_line(
    enquiry: Enquiry, introductions: Sequence[Introduction], proposal: Proposal | None, on: date
) -> str:
    """How it stands and whose turn it is."""
    if not enquiry.open:
        return STATUS_WORDS[enquiry.status]
    if introductions:
        return _progress(introductions, on)
    if enquiry.needs:
        return tr("needs confirmed · nobody asked yet")
    topics = len(proposal.topics) if proposal and not enquiry.held else 0
    return (
        tr("{count_of} suggested").format(count_of=count_of(topics, "topic"))
        if topics
        else STATUS_WORDS[enquiry.status]
    )


def _progress(introductions: Sequence[Introduction], on: date) -> str:
    """The furthest of several introductions."""
    introduced = [i.introduced for i in introductions if i.state is State.INTRODUCED and i.introduced]
    if introduced:
        return tr("introduced on {day_words}").format(day_words=day_words(max(introduced), on))
    if any(i.state is State.AGREED for i in introductions):
        return tr("both said yes · card ready to send")
    if any(i.state is State.ACCEPTED for i in introductions):
        return tr("a supporter said yes · trainee to be asked")
    asked = sum(1 for i in introductions if i.state is State.ASKED)
    if asked:
        return tr("asked {count_of} · no reply yet").format(count_of=count_of(asked, "supporter"))
    return tr("needs confirmed · nobody asked now")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def stopped_words(read: int) -> str:
    """What is said when somebody stops the reading of many letters."""
    return tr("Stopped after {read} letters. Nothing was added.").format(read=read)
