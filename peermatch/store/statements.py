"""What statements, sessions and rows are made of, in one place: all tables are known to whoever knows one of them."""

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Select,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, configure_mappers
from sqlalchemy.pool import QueuePool
from sqlmodel import SQLModel, col

from peermatch.store.tables import (
    CHUNK,
    CHUNK_ORIGIN,
    CHUNK_WORD,
    DRAFT,
    BarredRow,
    ConsentRow,
    DecisionRow,
    EnquiryRow,
    HandOverRow,
    HolderRow,
    IntroductionRow,
    LetterPrintRow,
    NetworkRow,
    OutboxRow,
    PolicyRow,
    RequesterRow,
    SecretRow,
    SupporterRow,
    TermRow,
    WatchRow,
    WordingRow,
)
from peermatch.store.tables_cards import MailMarkRow
from peermatch.store.tables_consent import EVIDENCE_BODY, CampaignRow, ConsentLetterRow, EvidenceRow
from peermatch.store.tables_directory import (
    DirectoryEntryRow,
    DirectoryLinkRow,
    DirectoryListedRow,
    DirectoryPageRow,
    DirectoryPlaceRow,
)
from peermatch.store.tables_forms import FormRow
from peermatch.store.tables_journal import ImageRow, JournalRow
from peermatch.store.tables_letters import LetterTextRow
from peermatch.store.tables_mail import MAIL_BODY, MailFileRow, MailRow
from peermatch.store.tables_onboarding import OnboardingRow, OwnOrganisationRow, TermStandingRow
from peermatch.store.tables_records import RECORD, RECORD_ORIGIN
from peermatch.store.tables_rights import (
    ClosingRow,
    CountedRow,
    ErasureRow,
    IncidentRow,
    KeptBackRow,
    KeptConsentRow,
    KeptIntroductionRow,
    PublishedRow,
    RequestRow,
)
from peermatch.store.tables_signposts import SignpostRow

ROWS: dict[str, type[SQLModel]] = {
    str(each.__tablename__): each
    for each in list(globals().values())
    if isinstance(each, type) and issubclass(each, SQLModel) and each is not SQLModel
}
"""The class of every table's rows, by the table's name; a plain table has none."""

__all__ = [
    "CHUNK",
    "CHUNK_ORIGIN",
    "CHUNK_WORD",
    "DRAFT",
    "EVIDENCE_BODY",
    "MAIL_BODY",
    "RECORD",
    "RECORD_ORIGIN",
    "ROWS",
    "BarredRow",
    "BindParameter",
    "CampaignRow",
    "ClosingRow",
    "ColumnElement",
    "Connection",
    "ConsentLetterRow",
    "ConsentRow",
    "CountedRow",
    "DBAPIError",
    "Date",
    "DecisionRow",
    "DirectoryEntryRow",
    "DirectoryLinkRow",
    "DirectoryListedRow",
    "DirectoryPageRow",
    "DirectoryPlaceRow",
    "Engine",
    "EnquiryRow",
    "ErasureRow",
    "EvidenceRow",
    "FormRow",
    "HandOverRow",
    "HolderRow",
    "ImageRow",
    "IncidentRow",
    "IntegrityError",
    "IntroductionRow",
    "JournalRow",
    "KeptBackRow",
    "KeptConsentRow",
    "KeptIntroductionRow",
    "LetterPrintRow",
    "LetterTextRow",
    "MailFileRow",
    "MailMarkRow",
    "MailRow",
    "NetworkRow",
    "OnboardingRow",
    "OutboxRow",
    "OwnOrganisationRow",
    "PolicyRow",
    "PublishedRow",
    "QueuePool",
    "RequestRow",
    "RequesterRow",
    "SQLModel",
    "SecretRow",
    "Select",
    "Session",
    "SignpostRow",
    "SupporterRow",
    "Table",
    "TermRow",
    "TermStandingRow",
    "WatchRow",
    "WordingRow",
    "bindparam",
    "col",
    "configure_mappers",
    "create_engine",
    "delete",
    "event",
    "func",
    "insert",
    "inspect",
    "literal",
    "literal_column",
    "select",
    "text",
    "update",
]
