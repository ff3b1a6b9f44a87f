"""Supporters' records: added and edited, with everything wrong said at once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.portable_people import PROGRAMME_FORM, is_programme
from peermatch.model.changes import Done, Touched
from peermatch.model.edits import Marks, changed
from peermatch.model.own_terms import older_yes
from peermatch.model.people import MOST_AT_A_TIME, RELATION_KINDS, Supporter, SupporterStatus
from peermatch.model.text import one_line
from peermatch.services.consent_rules import refuse_unknown_wording
from peermatch.services.desk import Desk
from peermatch.store import supporters
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.services.people_table import PeopleTables

LONGEST_NOTES = 20_000
"""Signs of a record's notes; more of them are a letter that was pasted by mistake."""
APART = frozenset({"consents"})
"""What an edit of the record does not touch, so that it cannot overwrite it."""


class ChangedMeanwhile(Refused):
    """Somebody else, or another form, changed the record after this edit of it began."""

    def __init__(self, now: Supporter) -> None:
        super().__init__(
            tr("This record was changed after you began to edit it."), tr("Look at it before you save.")
        )
        self.now = now


class Supporters:
    """What the peer-support lead keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def tables(self) -> "PeopleTables":
        """Everybody as a table, for another program."""
        from peermatch.services.people_table import PeopleTables

        return PeopleTables(self._desk)

    def faults(self, supporter: Supporter) -> tuple[Fault, ...]:
        """Everything wrong with a record, each under its field's name."""
        lists = self._desk.snapshot.reference
        boundaries = supporter.boundaries
        vocabulary = lists.vocabulary
        found: list[Fault] = []
        if not one_line(supporter.name):
            found.append(Fault("name", tr("Enter a name.")))
        if not 0 <= supporter.capacity <= MOST_AT_A_TIME:
            within = tr("Enter a number from 0 to {most}.").format(most=MOST_AT_A_TIME)
            found.append(Fault("capacity", within))
        if len(supporter.notes) > LONGEST_NOTES:
            length = tr("{notes:,} signs").format(notes=len(supporter.notes))
            found.append(
                Fault(
                    "notes",
                    tr("These are {length}. Keep it under {longest_notes:,}.").format(
                        length=length, longest_notes=LONGEST_NOTES
                    ),
                )
            )
        found += [Fault("email", address_fault(a)) for a in _addresses(supporter) if address_fault(a)]
        found += [Fault("programmes", PROGRAMME_FORM) for p in supporter.programmes if not is_programme(p)]
        found += [
            Fault("relations", tr("Say to whom and of what kind."))
            for relation in supporter.relations
            if not relation.to.strip() or relation.kind not in RELATION_KINDS
        ]
        asked = (
            ("grade", lists.grades.knows, (supporter.grade,)),
            ("specialty", lists.specialties.knows, (supporter.specialty,)),
            ("organisation", lists.organisations.knows, (supporter.organisation,)),
            ("characteristics", vocabulary.is_term, supporter.characteristics),
            ("consents", vocabulary.is_term, tuple(c.characteristic for c in supporter.consents)),
            ("boundaries", vocabulary.knows, boundaries.topics),
            ("boundaries", lists.organisations.knows, boundaries.organisations),
            ("boundaries", lists.specialties.knows, boundaries.specialties),
        )
        found += [
            Fault(field, tr("{value} is not in the list.").format(value=value))
            for field, knows, values in asked
            for value in values
            if value is not None and not knows(value)
        ]
        return (*found, *self._own_terms(supporter))

    def _own_terms(self, supporter: Supporter) -> Iterator[Fault]:
        """Topics of the network's own that are new on a record: not retired ones, and none by a yes that is older."""
        picture, today = self._desk.snapshot, self._desk.today
        before = picture.supporters.get(supporter.id) if supporter.id and picture.standings else None
        held = before.characteristics if before else ()
        person = replace(supporter, consents=before.consents if before else supporter.consents)
        for topic in supporter.characteristics:
            standing = picture.standings.get(topic)
            if standing is None or topic in held:
                continue
            label = picture.reference.vocabulary.label(topic)
            if standing.retired is not None:
                yield Fault(
                    "characteristics",
                    tr("{label} is retired, so it is given to nobody new.").format(label=label),
                )
            older = older_yes(person, topic, picture.standings, picture.rules, today)
            if older is not None and older.characteristic is not None:
                broader = picture.reference.vocabulary.label(older.characteristic)
                yield Fault(
                    "characteristics",
                    tr(
                        "Their yes to {broader} is older than {label}. Record what they say to {label} first."
                    ).format(broader=broader, label=label),
                )

    def refuse_faults(self, supporter: Supporter) -> None:
        """Say everything that is wrong with a record at once."""
        if faults := self.faults(supporter):
            raise BadInput(tr("The record was not saved."), tr("Please correct what is marked."), faults)

    def add(self, supporter: Supporter) -> Done:
        """A new supporter; an empty id is filled with the next one."""
        self.refuse_faults(supporter)
        with self._desk.command("add-supporter") as tx:
            added = replace(supporter, id=supporter.id or supporters.next_id(tx))
            if supporters.exists(tx, added.id):
                raise BadInput(
                    tr("There is already a supporter {id}.").format(id=added.id),
                    tr("Leave the id empty to get the next one."),
                )
            for record in added.consents:
                refuse_unknown_wording(tx, record.wording)
            supporters.add(tx, added)
            tx.about = added.id
        return self._desk.done(
            tx,
            Touched(supporters=frozenset({added.id})),
            tr("{name} is added as {id}.").format(name=added.name, id=added.id),
        )

    def change(self, supporter: Supporter, seen: Marks | None = None) -> Done:
        """A record as it was edited; consent is not changed here, and nobody becomes active by it.

        ``seen`` is how the record stood when the edit began: what changed since is never overwritten unseen.
        """
        self.refuse_faults(supporter)
        with self._desk.command("change-supporter", supporter.id) as tx:
            before = supporters.get(tx, supporter.id)
            if seen is not None and any(name not in APART for name in changed(seen, before)):
                raise ChangedMeanwhile(before)
            if supporter.status is SupporterStatus.ACTIVE and before.status is not supporter.status:
                raise Refused(
                    tr("{first_name} becomes active once everything is checked, not by an edit.").format(
                        first_name=before.first_name
                    ),
                    tr("Note the checks on the record first."),
                )
            supporters.change(tx, replace(supporter, consents=before.consents))
        return self._desk.done(
            tx,
            Touched(supporters=frozenset({supporter.id})),
            tr("{first_name}'s record is saved.").format(first_name=supporter.first_name),
        )


def _addresses(supporter: Supporter) -> tuple[str, ...]:
    return tuple(a for a in (supporter.email, *supporter.other_emails) if a)


def address_fault(address: str) -> str:
    """Why this is not one e-mail address, in a sentence; empty where it is one."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return tr("{one_line} is not an e-mail address.").format(one_line=one_line(address))
    return ""
