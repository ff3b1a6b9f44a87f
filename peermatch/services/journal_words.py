"""What each action of the journal is called in a sentence, and which kind of work it belongs to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from peermatch.model.dates import parse_day
from peermatch.store.journal import Entry
from peermatch.store.undo import REDO, UNDO
from peermatch.words import count_of, in_words, tr


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
    "create": Happening(Kind.SETTINGS, tr("Made this network")),
    "migrate": Happening(Kind.SETTINGS, tr("Brought the network up to a newer PeerMatch")),
    "set-controller": Happening(Kind.SETTINGS, tr("Stated who decides about the data")),
    "policy": Happening(Kind.SETTINGS, tr("Kept new weights for the ranking")),
    "signpost-check": Happening(Kind.SETTINGS, tr("Checked the signpost {0}")),
    "signpost-correct": Happening(Kind.SETTINGS, tr("Put the words of the signpost {0} right")),
    "signpost-shipped": Happening(
        Kind.SETTINGS, tr("Went back to the words that came with PeerMatch for {0}")
    ),
    "signpost-add": Happening(Kind.SETTINGS, tr("Added the signpost {0}")),
    "signpost-away": Happening(Kind.SETTINGS, tr("Stopped offering the signpost {0}")),
    "signpost-back": Happening(Kind.SETTINGS, tr("Offers the signpost {0} again")),
    "letter-keep": Happening(Kind.SETTINGS, tr("Kept other words for a letter: {detail}")),
    "letter-shipped": Happening(
        Kind.SETTINGS, tr("Took up the words that came with PeerMatch for a letter: {detail}")
    ),
    "publish": Happening(Kind.SETTINGS, tr("Shared a report in numbers ({detail})")),
    "directory-publish": Happening(Kind.CONSENT, tr("Saved the directory page ({detail})")),
    "directory-words": Happening(Kind.CONSENT, tr("Kept how {0} wishes to stand on the directory page")),
    "directory-words-away": Happening(Kind.CONSENT, tr("Took away the words of {0} for the directory page")),
    "directory-link": Happening(Kind.SETTINGS, tr("Kept a useful link of the directory page")),
    "directory-link-away": Happening(Kind.SETTINGS, tr("Took a useful link off the directory page")),
    "directory-place": Happening(Kind.CONSENT, tr("Noted where the directory page was put")),
    "directory-stands": Happening(
        Kind.CONSENT, tr("Noted that the directory page was replaced or taken down somewhere")
    ),
    "directory-place-away": Happening(Kind.CONSENT, tr("Took a place of the directory page off the list")),
    "set-mail-mark": Happening(Kind.SETTINGS, tr("Set which letters are marked secure ({detail})")),
    "set-idle-lock": Happening(Kind.SETTINGS, tr("Set after how long the network locks ({detail})")),
    "form-import": Happening(Kind.SUPPORTERS, tr("Took in a form: {all}")),
    "form-forget": Happening(Kind.SETTINGS, tr("Forgot how a form is read")),
    "receive": Happening(Kind.ENQUIRIES, tr("Took in {all}")),
    "receive-mail": Happening(Kind.ENQUIRIES, tr("Took in more letters: {all}")),
    "mail-join": Happening(Kind.ENQUIRIES, tr("Kept a letter with {0}")),
    "mail-begin": Happening(Kind.ENQUIRIES, tr("Began {0} with a letter that waited")),
    "mail-away": Happening(Kind.ENQUIRIES, tr("Put a letter away: {0}")),
    "mail-reveal": Happening(Kind.ENQUIRIES, tr("Looked who wrote {0}")),
    "mail-delete": Happening(Kind.ENQUIRIES, tr("Deleted a letter for good: {0}")),
    "files-keep": Happening(Kind.ENQUIRIES, tr("Kept files that came with a letter of {0}")),
    "files-drop": Happening(Kind.ENQUIRIES, tr("Deleted files that came with a letter of {0}")),
    "file-copy": Happening(Kind.ENQUIRIES, tr("Saved a copy of a file of {0}")),
    "needs": Happening(Kind.ENQUIRIES, tr("Set what is needed for {0}")),
    "change-enquiry": Happening(Kind.ENQUIRIES, tr("Changed details of {0} ({detail})")),
    "safe-contact": Happening(Kind.ENQUIRIES, tr("Noted how to reach {0} safely")),
    "risk": Happening(Kind.ENQUIRIES, tr("Noted what was done about safety for {0}")),
    "enquirer-consent": Happening(Kind.CONSENT, tr("Recorded the enquirer's own yes for {0}")),
    "status-new": Happening(Kind.ENQUIRIES, tr("Opened {0} again as new")),
    "status-triaged": Happening(Kind.ENQUIRIES, tr("Opened {0} again")),
    "status-on-hold": Happening(Kind.ENQUIRIES, tr("Put {0} on hold")),
    "status-closed": Happening(Kind.ENQUIRIES, tr("Closed {0}")),
    "status-withdrawn": Happening(Kind.ENQUIRIES, tr("Withdrew {0} at the enquirer's word")),
    "set-aside": Happening(Kind.ENQUIRIES, tr("Put {all} away ({detail})")),
    "reveal": Happening(Kind.ENQUIRIES, tr("Looked at who wrote {0}")),
    "watch": Happening(Kind.ENQUIRIES, tr("Began to watch {0}")),
    "unwatch": Happening(Kind.ENQUIRIES, tr("Stopped watching {0}")),
    "ask": Happening(Kind.ASKING, tr("Asked {1} for {0}")),
    "accept": Happening(Kind.ASKING, tr("Noted a yes of {1} to {0}")),
    "decline": Happening(Kind.ASKING, tr("Noted a no of {1} to {0}")),
    "lapse": Happening(Kind.ASKING, tr("Let the asking of {1} for {0} go, for no answer came")),
    "enquirer-agrees": Happening(Kind.ASKING, tr("Noted the trainee's yes to {1} for {0}")),
    "enquirer-refuses": Happening(Kind.ASKING, tr("Noted the trainee's no to {1} for {0}")),
    "acknowledge": Happening(Kind.ENQUIRIES, tr("Noted that {0} had its first reply")),
    "remind": Happening(Kind.ASKING, tr("Noted that {1} was reminded of {0}")),
    "letter-sent": Happening(Kind.ASKING, tr("Noted that a letter about {0} was sent ({detail})")),
    "follow-up": Happening(Kind.ASKING, tr("Noted that both were asked how {0} went with {1}")),
    "card": Happening(Kind.ASKING, tr("Handed over the card of {1} for {0}")),
    "end": Happening(Kind.ASKING, tr("Ended the introduction of {1} for {0}")),
    "stop": Happening(Kind.ASKING, tr("Stopped the introduction of {1} for {0}")),
    "add-supporter": Happening(Kind.SUPPORTERS, tr("Added {0}")),
    "change-supporter": Happening(Kind.SUPPORTERS, tr("Changed the record of {0}")),
    "people-table": Happening(Kind.SUPPORTERS, tr("Saved a table of supporters ({detail})")),
    "supporter-apply": Happening(Kind.SUPPORTERS, tr("Took in {0} as a volunteer")),
    "supporter-check": Happening(Kind.SUPPORTERS, tr("Noted a check of {0} ({detail})")),
    "supporter-uncheck": Happening(Kind.SUPPORTERS, tr("Took away a check of {0} ({detail})")),
    "supporter-activate": Happening(Kind.SUPPORTERS, tr("Made {0} active")),
    "supporter-pause": Happening(Kind.SUPPORTERS, tr("Noted a pause of {0}, or its end")),
    "supporter-leave": Happening(Kind.SUPPORTERS, tr("Noted that {0} left")),
    "supporter-return": Happening(Kind.SUPPORTERS, tr("Took {0} in again")),
    "supporter-letter-sent": Happening(Kind.SUPPORTERS, tr("Noted that a letter to {0} was sent ({detail})")),
    "term-add": Happening(Kind.SETTINGS, tr("Added a characteristic of the network's own")),
    "term-change": Happening(Kind.SETTINGS, tr("Changed a characteristic of the network's own")),
    "term-retire": Happening(Kind.SETTINGS, tr("Retired a characteristic of the network's own")),
    "term-offer": Happening(Kind.SETTINGS, tr("Offers a characteristic of the network's own again")),
    "term-remove": Happening(
        Kind.SETTINGS, tr("Removed a characteristic of the network's own that nobody used")
    ),
    "organisation-add": Happening(Kind.SETTINGS, tr("Added the organisation {0}")),
    "organisation-change": Happening(Kind.SETTINGS, tr("Changed the organisation {0}")),
    "organisation-merge": Happening(Kind.SETTINGS, tr("Noted what the organisation {0} went into")),
    "organisation-close": Happening(Kind.SETTINGS, tr("Closed the organisation {0}")),
    "consent-give": Happening(Kind.CONSENT, tr("Recorded a yes of {0}")),
    "consent-withdraw": Happening(Kind.CONSENT, tr("Recorded that {0} withdrew a consent")),
    "consent-withdraw-all": Happening(Kind.CONSENT, tr("Recorded that {0} withdrew everything")),
    "consent-withdraw-list": Happening(
        Kind.CONSENT, tr("Recorded that {0} no longer wishes to stand on the directory page")
    ),
    "consent-answer": Happening(Kind.CONSENT, tr("Recorded what {0} answered when asked again")),
    "campaign-begin": Happening(Kind.CONSENT, tr("Began to ask again for consent ({detail})")),
    "campaign-add": Happening(Kind.CONSENT, tr("Added people to the asking for consent ({detail})")),
    "campaign-close": Happening(Kind.CONSENT, tr("Closed the asking for consent")),
    "consent-letter-sent": Happening(Kind.CONSENT, tr("Noted that the letter about consent to {0} was sent")),
    "wording-add": Happening(Kind.CONSENT, tr("Kept the wording {0}")),
    "evidence-attach": Happening(Kind.CONSENT, tr("Attached proof of consent to {0}")),
    "evidence-copy": Happening(Kind.CONSENT, tr("Saved a copy of proof of consent of {0}")),
    "evidence-remove": Happening(Kind.CONSENT, tr("Took away proof of consent of {0}")),
    "consent-proof": Happening(Kind.CONSENT, tr("Printed or saved what {0} had agreed to")),
    "keys-add": Happening(Kind.OPENING, tr("Made a key for {key}")),
    "keys-change": Happening(Kind.OPENING, tr("Gave the key of {key} a new passphrase")),
    "keys-remove": Happening(Kind.OPENING, tr("Took away the key of {key}")),
    "keys-rotate": Happening(Kind.OPENING, tr("Encrypted the network with a new key")),
    "keys-recovery": Happening(Kind.OPENING, tr("Made a new recovery sheet count")),
    "keys-remember": Happening(Kind.OPENING, tr("Let a computer open the network for {key}")),
    "keys-allow-computers": Happening(
        Kind.OPENING, tr("Allowed computers to open the network by themselves")
    ),
    "keys-forbid-computers": Happening(
        Kind.OPENING, tr("Forbade computers to open the network by themselves")
    ),
    "keys-name": Happening(Kind.OPENING, tr("Noted whose key it is: {key}")),
    "failed-unlocks": Happening(Kind.OPENING, tr("Somebody tried to open the network in vain: {detail}")),
    "open-older-copy": Happening(
        Kind.OPENING, tr("Opened a copy that was older than the network used before")
    ),
    "restore": Happening(Kind.OPENING, tr("Went back to a backup ({detail})")),
    "request-open": Happening(Kind.RIGHTS, tr("Noted a request or complaint")),
    "request-acknowledge": Happening(Kind.RIGHTS, tr("Noted that request {0} was acknowledged")),
    "request-extend": Happening(Kind.RIGHTS, tr("Gave request {0} more time")),
    "request-pause": Happening(Kind.RIGHTS, tr("Stopped the clock of request {0}")),
    "request-resume": Happening(Kind.RIGHTS, tr("Let the clock of request {0} run again")),
    "request-close": Happening(Kind.RIGHTS, tr("Closed request {0}")),
    "subject-access": Happening(Kind.RIGHTS, tr("Wrote out what is held on {0}")),
    "erase": Happening(Kind.RIGHTS, tr("Erased {all}")),
    "retention": Happening(Kind.RIGHTS, tr("Erased what was due: {all}")),
    "keep-back": Happening(Kind.RIGHTS, tr("Kept {0} longer, with a reason")),
    "release": Happening(Kind.RIGHTS, tr("No longer keeps {0} longer than the schedule says")),
    "stop-told": Happening(Kind.RIGHTS, tr("Noted that {0} was told not to use the details of {1} any more")),
    "erased-told": Happening(Kind.RIGHTS, tr("Noted that a letter was sent that follows from an erasure")),
    "clock-right": Happening(Kind.RIGHTS, tr("Said that the clock of this computer is right")),
    "incident-open": Happening(Kind.RIGHTS, tr("Noted that something went wrong with data")),
    "incident-reported": Happening(Kind.RIGHTS, tr("Noted that incident {0} was reported ({detail})")),
    "incident-not-reported": Happening(
        Kind.RIGHTS, tr("Noted why incident {0} need not be reported ({detail})")
    ),
    "incident-told": Happening(
        Kind.RIGHTS, tr("Noted that those concerned were told of incident {0} ({detail})")
    ),
    "incident-close": Happening(Kind.RIGHTS, tr("Closed incident {0} ({detail})")),
    UNDO: Happening(Kind.BACK, tr("Took back")),
    REDO: Happening(Kind.BACK, tr("Did again")),
}
_NOT_KNOWN = Happening(Kind.SETTINGS, tr("Did something that a newer PeerMatch knows"))
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
        return tr("{attempts} since {day}").format(attempts=count_of(int(count), "attempt"), day=day)
    if found := _RESTORED.fullmatch(entry.detail):
        return tr("of {in_words}").format(in_words=in_words(local(datetime.fromisoformat(found[1])).date()))
    if noted := parse_day(entry.detail):
        return in_words(noted)
    return entry.detail.replace("_", " ")


def listed(words: Sequence[str]) -> str:
    """``E-0001, E-0002 and E-0003``."""
    if len(words) < 2:
        return "".join(words)
    return tr("{join} and {words}").format(join=", ".join(words[:-1]), words=words[-1])
