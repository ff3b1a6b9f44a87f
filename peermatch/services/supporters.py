"""Supporters' records: added and edited, with everything wrong said at once."""

from dataclasses import replace

from email_validator import EmailNotValidError, validate_email

from peermatch.errors import BadInput, Fault
from peermatch.exchange.portable_people import PROGRAMME_FORM, is_programme
from peermatch.model.changes import Done, Touched
from peermatch.model.people import RELATION_KINDS, Supporter
from peermatch.model.text import one_line
from peermatch.services.consent import refuse_unknown_wording
from peermatch.services.desk import Desk
from peermatch.store import supporters


class Supporters:
    """What the peer-support lead keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def faults(self, supporter: Supporter) -> tuple[Fault, ...]:
        """Everything wrong with a record, each under its field's name."""
        lists = self._desk.snapshot.reference
        boundaries = supporter.boundaries
        vocabulary = lists.vocabulary
        found: list[Fault] = []
        if not one_line(supporter.name):
            found.append(Fault("name", "Enter a name."))
        if supporter.capacity < 0:
            found.append(Fault("capacity", "Enter 0 or more."))
        found += [Fault("email", address_fault(a)) for a in _addresses(supporter) if address_fault(a)]
        found += [Fault("programmes", PROGRAMME_FORM) for p in supporter.programmes if not is_programme(p)]
        found += [
            Fault("relations", "Say to whom and of what kind.")
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
            Fault(field, f"{value} is not in the list.")
            for field, knows, values in asked
            for value in values
            if value is not None and not knows(value)
        ]
        return tuple(found)

    def _refuse_faults(self, supporter: Supporter) -> None:
        if faults := self.faults(supporter):
            raise BadInput("The record was not saved.", "Please correct what is marked.", faults)

    def add(self, supporter: Supporter) -> Done:
        """A new supporter; an empty id is filled with the next one."""
        self._refuse_faults(supporter)
        with self._desk.command("add-supporter") as tx:
            added = replace(supporter, id=supporter.id or supporters.next_id(tx))
            if supporters.exists(tx, added.id):
                raise BadInput(
                    f"There is already a supporter {added.id}.", "Leave the id empty to get the next one."
                )
            for record in added.consents:
                refuse_unknown_wording(tx, record.wording)
            supporters.add(tx, added)
            tx.about = added.id
        return self._desk.done(
            tx, Touched(supporters=frozenset({added.id})), f"{added.name} is added as {added.id}."
        )

    def change(self, supporter: Supporter) -> Done:
        """A record as it was edited; consent is not changed here."""
        self._refuse_faults(supporter)
        with self._desk.command("change-supporter", supporter.id) as tx:
            before = supporters.get(tx, supporter.id)
            supporters.change(tx, replace(supporter, consents=before.consents))
        return self._desk.done(
            tx, Touched(supporters=frozenset({supporter.id})), f"{supporter.first_name}'s record is saved."
        )


def _addresses(supporter: Supporter) -> tuple[str, ...]:
    return tuple(a for a in (supporter.email, *supporter.other_emails) if a)


def address_fault(address: str) -> str:
    """Why this is not one e-mail address, in a sentence; empty where it is one."""
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return f"{one_line(address)} is not an e-mail address."
    return ""
