"""The words of the pages on data protection, and how a place on them is named."""

from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.services.snapshot import Snapshot
from peermatch.words import tr

DUE, REQUESTS, WRONG, CHANGEOVER = "due", "requests", "wrong", "changeover"
PAGES = [
    (DUE, tr("Due for erasure")),
    (REQUESTS, tr("Requests")),
    (WRONG, tr("If something went wrong")),
    (CHANGEOVER, tr("Changeover")),
]
ERASING = "erase:"
REFERENCE = tr("S-0001 or E-0142")
NOBODY_OF_THAT = tr("Nobody on record has this reference. Supporters begin with S-, enquiries with E-.")


def held_place(subject: Subject) -> str:
    """Where it is shown what is held on somebody."""
    return subject.id


def erase_place(subject: Subject) -> str:
    """Where somebody is erased, after a preview."""
    return f"{ERASING}{subject.id}"


def subject_at(place: str, picture: Snapshot) -> Subject | None:
    """The person that a place names, if the network holds one of that reference."""
    return subject_named(place.removeprefix(ERASING), picture)


def subject_named(typed: str, picture: Snapshot) -> Subject | None:
    """The person of a reference as somebody types it."""
    id = typed.strip().upper()
    if id in picture.enquiries:
        return Subject(SubjectKind.ENQUIRER, id)
    if id in picture.supporters:
        return Subject(SubjectKind.SUPPORTER, id)
    return None


def who_words(subject: Subject) -> str:
    """Who it is, without a name."""
    return (
        subject.id
        if subject.kind is SubjectKind.SUPPORTER
        else tr("the person of {id}").format(id=subject.id)
    )


def name_of(subject: Subject | Case, picture: Snapshot) -> str:
    """A supporter's name, which may be covered; an enquirer's is never shown in a list."""
    if isinstance(subject, Case) or subject.kind is SubjectKind.ENQUIRER:
        return ""
    person = picture.supporters.get(subject.id)
    return person.shown_name if person else ""
