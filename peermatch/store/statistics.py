"""What only the file knows of numbers: what is left of the erased, who was erased, and when trainees said yes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from peermatch.model.dates import parse_day
from peermatch.model.erasure import Counted
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import journal, ledger
from peermatch.store.cells import day, maybe_day, parsed
from peermatch.store.transaction import Transaction

_COUNTED = "SELECT month, programme, topics, region, outcome FROM counted ORDER BY id"
_KEPT = (
    "SELECT enquiry, supporter, state, asked, answered, introduced, ended FROM kept_introduction ORDER BY id"
)
_SAID = "SELECT seq, object, detail, at FROM journal WHERE action = ? ORDER BY seq"
_NOTED = "SELECT object, at FROM journal WHERE action = ? ORDER BY seq"
_AGREED = (
    "SELECT object, at FROM journal WHERE action = ?"
    " AND seq NOT IN (SELECT undoes FROM journal WHERE undoes IS NOT NULL) ORDER BY seq"
)


def counted(tx: Transaction) -> tuple[Counted, ...]:
    """The months, groups and outcomes of enquiries that were erased."""
    return tuple(
        Counted(month, programme, tuple(parsed(topics)), region, outcome)
        for month, programme, topics, region, outcome in tx.rows(_COUNTED)
    )


def kept_introductions(tx: Transaction) -> tuple[Introduction, ...]:
    """The log of introductions whose supporter was erased."""
    return tuple(
        Introduction(
            enquiry,
            supporter,
            State(state),
            day(asked),
            answered=maybe_day(answered),
            introduced=maybe_day(introduced),
            ended=maybe_day(ended),
        )
        for enquiry, supporter, state, asked, answered, introduced, ended in tx.rows(_KEPT)
    )


def erased(tx: Transaction, references: Iterable[str]) -> frozenset[str]:
    """Of some enquiries those of which only the reference is left."""
    asked = [Subject(SubjectKind.ENQUIRER, each) for each in references]
    return frozenset(each.id for each in ledger.erased_among(tx, asked))


def agreed_days(tx: Transaction) -> Mapping[tuple[str, str], date]:
    """When each trainee's yes to a supporter was noted and not taken back, which the journal alone knows."""
    return _days(tx, _AGREED)


def noted_days(tx: Transaction) -> Mapping[tuple[str, str], date]:
    """The same of every line, also one that was taken back: for those whose yes stands, however it came back."""
    return _days(tx, _NOTED)


def said_yes(tx: Transaction) -> Mapping[tuple[str, str], date]:
    """The day of each trainee's yes that stands, as it was said; a yes that was taken back, and not again, does not."""
    back = journal.taken_back(journal.answers(tx))
    found: dict[tuple[str, str], date] = {}
    for seq, pair, said, at in tx.rows(_SAID, Step.ENQUIRER_AGREES.value):
        if seq not in back:
            reference, _, supporter = pair.partition(" ")
            noted = datetime.fromisoformat(at).astimezone().date()
            found[reference, supporter] = parse_day(said) or noted
    return found


def _days(tx: Transaction, lines: str) -> Mapping[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for pair, at in tx.rows(lines, Step.ENQUIRER_AGREES.value):
        reference, _, supporter = pair.partition(" ")
        found[reference, supporter] = datetime.fromisoformat(at).astimezone().date()
    return found
