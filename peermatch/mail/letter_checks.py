"""What is wrong with the words of a letter, line by line: fields, brackets, lengths, and what a subject may say."""

import re
from collections import Counter
from collections.abc import Iterator

from peermatch.model.letter_kinds import FIELD, FIELD_SIGN, IN_SUBJECTS, Letter
from peermatch.model.letter_text import SUBJECT, WHOLE, LetterText, Remark
from peermatch.model.text import one_line

LONGEST_SUBJECT = 100
LONGEST_BODY = 8_000
_SHOWN = 30
_SIGNS = re.compile(r"\bpeer[- ]support", re.IGNORECASE)


def paragraphs(body: str) -> tuple[str, ...]:
    """A body at its empty lines."""
    return tuple(re.split(r"\n\s*\n", body.strip()))


def flaws(letter: Letter, text: LetterText) -> tuple[Remark, ...]:
    """Everything that keeps these words from being used, in the order of the lines; empty for good ones."""
    if len(text.body) > LONGEST_BODY:
        said = f"This is too long to be read: {len(text.body):,} characters. Keep it below {LONGEST_BODY:,}."
        return (Remark(WHOLE, said),)
    found = (*_of_subject(letter, text.subject), *_of_body(letter, text.body))
    return found or tuple(_of_whole(letter, text))


def _of_subject(letter: Letter, subject: str) -> Iterator[Remark]:
    if not subject:
        yield Remark(SUBJECT, "A letter needs a subject. Please write one.")
    elif len(subject) > LONGEST_SUBJECT:
        yield Remark(SUBJECT, f"This is too long. Keep it below {LONGEST_SUBJECT} characters.")
    for field in FIELD_SIGN.findall(subject):
        if field not in letter.fields:
            yield _unknown(SUBJECT, field)
        elif field not in IN_SUBJECTS:
            yield Remark(
                SUBJECT,
                f"“{FIELD[field].label}” cannot stand here: others may see a subject. Put it into the letter.",
            )
    if _brackets_left(subject):
        yield _bracket(SUBJECT)


def _of_body(letter: Letter, body: str) -> Iterator[Remark]:
    if not body.strip():
        yield Remark(WHOLE, "There are no words yet.")
    for number, line in enumerate(body.split("\n"), start=1):
        for field in FIELD_SIGN.findall(line):
            if field not in letter.fields:
                yield _unknown(number, field)
            elif FIELD[field].listed and line.strip() != f"{{{field}}}":
                yield Remark(
                    number,
                    f"“{FIELD[field].label}” may be several lines, so it needs a line of its own.",
                )
        if _brackets_left(line):
            yield _bracket(number)


def _of_whole(letter: Letter, text: LetterText) -> Iterator[Remark]:
    """What only the whole letter shows, once each line is right."""
    counted = Counter(FIELD_SIGN.findall(f"{text.subject}\n{text.body}"))
    for field in sorted(letter.needs - counted.keys()):
        yield Remark(WHOLE, f"“{FIELD[field].label}” is missing. {FIELD[field].note}")
    parts = paragraphs(text.body)
    if "card" in letter.needs and "{card}" not in (part.strip() for part in parts):
        yield Remark(WHOLE, "“Contact card” needs an empty line above and below it.")
    if not any(_stands_always(part) for part in parts):
        yield Remark(
            WHOLE, "Nothing would be left where a field is empty, for its paragraph is left out. Part them."
        )
    if letter.unsigned:
        for number, line in enumerate(text.body.split("\n"), start=1):
            if _SIGNS.search(line):
                yield Remark(
                    number, "This letter may not say who writes by itself. Use the field “Who writes”."
                )


def _stands_always(paragraph: str) -> bool:
    return not any(FIELD[field].optional for field in FIELD_SIGN.findall(paragraph))


def _unknown(line: int, field: str) -> Remark:
    name = FIELD[field].label if field in FIELD else one_line(field)
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    return Remark(line, f"There is no field {{{shown}}} in this letter. Choose one that is offered.")


def _bracket(line: int) -> Remark:
    return Remark(line, "A curly bracket stands alone. Choose a field that is offered, or take it out.")


def _brackets_left(line: str) -> bool:
    return bool(re.search(r"[{}]", FIELD_SIGN.sub("", line)))
