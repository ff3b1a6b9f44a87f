"""The parts of a report that supporters and enquirers have alike."""

from peermatch.model.access import Section
from peermatch.model.dates import in_words
from peermatch.model.incidents import KeptIncident
from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.model.requests import KeptRequest
from peermatch.model.rights import Subject
from peermatch.services.access_parts import Fields, Words, joined, told
from peermatch.store import access, received, requests
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.journal import Entry
from peermatch.store.transaction import Transaction

_RIGHTS = (
    "You can ask us to correct or erase what we hold, to use less of it or none, and you can take back your "
    "consent at any time, without a reason. If you are not content, tell us, and we will look into it. You can "
    "also complain to the Information Commissioner's Office: ico.org.uk/make-a-complaint"
)
_LEFT_OUT = (
    "What other people told us about themselves, and whom they would rather not meet, is theirs and is not here. "
    "A person has read what was written in free words and has taken out what is about somebody else. If you know "
    "us in two ways, as a supporter and as somebody who asked for support, ask for each record."
)
_ABOUT_OTHERS = frozenset({"notes", "relations", "letter", "exclusions", "risk_done"})
"""Columns of a person's own row in which others may be spoken of."""


def about_copy(words: Words, why: str, source: str, kept: str) -> Section:
    """What belongs beside the data itself (article 15(1)): who decides, what for, how long, and what may be done."""
    return Section(
        "About this copy",
        joined(
            (
                told("about.controller", "Who decides about your data", words.picture.controller),
                told("about.purpose", "What it is used for", why),
                told("about.source", "Where it comes from", source),
                told(
                    "about.recipients",
                    "Who receives it",
                    "The people who run this network. Anybody else only where you agreed to it; each time is below.",
                ),
                told("about.kept", "How long it is kept", kept),
                told(
                    "about.backups", "Backups", "Encrypted backups hold copies until they are written over."
                ),
                told(
                    "about.decisions",
                    "How decisions are made",
                    "The program puts people who may fit in an order. A person decides each time.",
                ),
                told("about.rights", "What you can do", _RIGHTS),
                told("about.left_out", "What is not here", _LEFT_OUT),
            )
        ),
    )


def duties(tx: Transaction, words: Words, subject: Subject) -> tuple[Section, ...]:
    """What they asked for under data protection law, what went wrong, and whether they are kept longer."""
    held = access.hold(tx, subject)
    asked = requests.about(tx, subject)
    exposed = access.exposures(tx, subject)
    return (
        Section("What you asked of us", joined(_request(n, each, words) for n, each in enumerate(asked))),
        Section(
            "What went wrong with your data",
            joined(_incident(n, each, words) for n, each in enumerate(exposed)),
        ),
        Section(
            "Kept longer than usual",
            joined(
                (
                    told("hold.since", "Since", held.since),
                    told("hold.until", "Until", held.until),
                    told("hold.reason", "Why", words.without_ids(held.reason), about_others=True),
                )
                if held
                else ()
            ),
        ),
    )


def _request(number: int, kept: KeptRequest, words: Words) -> Fields:
    key, name = f"requests[{number}]", f"Request {number + 1}"
    return joined(
        (
            told(f"{key}.kind", f"{name}: what for", kept.kind.value),
            told(f"{key}.received", f"{name}: it came", kept.received),
            _free(f"{key}.summary", f"{name}: in our words", kept.summary, words),
            told(f"{key}.acknowledged", f"{name}: we told you that it had come", kept.acknowledged),
            told(f"{key}.extended", f"{name}: we asked you for more time", kept.extended),
            _free(f"{key}.extended_why", f"{name}: why", kept.extended_why, words),
            told(f"{key}.paused", f"{name}: we wait for you since", kept.paused),
            _free(f"{key}.waiting_for", f"{name}: for what", kept.waiting_for, words),
            told(f"{key}.paused_days", f"{name}: days that we waited for you", kept.paused_days or None),
            told(f"{key}.resumed", f"{name}: you answered", kept.resumed),
            told(f"{key}.closed", f"{name}: closed", kept.closed),
            _free(f"{key}.outcome", f"{name}: how it ended", kept.outcome, words),
        )
    )


