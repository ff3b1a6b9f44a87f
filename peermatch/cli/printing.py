"""Answers as a person would want to read them."""

from collections.abc import Callable
from datetime import date

from peermatch.model.consent import ConsentRecord, Standing, judge
from peermatch.model.dates import in_words, short
from peermatch.model.explanation import CODE_WORDS, code_words
from peermatch.model.letter import Proposal, Scope
from peermatch.model.plan import Plan
from peermatch.model.reference import Reference
from peermatch.model.verdict import Shortlist
from peermatch.services.consent import Line, Withdrawal
from peermatch.services.handing_out import Preview
from peermatch.services.risk_words import RISK_WORDS
from peermatch.services.shortlists import AllShortlists
from peermatch.services.snapshot import Snapshot
from peermatch.services.upkeep import Info
from peermatch.services.withdrawal import StopLetter
from peermatch.words import count_of

NOT_YET = "not yet in force"


def info(found: Info) -> tuple[str, ...]:
    """The network in a few lines."""
    ways = count_of(found.slots, "way")
    return (
        found.name,
        f"controller: {found.controller or 'not stated'}",
        f"{found.supporters} supporters, {found.enquiries} enquiries, {found.introductions} introductions",
        f"schema {found.schema}, {ways} in, recovery key: {'yes' if found.recovery else 'none'}",
        f"newest backup: {found.last_backup or 'none'}",
        f"last backup restored on trial: {found.restore_tried or 'none yet'}",
        f"state in six words: {found.state}",
    )


def proposal(found: Proposal, lists: Reference) -> tuple[str, ...]:
    """What a letter seems to ask for, with the words that led to it."""
    lines = [f"scope: {found.scope.value}"]
    if found.for_somebody_else:
        lines.append(
            "It seems to be written for somebody else: nothing about them may be kept until they agree."
        )
    lines += [f"CHECK SAFETY FIRST: {RISK_WORDS[risk.kind]} ({_quoted(risk.words)})" for risk in found.risk]
    lines += [
        f"{topic.strength:4.2f}  {lists.vocabulary.label(topic.characteristic)} [{topic.characteristic}] "
        f"({_quoted(topic.words)})"
        for topic in found.topics
    ]
    away = [lists.organisations.name(o) for o in found.exclude_organisations]
    away += [lists.specialties.label(s) for s in found.exclude_specialties] + list(found.exclude_people)
    lines += [f"keep away from: {name}" for name in away]
    facts = (
        ("specialty", lists.specialties.label(found.specialty) if found.specialty else None),
        ("grade", lists.grades.label(found.grade) if found.grade else None),
        ("way of contact", found.contact.value if found.contact else None),
    )
    lines += [f"{what}: {value}" for what, value in facts if value]
    if found.scope is Scope.IN_SCOPE and not found.topics:
        lines.append("No topic was found: a gentle question would help.")
    return tuple(lines)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def shortlist(answer: Shortlist, picture: Snapshot, top: int) -> tuple[str, ...]:
    """Who could help and why, then how many could not and why not."""
    shown = answer.suggested[: top or None]
    needs = bool(picture.enquiries[answer.enquiry].needs)
    could = (
        f"{_people(len(answer.suggested))} could help"
        if needs
        else "nothing is confirmed yet of what they need"
    )
    lines = [f"{answer.enquiry} on {in_words(answer.on)}: {could}"]
    if answer.ambiguous:
        lines.append("The first two are so close that either is a good choice.")
    for place, suggestion in enumerate(shown, start=1):
        person = picture.supporters[suggestion.supporter]
        rare = " (rare)" if suggestion.rare else ""
        lines.append(f"{place:3}. {person.id}  {person.shown_name}  {100 * suggestion.score:5.1f}{rare}")
        lines += [f"       {100 * reason.points:+6.1f}  {reason.text}" for reason in suggestion.reasons]
    if len(shown) < len(answer.suggested):
        lines.append(f"     and {len(answer.suggested) - len(shown)} more")
    return (*lines, *why_not(answer, needs=needs))


def why_not(answer: Shortlist, *, needs: bool = True) -> tuple[str, ...]:
    """How many are not suggested, by their first reason."""
    found = dict(answer.counts)
    lines = [f"{_people(len(answer.refused))} not suggested:"] if found else []
    return (
        *lines,
        *(
            f"     {found[code]:3}  {code_words(code, needs=needs).many}"
            for code in CODE_WORDS
            if code in found
        ),
    )


def _people(count: int) -> str:
    return {0: "nobody", 1: "1 person"}.get(count, f"{count} people")


def all_shortlists(every: AllShortlists, picture: Snapshot, top: int) -> tuple[str, ...]:
    """The shortlists of all open enquiries."""
    lines = [line for answer in every.shortlists for line in (*shortlist(answer, picture, top), "")]
    return (*lines, *(f"{reference}: check safety first" for reference in every.held))


def plan_document(proposed: Plan) -> dict[str, object]:
    """The document of ``plan --json`` (formats.md)."""
    return {
        "introductions": [
            {"enquiry": pair.enquiry, "supporter": pair.supporter, "score": pair.score}
            for pair in proposed.pairs
        ],
        "unserved": [{"enquiry": each.enquiry, "text": each.text} for each in proposed.unserved],
        "held": list(proposed.held),
        "served": proposed.served,
        "total": proposed.total,
    }


