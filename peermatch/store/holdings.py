"""What a network holds of one person, counted, for the sentences that are told before an erasure."""

from dataclasses import dataclass

from peermatch.model.introduction import IN_HAND, Introduction
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.text import fold_address
from peermatch.store import directory, enquiries, introductions, letter_texts, mailbag, supporters
from peermatch.store.introductions import HandOver
from peermatch.store.mentions import Gone, Mention, elsewhere
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of


@dataclass(frozen=True, slots=True)
class Holding:
    """Counts, and what concerns others: introductions that stop, cards that left, texts that speak of them."""

    stops: tuple[Introduction, ...]
    steps: tuple[Introduction, ...]
    cards: tuple[HandOver, ...]
    consents: int
    letters: int
    asked_again: int
    proofs: int
    decisions: int
    barred: int
    mentions: tuple[Mention, ...]
    same_address: tuple[str, ...]
    mails: int = 0
    """Letters that came later, or that the same address wrote."""
    worded: int = 0
    """Versions of the network's own letters that name them."""
    pages: tuple[str, ...] = ()
    """Where a directory page stands that names them; empty words for one of which nobody said where."""


def of(tx: Transaction, subject: Subject) -> Holding:
    """Everything on one person; who is not held is bad input."""
    people = subject.kind is SubjectKind.SUPPORTER
    ids = frozenset({subject.id})
    gone = Gone(ids, frozenset()) if people else Gone(frozenset(), ids)
    if people:
        person = supporters.get(tx, subject.id)
        addresses, consents = person.addresses, len(person.consents)
        steps = tuple(introductions.of_some(tx, ids).get(subject.id, ()))
    else:
        enquiry = enquiries.get(tx, subject.id)
        addresses, consents = enquiry.requester.addresses, int(enquiry.consent is not None)
        steps = introductions.of_enquiry(tx, subject.id)
    column = "supporter" if people else "enquiry"
    traces = gone.traces(tx)
    outbox, decision, pairs = table_of(sql.OutboxRow), table_of(sql.DecisionRow), table_of(sql.BarredRow)
    return Holding(
        stops=tuple(each for each in steps if each.state in IN_HAND),
        steps=steps,
        cards=tuple(
            card for each in steps for card in introductions.hand_overs(tx, each.enquiry, each.supporter)
        ),
        consents=consents,
        letters=_count(tx, outbox.c[column] == subject.id),
        asked_again=_of_consent(tx, sql.ConsentLetterRow, subject),
        proofs=_of_consent(tx, sql.EvidenceRow, subject),
        decisions=_count(tx, decision.c[column] == subject.id),
        barred=_count(tx, pairs.c.supporter == subject.id) if people else _barred(tx, addresses),
        mentions=elsewhere(tx, gone, traces),
        same_address=_same_address(tx, subject, addresses),
        mails=len(mailbag.speaking(tx, gone.people, gone.enquiries, traces)),
        worded=len(letter_texts.speaking(tx, traces)),
        pages=_pages(tx, subject),
    )


def _pages(tx: Transaction, subject: Subject) -> tuple[str, ...]:
    if subject.kind is not SubjectKind.SUPPORTER:
        return ()
    known = directory.places(tx)
    named = {page.id for page, _ in directory.listed_on(tx, subject.id)}
    found = tuple(each.name for each in known if each.page in named)
    return found or (("",) if named and not known else ())


def _count(tx: Transaction, where: "sql.ColumnElement[bool]") -> int:
    return tx.session.execute(sql.select(sql.func.count()).where(where)).scalar_one()


def _of_consent(
    tx: Transaction, model: "type[sql.ConsentLetterRow | sql.EvidenceRow]", subject: Subject
) -> int:
    """Letters that asked a supporter again, or files that prove what they agreed to."""
    people = subject.kind is SubjectKind.SUPPORTER
    return _count(tx, table_of(model).c.supporter == subject.id) if people else 0


def _barred(tx: Transaction, addresses: frozenset[str]) -> int:
    pairs = tx.session.scalars(sql.select(table_of(sql.BarredRow).c.enquirer))
    return sum(fold_address(each) in addresses for each in pairs)


def _same_address(tx: Transaction, subject: Subject, addresses: frozenset[str]) -> tuple[str, ...]:
    """Other records of, it seems, the same person: they stay until they are erased too."""
    people = ((each.id, each.addresses) for each in supporters.every(tx))
    asked = ((each.reference, each.requester.addresses) for each in enquiries.every(tx))
    return tuple(
        id for id, theirs in (*people, *asked) if id != subject.id and not addresses.isdisjoint(theirs)
    )
