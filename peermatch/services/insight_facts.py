"""What is counted of the network as it stands: every enquiry that was a case, every asking, erased ones among them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.erasure import Counted
from peermatch.model.insight import Ask, Case, Facts, Outcome
from peermatch.model.insight_period import ALWAYS, Period
from peermatch.model.introduction import Introduction, State
from peermatch.model.letter import Scope
from peermatch.model.posted import NO_LETTERS, Written
from peermatch.services.casebook import Brief
from peermatch.services.desk import Desk
from peermatch.services.first_reply import first_reply
from peermatch.services.snapshot import Snapshot
from peermatch.store import introductions, received, statistics

_NOT_OURS = frozenset({Scope.SPAM.value, Scope.OUT_OF_SCOPE.value, Scope.OTHER_WORKSTREAM.value})
_OUTCOMES = {each.value: each for each in Outcome}


@dataclass(frozen=True, slots=True)
class _Read:
    """What only the file knows."""

    written: Written
    scopes: Mapping[str, str]
    erased: frozenset[str]
    counted: tuple[Counted, ...]
    kept: tuple[Introduction, ...]
    agreed: Mapping[tuple[str, str], date]


def facts_of(desk: Desk, period: Period = ALWAYS) -> Facts:
    """Everything that numbers are made of: every asking, and the cases of a stretch of time."""
    picture = desk.snapshot
    with desk.store.read() as tx:
        read = _Read(
            introductions.posted(tx),
            received.scopes(tx),
            statistics.erased(tx, picture.enquiries),
            statistics.counted(tx),
            statistics.kept_introductions(tx),
            statistics.agreed_days(tx),
        )
    vocabulary = picture.reference.vocabulary
    erased = (_erased(each, vocabulary) for each in read.counted)
    cases = (*_cases(picture, read, period), *(each for each in erased if period.holds(each.received)))
    steps = (*picture.introductions.read(), *read.kept)
    return Facts(cases, tuple(_ask(each, read) for each in steps))


def _cases(picture: Snapshot, read: _Read, period: Period) -> Iterator[Case]:
    kept: defaultdict[str, list[Introduction]] = defaultdict(list)
    for each in read.kept:
        kept[each.enquiry].append(each)
    for enquiry in picture.cases.briefs(period.holds):
        reference = enquiry.reference
        steps = picture.introductions_of(reference)
        ours = enquiry.wanted or steps or read.scopes.get(reference) not in _NOT_OURS
        if reference not in read.erased and ours:
            yield _case(picture.reference.vocabulary, enquiry, (*steps, *kept.get(reference, ())), read)


def _case(vocabulary: Vocabulary, enquiry: Brief, steps: Iterable[Introduction], read: _Read) -> Case:
    wanted = frozenset(each for each in enquiry.wanted if vocabulary.knows(each))
    every = tuple(steps)
    introduced = min((e.introduced for e in every if e.introduced is not None), default=None)
    replied = first_reply(read.written.get((enquiry.reference, ""), NO_LETTERS), every, read.agreed)
    return Case(
        received=enquiry.received,
        topics=wanted,
        headings=frozenset(vocabulary.group_of(each) for each in wanted),
        outcome=_outcome(enquiry, introduced),
        replied=max(replied, enquiry.received) if replied else None,
        introduced=max(introduced, enquiry.received) if introduced else None,
    )


def _outcome(enquiry: Brief, introduced: date | None) -> Outcome:
    """As an erasure counts it, and open besides."""
    if introduced is not None:
        return Outcome.INTRODUCED
    if enquiry.status is EnquiryStatus.WITHDRAWN:
        return Outcome.WITHDRAWN
    return Outcome.NOT_INTRODUCED if enquiry.status is EnquiryStatus.CLOSED else Outcome.OPEN


def _erased(row: Counted, vocabulary: Vocabulary) -> Case:
    headings = frozenset(each for each in row.topics if each in vocabulary.groups)
    year, month = row.month.split("-")
    outcome = _OUTCOMES.get(row.outcome, Outcome.NOT_INTRODUCED)
    return Case(date(int(year), int(month), 1), headings=headings, outcome=outcome, erased=True)


def _ask(step: Introduction, read: _Read) -> Ask:
    """The trainee's no has its day on the record, their yes in the journal; a no that never came counts to its end."""
    refused = step.ended if step.state is State.REFUSED else None
    silent = step.ended if step.state is State.LAPSED else None
    return Ask(
        supporter=step.supporter,
        asked=step.asked,
        answered=step.answered or silent,
        agreed=read.agreed.get((step.enquiry, step.supporter)) or refused,
        introduced=step.introduced,
        ended=step.ended,
        waits_for_supporter=step.state is State.ASKED,
        waits_for_trainee=step.state is State.ACCEPTED,
    )