def plan(proposed: Plan, picture: Snapshot) -> tuple[str, ...]:
    """Who could be asked for whom, who is left without anybody and why, and what comes first."""
    lines = [f"On {in_words(proposed.on)}, {_enquiries(proposed.waiting)} waiting."]
    if proposed.waiting:
        lines[0] += (
            f" This plan finds somebody for {proposed.served}; scores add up to {100 * proposed.total:.1f}."
        )
    for pair in proposed.pairs:
        name = picture.supporters[pair.supporter].shown_name
        where = f"place {pair.place} of {pair.of}"
        lines.append(f"  {pair.enquiry}  {pair.supporter}  {name}  {100 * pair.score:5.1f}  ({where})")
    lines += [f"  {each.enquiry}  {each.text}" for each in proposed.unserved]
    lines += [f"{reference}: check safety first" for reference in proposed.held]
    return (*lines, "Nobody is asked by this.")


def _enquiries(count: int) -> str:
    return {0: "no enquiry is", 1: "1 enquiry is"}.get(count, f"{count} enquiries are")


def leaves(preview: Preview) -> tuple[str, ...]:
    """What left and why it may, and what stayed."""
    return (
        "What leaves:",
        *(f"  {p.what} (consent of {in_words(p.given)}, wording {p.wording})" for p in preview.leaves),
        "What stays here:",
        f"  {', '.join(preview.stays) or 'nothing else is on the record'}",
    )


def consent_row(record: ConsentRecord, on: date) -> dict[str, object]:
    """A consent record as the portable file writes it, with how it stands on a day."""
    return {
        "purpose": record.purpose.value,
        "characteristic": record.characteristic,
        "given": record.given.isoformat(),
        "expires": record.expires.isoformat() if record.expires else None,
        "withdrawn": record.withdrawn.isoformat() if record.withdrawn else None,
        "method": record.method.value,
        "wording": record.wording,
        "recorded_by": record.recorded_by,
        "evidence": record.evidence,
        "standing": NOT_YET if record.given > on else judge(record, on).value,
    }


def consents(rows: list[dict[str, object]], label: Callable[[str], str]) -> tuple[str, ...]:
    """A person's own consent history."""
    if not rows:
        return ("No consent has been recorded yet.",)
    ruling: dict[tuple[object, object], dict[str, object]] = {}
    for row in sorted(rows, key=lambda each: str(each["given"])):  # of one day the one recorded last
        if row["standing"] != NOT_YET:
            ruling[row["purpose"], row["characteristic"]] = row
    return tuple(
        f"{row['given']}  {row['purpose']}"
        + (f" {label(str(row['characteristic']))}" if row["characteristic"] else "")
        + f": {row['standing']}"
        + (", replaced by a later answer" if _replaced(row, ruling) else "")
        + (f", until {row['expires']}" if row["expires"] else "")
        + f" ({row['method']}, wording {row['wording']})"
        for row in rows
    )


def _replaced(row: dict[str, object], ruling: dict[tuple[object, object], dict[str, object]]) -> bool:
    return row["standing"] != NOT_YET and ruling[row["purpose"], row["characteristic"]] is not row


def due_row(line: Line) -> dict[str, object]:
    """One line of what is due."""
    record = line.ruling.record
    return {
        "supporter": line.supporter,
        "purpose": line.purpose.value,
        "characteristic": line.characteristic,
        "standing": line.ruling.standing.value,
        "expires": record.expires.isoformat() if record and record.expires else None,
    }


def due(lines: tuple[Line, ...], picture: Snapshot) -> tuple[str, ...]:
    """What is due, most pressing first."""
    if not lines:
        return ("No consent is due.",)
    words = {Standing.ENDED: "ended", Standing.VALID: "ends", Standing.NEVER: "never asked for"}
    return tuple(
        f"{line.supporter}  {picture.supporters[line.supporter].name}: {line.purpose.value}"
        + (f" {picture.reference.vocabulary.label(line.characteristic)}" if line.characteristic else "")
        + f", {words.get(line.ruling.standing, line.ruling.standing.value)}"
        + (
            f" {short(line.ruling.record.expires)}"
            if line.ruling.record and line.ruling.record.expires
            else ""
        )
        for line in lines
    )


def consequences(withdrawal: Withdrawal) -> tuple[str, ...]:
    """What a withdrawal stopped, who holds a card already, and the letters that wait to be sent."""
    return (
        *(f"{i.enquiry}: stopped; please tell the trainee that it has ended." for i in withdrawal.stopped),
        *(
            f"{i.enquiry}: their card was handed over on {in_words(i.introduced)}."
            for i in withdrawal.sent
            if i.introduced
        ),
        *(line for letter in withdrawal.letters for line in _stop_letter(letter)),
        *(("Nothing allows their record to be kept any more: erase it.",) if withdrawal.erasable else ()),
    )


def _stop_letter(each: StopLetter) -> tuple[str, ...]:
    """A letter that is ready, with what to look at before it is sent."""
    letter = each.letter
    to = letter.recipient or "nobody yet: find a safe way to reach them first"
    return (
        f"{letter.enquiry}: a letter is ready, to {to}.",
        *((f"  How to reach them safely: {each.safely}",) if each.safely else ()),
        f"  Subject: {letter.subject}",
        *(f"  {line}" for line in letter.body.splitlines()),
    )


def consequences_document(withdrawal: Withdrawal) -> dict[str, object]:
    """The same as a document."""
    return {
        "stopped": [i.enquiry for i in withdrawal.stopped],
        "sent": [i.enquiry for i in withdrawal.sent],
        "letters": [
            {
                "enquiry": each.letter.enquiry,
                "to": each.letter.recipient,
                "safely": each.safely,
                "subject": each.letter.subject,
                "text": each.letter.body,
            }
            for each in withdrawal.letters
        ],
        "erasable": withdrawal.erasable,
    }
