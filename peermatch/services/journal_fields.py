"""What a line of the journal changed, field by field, in words; it shows personal data, so it is asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peermatch.model.characteristics import Vocabulary
from peermatch.store.journal import Image, wiped
from peermatch.words import tr

LONGEST = 400
"""Signs of one value that are shown; a letter is longer and stands in its record."""
NOT_SHOWN = tr("a topic without a yes today, so it is not shown")
# A letter about consent and the name of a file that proves it may name what was withdrawn since.
_KEPT_WHOLE = frozenset(
    {
        "decision",
        "letter_print",
        "consent_letter",
        "evidence",
        "published",
        "directory_page",
        "directory_entry",
        "mail",
        "mail_file",
    }
)
_TABLES = {
    "network": tr("The network"),
    "policy_version": tr("Weights of the ranking"),
    "wording": tr("Wording of consent"),
    "own_term": tr("Characteristic of the network's own"),
    "barred": tr("Pair that must never meet"),
    "supporter": tr("Supporter"),
    "consent": tr("Consent"),
    "enquiry": tr("Enquiry"),
    "requester": tr("Who wrote"),
    "letter_print": tr("Mark of the letter"),
    "introduction": tr("Introduction"),
    "hand_over": tr("Card that left"),
    "outbox": tr("Letter that is ready"),
    "decision": tr("Record of the decision"),
    "watch": tr("Watch"),
    "holder": tr("Holder of a key"),
    "closing": tr("Day of closing"),
    "kept_back": tr("Kept longer"),
    "counted": tr("Counted without a name"),
    "published": tr("Report that left"),
    "request": tr("Request"),
    "incident": tr("Incident"),
    "erasure": tr("Erased"),
    "campaign": tr("Asking for consent"),
    "consent_letter": tr("Letter about consent"),
    "evidence": tr("Proof of consent"),
    "signpost": tr("Signpost"),
    "directory_entry": tr("Words for the directory page"),
    "directory_link": tr("Useful link of the directory page"),
    "directory_page": tr("Directory page that left"),
    "directory_place": tr("Where the directory page stands"),
    "onboarding": tr("Way in"),
    "form": tr("How a form is read"),
    "letter_text": tr("Words of a letter"),
    "mail": tr("Later letter"),
    "mail_file": tr("File that came with a letter"),
    "mail_mark": tr("Letters that need no mark"),
    "term_standing": tr("Characteristic of the network's own"),
    "own_organisation": tr("Organisation of the network's own"),
}
_COLUMNS = {
    "other_emails": tr("other e-mail addresses"),
    "email": tr("e-mail address"),
    "known_as": tr("known as"),
    "paused_until": tr("paused until"),
    "available_from": tr("available from"),
    "available_until": tr("available until"),
    "safe_contact": tr("how to reach them safely"),
    "risk_done": tr("what was done about safety"),
    "choice": tr("wishes to choose"),
    "capacity": tr("how many at once"),
    "covers_narrower": tr("covers narrower topics"),
    "recorded_by": tr("recorded by"),
}
_SILENT = frozenset({"position", "id", "print"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One field: of what, which, as it was and as it became; empty where there was nothing."""

    record: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a line changed; ``wiped`` says that it was erased, so that nobody can see it any more."""

    fields: tuple[Changed, ...] = ()
    wiped: bool = False


def anything(images: Iterable[Image]) -> bool:
    """Whether there is something to show of a line: a field that changed, or that it was erased."""
    return any(wiped(each) or each.table in _KEPT_WHOLE or _differs(each) for each in images)


def _differs(image: Image) -> bool:
    before, after = _row(image.before), _row(image.after)
    return any(
        name not in _SILENT and _held(before.get(name)) != _held(after.get(name)) for name in after or before
    )


def _held(value: object) -> object:
    """What is empty is nothing, however it is written."""
    return None if value in ("", [], {}) else value


class Teller:
    """Says values as people do; ``shown`` are the topics that each supporter lets be shown today."""

    def __init__(self, vocabulary: Vocabulary, shown: Mapping[str, frozenset[str]]) -> None:
        self._vocabulary, self._shown = vocabulary, shown

    def tell(self, images: Iterable[Image]) -> Changes:
        """The changes of one line."""
        images = tuple(images)
        if any(map(wiped, images)):
            return Changes(wiped=True)
        return Changes(tuple(change for image in images for change in self._of(image)))

    def _of(self, image: Image) -> Iterator[Changed]:
        before, after = _row(image.before), _row(image.after)
        title = _title(image.table, after or before)
        if image.table in _KEPT_WHOLE:
            yield Changed(title, "kept", "yes" if before else "", "yes" if after else "")
            return
        for name in after or before:
            was, now = (self._said(image.table, row, name) for row in (before, after))
            if name not in _SILENT and was != now:
                yield Changed(title, _COLUMNS.get(name, name.replace("_", " ")), was, now)

    def _said(self, table: str, row: dict[str, Any], name: str) -> str:
        value = row.get(name)
        if value is None or value in ("", [], {}):
            return ""
        if table == "supporter" and name == "characteristics":
            return ", ".join(dict.fromkeys(self._topic(str(row.get("id")), each) for each in value))
        if table == "consent" and name == "characteristic":
            return self._topic(str(row.get("supporter")), value)
        return _cut(self._plain(value))

    def _topic(self, supporter: str, topic: str) -> str:
        """A topic by its name, where the person says yes to it today."""
        shown = topic in self._shown.get(supporter, frozenset())
        return self._label(topic) if shown else NOT_SHOWN

    def _label(self, text: str) -> str:
        return self._vocabulary.label(text) if self._vocabulary.knows(text) else text

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict):
            parts = (
                (key, self._plain(each)) for key, each in value.items() if each not in (None, "", [], {})
            )
            return ", ".join(f"{key.replace('_', ' ')}: {said}" for key, said in parts)
        if isinstance(value, list):
            return ", ".join(self._plain(each) for each in value)
        return self._label(value) if isinstance(value, str) else str(value)


def _title(table: str, row: dict[str, Any]) -> str:
    what = _TABLES.get(table, table.replace("_", " ").capitalize())
    ids = [str(row[name]) for name in ("reference", "enquiry", "supporter") if row.get(name)]
    if table == "supporter":
        ids = [str(row.get("id", ""))]
    return " ".join((what, *ids)).strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def _row(body: str | None) -> dict[str, Any]:
    found = json.loads(body) if body else {}
    return found if isinstance(found, dict) else {}
