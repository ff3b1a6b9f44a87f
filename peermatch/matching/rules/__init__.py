"""All gates in the order in which they are asked, and all rules in the order in which reasons stand."""

from peermatch.matching.question import Gate, Rule
from peermatch.matching.rules import (
    already_asked,
    consent_ended,
    consent_missing,
    contact,
    essential,
    essential_not_shared,
    excluded_by_enquirer,
    grade,
    helpful,
    language,
    load,
    no_room,
    not_active,
    nothing_in_common,
    other_programme,
    own_boundary,
    paused,
    place,
    power_relation,
    same_person,
    specialty,
    unavailable,
    unknown,
)

GATES: tuple[Gate, ...] = (
    not_active.GATE,
    paused.GATE,
    unavailable.GATE,
    other_programme.GATE,
    same_person.GATE,
    excluded_by_enquirer.GATE,
    power_relation.GATE,
    own_boundary.GATE,
    already_asked.GATE,
    no_room.GATE,
    essential_not_shared.GATE,
    consent_ended.GATE,
    consent_missing.GATE,
    nothing_in_common.GATE,
)

RULES: tuple[Rule, ...] = (
    essential.parts,
    helpful.parts,
    specialty.parts,
    grade.parts,
    place.parts,
    language.parts,
    contact.parts,
    load.parts,
    unknown.parts,
)