def _incident(number: int, kept: KeptIncident, words: Words) -> Fields:
    key, name = f"incidents[{number}]", f"Incident {number + 1}"
    return joined(
        (
            told(f"{key}.noticed", f"{name}: we noticed it", kept.noticed),
            _free(f"{key}.what", f"{name}: what happened", kept.what, words),
            told(f"{key}.reported", f"{name}: reported to the ICO", kept.reported),
            _free(f"{key}.not_reported", f"{name}: why it was not reported", kept.not_reported, words),
            told(f"{key}.told", f"{name}: people were told", kept.told),
            _free(f"{key}.told_what", f"{name}: who and what", kept.told_what, words),
            told(f"{key}.closed", f"{name}: closed", kept.closed),
            _free(f"{key}.outcome", f"{name}: how it ended", kept.outcome, words),
        )
    )


def _free(key: str, label: str, text: str, words: Words) -> Fields:
    """Words that somebody wrote: others may be in them."""
    return told(key, label, words.without_ids(text), about_others=True)


def history(tx: Transaction, words: Words, subject: Subject) -> tuple[Section, ...]:
    """Every step on the record, what it said before, and what is half-typed."""
    before = access.earlier(tx, subject)
    typed = [text for text in access.half_typed(tx) if subject.id in text]
    return (
        Section(
            "What was done with your record",
            joined(_line(n, line, words, subject) for n, line in enumerate(access.lines(tx, subject.id))),
        ),
        Section(
            "What your record said before it was changed",
            joined(
                told(
                    f"earlier[{n}].{each.column}",
                    f"{each.column.replace('_', ' ').capitalize()}, until {in_words(each.at.date())}",
                    words.without_ids(each.value),
                    about_others=each.column in _ABOUT_OTHERS,
                )
                for n, each in enumerate(before)
            ),
        ),
        Section(
            "Work on the screen that was not finished",
            joined(_free(f"unfinished[{n}]", "As it was typed", text, words) for n, text in enumerate(typed)),
        ),
    )


def _line(number: int, line: Entry, words: Words, subject: Subject) -> Fields:
    key = f"journal[{number}]"
    label = f"Step {number + 1}"
    return joined(
        (
            told(f"{key}.at", f"{label}: when", line.at),
            told(f"{key}.action", f"{label}: what", line.action.replace("-", " ")),
            _free(f"{key}.detail", f"{label}: in detail", received.own_detail(line, subject.id), words),
        )
    )


def by_hand(kind: str, reader: Side) -> str:
    """What a letter is that no step wrote, by its title; "" for one that this program does not know."""
    if kind not in LETTERS:
        return ""
    side = LETTERS[kind].side
    to = (
        "to you"
        if side is reader
        else "to a supporter"
        if side is Side.SUPPORTER
        else "to the person who asked"
    )
    return f"A letter {to}: {LETTERS[kind].title}"


def is_for(kind: str, reader: Side) -> bool:
    """Whether a letter of that kind goes to the person whose data it is."""
    return kind in LETTERS and LETTERS[kind].side is reader


def letter(number: int, sent: OutgoingLetter, what: str, words: Words, *, to_them: bool) -> Fields:
    """A letter to them in full; of one to somebody else that it was written, for its words are theirs."""
    key, name = f"letters[{number}]", f"Letter {number + 1}"
    said = joined(
        (
            told(f"{key}.recipient", f"{name}: to", sent.recipient),
            told(f"{key}.subject", f"{name}: subject", words.without_ids(sent.subject), about_others=True),
            told(f"{key}.body", f"{name}: text", words.without_ids(sent.body), about_others=True),
        )
    )
    return joined(
        (
            told(f"{key}.kind", f"{name}: what", what or "A letter"),
            told(f"{key}.written", f"{name}: written", sent.written),
            said if to_them else (),
        )
    )
