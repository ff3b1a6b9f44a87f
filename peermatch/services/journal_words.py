"""What each action of the journal is called in a sentence, and which kind of work it belongs to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from peermatch.model.dates import in_words, parse_day
from peermatch.store.journal import Entry
from peermatch.store.undo import REDO, UNDO


class Kind(StrEnum):
    """The kinds of work by which the journal can be looked through."""

    ENQUIRIES = "enquiries"
    ASKING = "asking"
    SUPPORTERS = "supporters"
    CONSENT = "consent"
    RIGHTS = "rights"
    OPENING = "opening"
    SETTINGS = "settings"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Happening:
    """One action: its kind, and its sentence with ``{0}`` and ``{1}`` for the records, ``{all}`` for all of them.

    ``{key}`` is the person behind the key that it is about, ``{detail}`` what the line says besides.
    """

    kind: Kind
    words: str


ACTIONS: dict[str, Happening] = {
    "create": Happening(Kind.SETTINGS, "Made this network"),
    "migrate": Happening(Kind.SETTINGS, "Brought the network up to a newer PeerMatch"),
    "set-controller": Happening(Kind.SETTINGS, "Stated who decides about the data"),
    "policy": Happening(Kind.SETTINGS, "Kept new weights for the ranking"),
    "set-idle-lock": Happening(Kind.SETTINGS, "Set after how long the network locks ({detail})"),
    "receive": Happening(Kind.ENQUIRIES, "Took in {all}"),
    "needs": Happening(Kind.ENQUIRIES, "Set what is needed for {0}"),
    "change-enquiry": Happening(Kind.ENQUIRIES, "Changed details of {0} ({detail})"),
    "safe-contact": Happening(Kind.ENQUIRIES, "Noted how to reach {0} safely"),
    "risk": Happening(Kind.ENQUIRIES, "Noted what was done about safety for {0}"),
    "enquirer-consent": Happening(Kind.CONSENT, "Recorded the enquirer's own yes for {0}"),
    "status-new": Happening(Kind.ENQUIRIES, "Opened {0} again as new"),
    "status-triaged": Happening(Kind.ENQUIRIES, "Opened {0} again"),
    "status-on-hold": Happening(Kind.ENQUIRIES, "Put {0} on hold"),
    "status-closed": Happening(Kind.ENQUIRIES, "Closed {0}"),
    "status-withdrawn": Happening(Kind.ENQUIRIES, "Withdrew {0} at the enquirer's word"),
    "reveal": Happening(Kind.ENQUIRIES, "Looked at who wrote {0}"),
    "watch": Happening(Kind.ENQUIRIES, "Began to watch {0}"),
    "unwatch": Happening(Kind.ENQUIRIES, "Stopped watching {0}"),
    "ask": Happening(Kind.ASKING, "Asked {1} for {0}"),
    "accept": Happening(Kind.ASKING, "Noted a yes of {1} to {0}"),
    "decline": Happening(Kind.ASKING, "Noted a no of {1} to {0}"),
    "lapse": Happening(Kind.ASKING, "Let the asking of {1} for {0} go, for no answer came"),
    "enquirer-agrees": Happening(Kind.ASKING, "Noted the trainee's yes to {1} for {0}"),
    "enquirer-refuses": Happening(Kind.ASKING, "Noted the trainee's no to {1} for {0}"),
    "acknowledge": Happening(Kind.ENQUIRIES, "Noted that {0} had its first reply"),
    "remind": Happening(Kind.ASKING, "Noted that {1} was reminded of {0}"),
    "follow-up": Happening(Kind.ASKING, "Noted that both were asked how {0} went with {1}"),
    "card": Happening(Kind.ASKING, "Handed over the card of {1} for {0}"),
    "end": Happening(Kind.ASKING, "Ended the introduction of {1} for {0}"),
    "stop": Happening(Kind.ASKING, "Stopped the introduction of {1} for {0}"),
    "add-supporter": Happening(Kind.SUPPORTERS, "Added {0}"),
    "change-supporter": Happening(Kind.SUPPORTERS, "Changed the record of {0}"),
    "consent-give": Happening(Kind.CONSENT, "Recorded a yes of {0}"),
    "consent-withdraw": Happening(Kind.CONSENT, "Recorded that {0} withdrew a consent"),
    "consent-withdraw-all": Happening(Kind.CONSENT, "Recorded that {0} withdrew everything"),
    "consent-answer": Happening(Kind.CONSENT, "Recorded what {0} answered when asked again"),
    "campaign-begin": Happening(Kind.CONSENT, "Began to ask again for consent ({detail})"),
    "campaign-add": Happening(Kind.CONSENT, "Added people to the asking for consent ({detail})"),
    "campaign-close": Happening(Kind.CONSENT, "Closed the asking for consent"),
    "consent-letter-sent": Happening(Kind.CONSENT, "Noted that the letter about consent to {0} was sent"),
    "wording-add": Happening(Kind.CONSENT, "Kept the wording {0}"),
    "evidence-attach": Happening(Kind.CONSENT, "Attached proof of consent to {0}"),
    "evidence-copy": Happening(Kind.CONSENT, "Saved a copy of proof of consent of {0}"),
    "evidence-remove": Happening(Kind.CONSENT, "Took away proof of consent of {0}"),
    "consent-proof": Happening(Kind.CONSENT, "Printed or saved what {0} had agreed to"),
    "keys-add": Happening(Kind.OPENING, "Made a key for {key}"),
    "keys-change": Happening(Kind.OPENING, "Gave the key of {key} a new passphrase"),
    "keys-remove": Happening(Kind.OPENING, "Took away the key of {key}"),
    "keys-rotate": Happening(Kind.OPENING, "Encrypted the network with a new key"),
    "keys-recovery": Happening(Kind.OPENING, "Made a new recovery sheet count"),
    "keys-remember": Happening(Kind.OPENING, "Let a computer open the network for {key}"),
    "keys-allow-computers": Happening(Kind.OPENING, "Allowed computers to open the network by themselves"),
    "keys-forbid-computers": Happening(Kind.OPENING, "Forbade computers to open the network by themselves"),
    "keys-name": Happening(Kind.OPENING, "Noted whose key it is: {key}"),
    "failed-unlocks": Happening(Kind.OPENING, "Somebody tried to open the network in vain: {detail}"),
    "open-older-copy": Happening(Kind.OPENING, "Opened a copy that was older than the network used before"),
    "restore": Happening(Kind.OPENING, "Went back to a backup ({detail})"),
    "request-open": Happening(Kind.RIGHTS, "Noted a request or complaint"),
    "request-acknowledge": Happening(Kind.RIGHTS, "Noted that request {0} was acknowledged"),
    "request-extend": Happening(Kind.RIGHTS, "Gave request {0} more time"),
    "request-pause": Happening(Kind.RIGHTS, "Stopped the clock of request {0}"),
    "request-resume": Happening(Kind.RIGHTS, "Let the clock of request {0} run again"),
    "request-close": Happening(Kind.RIGHTS, "Closed request {0}"),
    "subject-access": Happening(Kind.RIGHTS, "Wrote out what is held on {0}"),
    "erase": Happening(Kind.RIGHTS, "Erased {all}"),
    "retention": Happening(Kind.RIGHTS, "Erased what was due: {all}"),
    "keep-back": Happening(Kind.RIGHTS, "Kept {0} longer, with a reason"),
    "release": Happening(Kind.RIGHTS, "No longer keeps {0} longer than the schedule says"),
    "erased-told": Happening(Kind.RIGHTS, "Noted that a letter was sent that follows from an erasure"),
    "clock-right": Happening(Kind.RIGHTS, "Said that the clock of this computer is right"),
    "incident-open": Happening(Kind.RIGHTS, "Noted that something went wrong with data"),
    "incident-reported": Happening(Kind.RIGHTS, "Noted that incident {0} was reported ({detail})"),
    "incident-not-reported": Happening(Kind.RIGHTS, "Noted why incident {0} need not be reported ({detail})"),
    "incident-told": Happening(
        Kind.RIGHTS, "Noted that those concerned were told of incident {0} ({detail})"
    ),
    "incident-close": Happening(Kind.RIGHTS, "Closed incident {0} ({detail})"),
    UNDO: Happening(Kind.BACK, "Took back"),
    REDO: Happening(Kind.BACK, "Did again"),
}
_NOT_KNOWN = Happening(Kind.SETTINGS, "Did something that a newer PeerMatch knows")
_FAILED = re.compile(r"(\d+) since (\S+), the last one (\S+)")
_RESTORED = re.compile(r"backup of (\S+) line \d+")
_EMPTY = re.compile(r" \(\)|: *$")


def happening(action: str) -> Happening:
    """What is known of an action."""
    return ACTIONS.get(action, _NOT_KNOWN)


def actions_of(kind: Kind) -> frozenset[str]:
    """The actions of one kind."""
    return frozenset(action for action, each in ACTIONS.items() if each.kind is kind)


def sentence(entry: Entry, name_of: Callable[[str], str], local: Callable[[datetime], datetime]) -> str:
    """One line in words: ids and what was done, and names of nobody but those who hold keys."""
    ids = entry.object.split()
    filled = happening(entry.action).words
    for number in range(2):
        filled = filled.replace(f"{{{number}}}", ids[number] if number < len(ids) else "one of them")
    filled = filled.replace("{all}", listed(ids) or "nothing new")
    filled = filled.replace("{key}", name_of(ids[0]) if ids else "somebody")
    return _EMPTY.sub("", filled.replace("{detail}", detail_words(entry, local)))


def detail_words(entry: Entry, local: Callable[[datetime], datetime]) -> str:
    """What a line says besides, where it is not for the record's own fields."""
    if found := _FAILED.fullmatch(entry.detail):
        count, since, _last = found.groups()
        day = in_words(local(datetime.fromisoformat(since)).date())
        return f"{count} {'attempt' if count == '1' else 'attempts'} since {day}"
    if found := _RESTORED.fullmatch(entry.detail):
        return f"of {in_words(local(datetime.fromisoformat(found[1])).date())}"
    if noted := parse_day(entry.detail):
        return in_words(noted)
    return entry.detail.replace("_", " ")


def listed(words: Sequence[str]) -> str:
    """``E-0001, E-0002 and E-0003``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
