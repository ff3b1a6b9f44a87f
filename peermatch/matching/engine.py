"""The answer to an enquiry: everybody goes through the gates; those who pass stand in order, with reasons."""

from datetime import date

from peermatch.errors import BadInput
from peermatch.matching.judging import codes_in, patterns
from peermatch.matching.question import questions
from peermatch.matching.register import Register
from peermatch.matching.shortlists import Answer, Refusals, Suggestions, judgements, standings
from peermatch.model.enquiry import Enquiry
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Shortlist

STANDARD = Policy()
"""The policy of a network whose lead has changed nothing."""


def match(register: Register, enquiry: Enquiry, on: date, policy: Policy = STANDARD) -> Shortlist:
    """Who could help with an enquiry on a day, nearest first with reasons, and why the others are not.

    The rules are those of matching.md, to the letter; the same input, day and policy give the same answer.
    """
    answer = Answer.to(register, enquiry, on, policy)
    return Shortlist(
        enquiry=enquiry.reference,
        on=on,
        policy=policy,
        ambiguous=answer.ambiguous,
        suggested=Suggestions(answer),
        refused=Refusals(answer),
        counts=answer.counts,
    )


def nearest(register: Register, enquiry: Enquiry, on: date, policy: Policy = STANDARD) -> str | None:
    """Who is the first of the suggested, and nothing said of the others; None where nobody is."""
    asked = tuple(questions(register, enquiry, on, policy))
    found = standings(register, asked, judgements(register, asked))
    if not len(found):
        return None
    segment, local = register.at(int(found.rows[found.first(1)[0]]))
    return segment.id(local)


def refusal_codes(register: Register, enquiry: Enquiry, supporter_id: str, on: date) -> tuple[Code, ...]:
    """All that refuses one supporter, in the order of the gates; nothing means that they may be asked."""
    row = register.row_of(supporter_id)
    if row is None:
        raise BadInput(f"There is no supporter {supporter_id}.", "Check the number.")
    segment, local = register.at(row)
    (question,) = (q for q in questions(register, enquiry, on, STANDARD) if q.segment is segment)
    return codes_in(int(patterns(question)[local]))


def shortlist_to_dict(shortlist: Shortlist, top: int) -> dict[str, object]:
    """The document of ``match --json`` (formats.md); ``top`` cuts those suggested only, and 0 means all."""
    shown = shortlist.suggested[:top] if top else shortlist.suggested
    return {
        "enquiry": shortlist.enquiry,
        "on": shortlist.on.isoformat(),
        "policy": shortlist.policy.label,
        "ambiguous": shortlist.ambiguous,
        "of": len(shortlist.suggested),
        "suggested": [
            {
                "supporter": each.supporter,
                "score": each.score,
                "rare": each.rare,
                "reasons": [{"rule": r.rule, "points": r.points, "text": r.text} for r in each.reasons],
            }
            for each in shown
        ],
        "refused": [
            {
                "supporter": each.supporter,
                "code": each.code.value,
                "codes": [code.value for code in each.codes],
                "text": each.text,
            }
            for each in shortlist.refused
        ],
    }
