"""Erasing people for good, on the way to the next epoch: what is theirs goes, and what speaks of them elsewhere.

A supporter leaves no row: proof of consent and the log of introductions move under the id to tables of their own,
which no list and no ranking reads. An enquiry that led to introductions stays as a bare reference, for the load of
the supporters rests on it; one that did not leaves no row either. Nothing of this is in an image, so there is no undo.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Table, bindparam, delete, func, insert, select, text, update

from peermatch.model.enquiry import Enquiry, EnquiryStatus, Requester
from peermatch.model.erasure import Wanted
from peermatch.model.introduction import IN_HAND, State
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.store import cases, closing, erased_letters, ledger, letter_texts, lying, mailbag, mentions
from peermatch.store import tables as t
from peermatch.store.epochs import Change
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.mapping import enquiry_columns, requester_columns
from peermatch.store.mentions import Gone
from peermatch.store.tables_consent import EVIDENCE_BODY, ConsentLetterRow, EvidenceRow
from peermatch.store.tables_directory import DirectoryEntryRow, DirectoryListedRow
from peermatch.store.tables_letters import LetterTextRow
from peermatch.store.tables_mail import MAIL_BODY, MailFileRow, MailRow
from peermatch.store.tables_onboarding import OnboardingRow
from peermatch.store.tables_records import RECORD, RECORD_ORIGIN
from peermatch.store.tables_rights import (
    ClosingRow,
    CountedRow,
    KeptBackRow,
    KeptConsentRow,
    KeptIntroductionRow,
)
from peermatch.store.transaction import Transaction, table_of

# Each list is a JSON text that SQLite takes apart: a list of any length is one value.
_PEOPLE = "supporter IN (SELECT value FROM json_each(:people))"
_PROOFS = "evidence IN (SELECT id FROM evidence WHERE supporter IN (SELECT value FROM json_each(:people)))"
_ASKED = "enquiry IN (SELECT value FROM json_each(:enquiries))"
_OVER = "enquiry IN (SELECT value FROM json_each(:over))"
_LOGGED = "id IN (SELECT value FROM json_each(:introductions))"
_SENT = "id IN (SELECT value FROM json_each(:cards))"
_SENT_ON = "id IN (SELECT value FROM json_each(:letters))"
_OF_MAILS = "mail IN (SELECT value FROM json_each(:mails)) OR enquiry IN (SELECT value FROM json_each(:over))"
_IN_FILES = (
    "file IN (SELECT id FROM mail_file WHERE mail IN (SELECT value FROM json_each(:mails))"
    " OR enquiry IN (SELECT value FROM json_each(:over)))"
)
_KEPT_BACK = (
    "(kind = 'supporter' AND subject IN (SELECT value FROM json_each(:people)))"
    " OR (kind = 'enquirer' AND subject IN (SELECT value FROM json_each(:enquiries)))"
)
# Which rows go, in an order in which nothing is left that refers to what is gone.
_CUTS: Mapping[Table, str] = {
    MAIL_BODY: _IN_FILES,
    table_of(MailFileRow): _OF_MAILS,
    table_of(MailRow): "id IN (SELECT value FROM json_each(:mails))",
    table_of(t.HandOverRow): f"{_PEOPLE} OR {_SENT}",
    table_of(t.OutboxRow): f"{_PEOPLE} OR {_OVER} OR {_SENT_ON}",
    table_of(t.DecisionRow): f"{_PEOPLE} OR {_OVER}",
    table_of(t.IntroductionRow): f"{_PEOPLE} OR {_LOGGED}",
    table_of(t.ConsentRow): _PEOPLE,
    table_of(ConsentLetterRow): _PEOPLE,
    EVIDENCE_BODY: _PROOFS,
    table_of(EvidenceRow): _PEOPLE,
    table_of(OnboardingRow): _PEOPLE,
    table_of(DirectoryEntryRow): _PEOPLE,
    table_of(LetterTextRow): "id IN (SELECT value FROM json_each(:letter_texts))",
    table_of(t.SupporterRow): "id IN (SELECT value FROM json_each(:people))",
    table_of(t.LetterPrintRow): _OVER,
    table_of(t.WatchRow): _OVER,
    table_of(ClosingRow): _OVER,
    table_of(t.RequesterRow): "enquiry IN (SELECT value FROM json_each(:bare))",
    table_of(t.EnquiryRow): "reference IN (SELECT value FROM json_each(:bare))",
    table_of(KeptBackRow): _KEPT_BACK,
    table_of(KeptConsentRow): "id IN (SELECT value FROM json_each(:kept_consents))",
    table_of(KeptIntroductionRow): "id IN (SELECT value FROM json_each(:kept_introductions))",
    # Nobody knows of whom half-typed work speaks; and what matching and lists read is made anew from who stays.
    **dict.fromkeys((t.DRAFT, t.CHUNK, t.CHUNK_WORD, t.CHUNK_ORIGIN, RECORD, RECORD_ORIGIN), "true"),
}
_CONSENTED = f"{_ASKED} AND json_type(consent) = 'object'"
_KEEP = (
    """INSERT INTO kept_consent
        (kind, subject, purpose, characteristic, given, expires, withdrawn, method, wording, ended)
    SELECT 'supporter', supporter, purpose, characteristic, given, expires, withdrawn, method, wording,
        min(coalesce(withdrawn, :on), coalesce(expires, :on), :on)
    FROM consent WHERE supporter IN (SELECT value FROM json_each(:people)) ORDER BY id""",
    """INSERT INTO kept_consent (kind, subject, purpose, given, method, wording, ended)
    SELECT 'enquirer', enquiry, 'hold', consent ->> 'given', consent ->> 'method', consent ->> 'wording', :on
    FROM requester
    WHERE enquiry IN (SELECT value FROM json_each(:enquiries)) AND json_type(consent) = 'object'""",
    """INSERT INTO kept_introduction (enquiry, supporter, state, asked, answered, introduced, ended)
    SELECT enquiry, supporter, iif(in_hand, 'stopped', state), asked, answered, introduced, iif(in_hand, :on, ended)
    FROM (SELECT *, state IN ('asked', 'accepted', 'agreed', 'introduced') AS in_hand FROM introduction)
    WHERE supporter IN (SELECT value FROM json_each(:people)) ORDER BY id""",
)
_CARDS = """SELECT hand_over.id FROM hand_over JOIN introduction USING (enquiry, supporter)
    WHERE introduction.id IN (SELECT value FROM json_each(:introductions))"""
# The enquiries on which no introduction rests any more.
_BARE = """WITH going AS (
        SELECT id, enquiry FROM introduction
        WHERE supporter IN (SELECT value FROM json_each(:people))
            OR id IN (SELECT value FROM json_each(:introductions))
    )
    SELECT reference FROM enquiry
    WHERE (reference IN (SELECT value FROM json_each(:enquiries)) OR reference IN (SELECT enquiry FROM going))
        AND reference NOT IN (SELECT enquiry FROM introduction WHERE id NOT IN (SELECT id FROM going))"""
_LIFTED = ("consent_not_removed", "hand_over_kept")


@dataclass(frozen=True, slots=True)
class Erasing:
    """One erasure, thought through on the file as it is: what goes, and how many rows of each table that is."""

    wanted: Wanted
    lists: Mapping[str, str]
    new: tuple[Subject, ...]
    keep: bool
    grows: Mapping[str, int]
    letters: tuple[OutgoingLetter, ...] = ()

    def change(self) -> Change:
        """It as what happens on the way to the next epoch; what goes is counted before and proved after."""
        return Change(lambda tx, _slot: self.write(tx), self.grows)

    def write(self, tx: Transaction) -> None:
        """Do it in this transaction, in no image."""
        gone = _gone(self.wanted)
        traces = gone.traces(tx)
        with _lifted(tx):
            if self.keep:
                self._keep(tx)
            mentions.wipe_images(tx, traces)
            mailbag.wipe_images(tx, json.loads(self.lists["mails"]), json.loads(self.lists["over"]))
            mentions.take_out(tx, gone, traces)
            self._bare(tx)
            self._off_the_pages(tx)
            for table, where in _CUTS.items():
                tx.session.execute(delete(table).where(text(where)), dict(self.lists))
        cases.blank(tx, self.wanted.cases)
        erased_letters.put(tx, self.letters)
        ledger.add(tx, self.new, self.wanted.on)
        counted = [
            {
                "month": each.month,
                "programme": each.programme,
                "topics": list(each.topics),
                "region": each.region,
                "outcome": each.outcome,
            }
            for each in self.wanted.counted
        ]
        if counted:
            tx.session.execute(insert(table_of(CountedRow)), counted)

    def _keep(self, tx: Transaction) -> None:
        """What stays as proof and as the log, under ids that name nobody any more."""
        on = {"on": self.wanted.on.isoformat()}
        for statement in _KEEP:
            tx.session.execute(text(statement), {**self.lists, **on})

    def _off_the_pages(self, tx: Transaction) -> None:
        """A directory page that left still names them wherever it stands: that somebody is to go stays, and not who."""
        listed = table_of(DirectoryListedRow)
        theirs: BindParameter[Any] = bindparam(
            "people", list(self.wanted.ids(SubjectKind.SUPPORTER)), expanding=True
        )
        nobody = update(listed).where(listed.c.supporter.in_(theirs)).values(supporter=None, entry={})
        tx.session.execute(nobody)

    def _bare(self, tx: Transaction) -> None:
        """Enquiries on which introductions rest become a reference and two dates; what is in hand stops."""
        asked, steps, cards = table_of(t.EnquiryRow), table_of(t.IntroductionRow), table_of(t.HandOverRow)
        behind = table_of(t.RequesterRow)
        rest = sorted(set(self.wanted.ids(SubjectKind.ENQUIRER)).difference(json.loads(self.lists["bare"])))
        theirs: BindParameter[Any] = bindparam("references", rest, expanding=True)
        for row in tx.session.execute(select(asked).where(asked.c.reference.in_(theirs))).all():
            bare = _emptied(row)
            columns = {**enquiry_columns(bare), "channel": None}
            tx.session.execute(update(asked).where(asked.c.reference == row.reference).values(**columns))
            person = update(behind).where(behind.c.enquiry == row.reference)
            tx.session.execute(person.values(**requester_columns(bare)))
        of_them = steps.c.enquiry.in_(theirs)
        stopping = steps.c.state.in_([state.value for state in IN_HAND])
        stopped = {"state": State.STOPPED.value, "ended": self.wanted.on}
        tx.session.execute(update(steps).where(of_them, stopping).values(**stopped))
        tx.session.execute(update(steps).where(of_them).values(outcome=None))
        tx.session.execute(update(cards).where(cards.c.enquiry.in_(theirs)).values(recipient=""))


def planned(
    tx: Transaction, wanted: Wanted, *, keep: bool = True, letters: Sequence[OutgoingLetter] = ()
) -> Erasing:
    """Think an erasure through; without ``keep`` the proof and the ledger come from elsewhere.

    ``letters`` go into the outbox with it: to those who were given the data, and who stay.
    """
    erased = frozenset(ledger.erased_among(tx, wanted.people))
    new = tuple(each for each in dict.fromkeys(wanted.people) if keep and each not in erased)
    lists = {
        "people": _json(wanted.ids(SubjectKind.SUPPORTER)),
        "enquiries": _json(wanted.ids(SubjectKind.ENQUIRER)),
        "introductions": _json(wanted.introductions),
        "kept_introductions": _json(wanted.kept_introductions),
        "kept_consents": _json(wanted.kept_consents),
        "letters": _json(cases.letter_numbers(wanted.cases)),
        "letter_texts": _json(letter_texts.speaking(tx, _gone(wanted).traces(tx))),
    }
    lists["cards"] = _json(tx.session.scalars(text(_CARDS), lists).all())
    bare = _without_introductions(tx, wanted, lists)
    lists |= {"bare": _json(bare), "over": _json((*wanted.ids(SubjectKind.ENQUIRER), *bare))}
    over = frozenset(json.loads(lists["over"]))
    gone = _gone(wanted)
    speaking = mailbag.speaking(tx, gone.people, over, gone.traces(tx))
    lists["mails"] = _json((*speaking, *lying.numbers(wanted.cases)))
    grows = Counter({table.name: -_count(tx, table, where, lists) for table, where in _CUTS.items()})
    grows.update({"erasure": len(new), "counted": len(wanted.counted), "outbox": len(letters)})
    if keep:
        grows["kept_consent"] += _count(tx, table_of(t.ConsentRow), _PEOPLE, lists)
        grows["kept_consent"] += _count(tx, table_of(t.RequesterRow), _CONSENTED, lists)
        grows["kept_introduction"] += _count(tx, table_of(t.IntroductionRow), _PEOPLE, lists)
    return Erasing(wanted, lists, new, keep, grows, tuple(letters))


def _gone(wanted: Wanted) -> Gone:
    return Gone(frozenset(wanted.ids(SubjectKind.SUPPORTER)), frozenset(wanted.ids(SubjectKind.ENQUIRER)))


def _emptied(row: Any) -> Enquiry:
    """What stays of an enquiry: that it was there, since when, in which programme, and that it is over."""
    status = EnquiryStatus(row.status)
    over = status if status in closing.CLOSED else EnquiryStatus.WITHDRAWN
    return Enquiry(row.reference, row.received, Requester(), programme=row.programme, status=over)


def _without_introductions(tx: Transaction, wanted: Wanted, lists: Mapping[str, str]) -> tuple[str, ...]:
    """The enquiries of which nothing is left: no introduction rests on them any more."""
    found = tx.session.scalars(text(_BARE), dict(lists)).all()
    asked = [Subject(SubjectKind.ENQUIRER, each) for each in found]
    # An enquiry that was not erased stays, also where everybody who was asked for it is gone.
    empty = {*wanted.people, *ledger.erased_among(tx, asked)}
    return tuple(each.id for each in asked if each in empty)


@contextmanager
def _lifted(tx: Transaction) -> Iterator[None]:
    """Without the triggers that keep consent and hand-overs as they are; they stand again before the commit."""
    statement = text("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND name IN :names")
    names: BindParameter[Any] = bindparam("names", _LIFTED, expanding=True)
    found = tx.session.execute(statement.bindparams(names)).all()
    for name, _ in found:
        tx.session.execute(text(f"DROP TRIGGER main.{name}"))
    yield
    connection = tx.session.connection()
    for _, sql in found:
        connection.exec_driver_sql(sql)


def _json(values: Iterable[str | int]) -> str:
    return json.dumps(list(dict.fromkeys(values)))


def _count(tx: Transaction, table: Table, where: str, lists: Mapping[str, str]) -> int:
    counting = select(func.count()).select_from(table).where(text(where))
    return tx.session.execute(counting, dict(lists)).scalar_one()


def ids_of(subjects: Sequence[Subject | Case]) -> str:
    """The ids that a journal line names."""
    return " ".join(dict.fromkeys(each.id for each in subjects))
