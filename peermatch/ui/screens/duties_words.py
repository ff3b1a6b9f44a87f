"""The words of the pages on data protection, and how a place on them is named."""

from collections.abc import Sequence

from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.model.text import one_line
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
REFERENCE = tr("Full name, S-0001 or E-0142")
NOBODY_OF_THAT = tr(
    "Nobody is found by this. Write a supporter's full name, or a reference: supporters begin with S-, enquiries "
    "with E-."
)


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


def subjects_typed(typed: str, picture: Snapshot) -> tuple[Subject, ...]:
    """Whom somebody may mean who types a reference or a supporter's full name: several may be called the same."""
    if one := subject_named(typed, picture):
        return (one,)
    roll, called = picture.supporters.roll, one_line(typed).casefold()
    found = (roll.id(number) for number in roll.order if called == roll.name(number).casefold())
    return tuple(Subject(SubjectKind.SUPPORTER, id) for id in found) if called else ()


def not_found_words(found: Sequence[Subject]) -> str:
    """What to say unless exactly one was meant."""
    if len(found) == 1:
        return ""
    ids = ", ".join(each.id for each in found)
    several = tr("Several supporters are called that: {ids}. Write the reference of one.").format(ids=ids)
    return several if found else NOBODY_OF_THAT


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
