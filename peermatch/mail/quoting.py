"""Tells the writer's own words from quoted letters and from signatures, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peermatch.model.letter import Part, PartKind

_QUOTE_MARK = re.compile(r"[ \t]{0,3}>")
_WROTE = re.compile(
    r"(?i)^\s*(?:on\b.{4,200}|.{0,120}<[^<>\s]+@[^<>\s]+>)\s*(?:wrote|writes)\s*:\s*$"
    r"|^\s*(?:am|den|le)\b.{4,200}(?:schrieb|skrev|a écrit)\b.{0,80}:\s*$"
)
_WROTE_BEGINS = re.compile(r"(?i)^\s*on\b.{0,200}(?:\d|\b(?:mon|tue|wed|thu|fri|sat|sun))")
_ORIGINAL = re.compile(
    r"(?i)^\s*(?:-{2,}\s*(?:original message|original appointment|forwarded message|forwarded by .{0,80})\s*-{2,}"
    r"|begin forwarded message:|-{4,}\s*forwarded message\b.{0,80})\s*$"
)
_RULE = re.compile(r"^\s*_{10,}\s*$")
_FIELD = re.compile(r"(?i)^\s*\*?(from|sent|date|to|cc|subject):\*?\s*\S")
_DASHES = re.compile(r"^-- ?$")
_DEVICE = re.compile(
    r"(?i)^\s*(?:sent from (?:my|outlook|mail|yahoo|samsung|proton|the all)\b.{0,60}|get outlook for .{0,40}"
    r"|sent (?:via|with|using) .{0,50})\s*$"
)
_DISCLAIMER = re.compile(
    r"(?i)^\s*\W{0,3}(?:(?:this|the information (?:in|contained)|any information|the contents of this)\b.{0,40}"
    r"\b(?:e-?mail|message|communication|transmission|information)\b.{0,160}"
    r"\b(?:confidential|intended|privileged|disclos|addressee|recipient|virus|monitor|freedom of information)"
    r"|(?:disclaimer|confidentiality notice|legal notice|important notice)\b"
    r"|please consider the environment|if you (?:are not the intended|have received this).{0,60})"
)
_CLOSING = re.compile(
    r"(?i)^\W*(?:(?:many|with|very|kind|best|warm|warmest|all|yours|thanks?|thank you|cheers|regards|sincerely"
    r"|respectfully|ta|thx|x|love|take care|speak soon|hope to hear|looking forward|in anticipation|bw|kr|rgds"
    r"|god bless|respects?|cordially|gratefully|wishing)\b.{0,50}|best)$"
)
_ROLE = re.compile(
    r"\b(?:Consultant|Registrar|Trainee|Fellow|Manager|Officer|Champion|Advocate|Lead|Director|Secretary|"
    r"Administrator|Educator|Coordinator|Pronouns|[SCF]T?Y?[1-8]|GPST[1-4]|IMT[1-3]|Hospital|Trust|University|"
    r"Department|Mobile|Tel|Phone|Ext|Bleep|MB ?Ch ?B|MRC[A-Z]{1,5}|FRC[A-Z]{1,4}|www|https?)\b|\||@"
)
_PHONE = re.compile(r"(?:\+?\d[\s\-()]?){9,14}")
_AFTERTHOUGHT = re.compile(r"(?i)^\s*(?:p\.?\s?p?\.?s\b|nb\b|edit:|one more thing|sorry)")
_LONGEST = 70
_CLOSING_LINES = 9


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def parts_of(text: str, start: int, end: int) -> tuple[Part, ...]:
    """The parts of text[start:end], one after the other, each line in exactly one of them."""
    lines = _lines(text, start, end)
    kinds = _quoted(lines)
    _mark_signatures(lines, kinds)
    found: list[Part] = []
    for line, kind in zip(lines, kinds, strict=True):
        if found and found[-1].kind is kind:
            found[-1] = Part(kind, found[-1].start, line.end)
        else:
            found.append(Part(kind, line.start, line.end))
    return tuple(found)


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text[start:end]):
        lines.append(_Line(start + match.start(), start + match.end(), match.group().rstrip("\n")[:2000]))
    return lines


def _quoted(lines: Sequence[_Line]) -> list[PartKind]:
    kinds = [PartKind.QUOTED if _QUOTE_MARK.match(line.text) else PartKind.OWN for line in lines]
    number = 0
    while number < len(lines):
        length = 0 if kinds[number] is PartKind.QUOTED else _introduction(lines, number)
        if length:
            last = number + length
            following = next((k for k in range(last, len(lines)) if lines[k].text.strip()), None)
            marked = following is not None and kinds[following] is PartKind.QUOTED
            # Without marks, as Outlook writes, nobody can say where the quoted letter ends: it goes to the end.
            kinds[number : last if marked else len(lines)] = [PartKind.QUOTED] * (
                (last if marked else len(lines)) - number
            )
            number = last
        else:
            number += 1
    _close_gaps(lines, kinds)
    return kinds


def _introduction(lines: Sequence[_Line], number: int) -> int:
    """How many lines introduce a quoted letter here; 0 when none does."""
    text = lines[number].text
    if _ORIGINAL.match(text):
        return 1
    if _WROTE.match(text):
        return 1
    if _WROTE_BEGINS.match(text):
        for more in (2, 3):
            joined = " ".join(line.text.strip() for line in lines[number : number + more])
            if len(joined) < 300 and _WROTE.match(joined):
                return more
    block = [line.text for line in lines[number : number + 6]]
    after_rule = 1 if _RULE.match(text) else 0
    if after_rule and not any(_FIELD.match(line) for line in block[1:3]):
        return 0
    names = [m.group(1).lower() for line in block[after_rule:] if (m := _FIELD.match(line))]
    if _FIELD.match(block[after_rule] if len(block) > after_rule else "") and names[:1] == ["from"]:
        return after_rule + len(names) if {"sent", "date"} & set(names) and len(names) >= 3 else 0
    return 0


def _close_gaps(lines: Sequence[_Line], kinds: list[PartKind]) -> None:
    """Empty lines between quoted ones belong to the quotation."""
    for number in range(1, len(lines)):
        if not lines[number].text.strip() and kinds[number - 1] is PartKind.QUOTED:
            kinds[number] = PartKind.QUOTED


def _mark_signatures(lines: Sequence[_Line], kinds: list[PartKind]) -> None:
    number = 0
    while number < len(lines):
        length = _signature(lines, kinds, number) if kinds[number] is PartKind.OWN else 0
        kinds[number : number + length] = [PartKind.SIGNATURE] * length
        number += max(1, length)
    _mark_role_block(lines, kinds)


def _signature(lines: Sequence[_Line], kinds: Sequence[PartKind], number: int) -> int:
    """How many lines from here are a signature; 0 when none begins here."""
    text = lines[number].text
    if _DASHES.match(text):
        return _own_run(kinds, number)
    if _DEVICE.match(text):
        return 1
    if _DISCLAIMER.match(" ".join(line.text for line in lines[number : number + 3])) and not _asks(text):
        return _own_run(kinds, number)
    if number and _CLOSING.match(lines[number - 1].text.strip()) and lines[number - 1].words <= 7:
        return _short_lines(lines[number : number + _own_run(kinds, number, most=4 * _CLOSING_LINES)])
    return 0


def _asks(text: str) -> bool:
    """A question about confidentiality is the writer's own, not a notice at the foot of the letter."""
    return "?" in text


def _own_run(kinds: Sequence[PartKind], number: int, most: int | None = None) -> int:
    end = number
    last = len(kinds) if most is None else min(len(kinds), number + most)
    while end < last and kinds[end] is PartKind.OWN:
        end += 1
    return end - number


def _short_lines(lines: Sequence[_Line]) -> int:
    """How many lines after a closing look like a name, a role or an address; prose ends them."""
    length = full = 0
    for line in lines:
        if _is_prose(line) or full == _CLOSING_LINES:
            break
        full += bool(line.text.strip())
        length += 1
    return length if full else 0


def _is_prose(line: _Line) -> bool:
    text = line.text.strip()
    if _AFTERTHOUGHT.match(text):
        return True
    sentence = text.endswith((".", "?", "!", ",", ":")) and line.words > 6 and not _ROLE.search(text)
    return sentence or (len(text) > _LONGEST and not _ROLE.search(text)) or line.words > 25


def _mark_role_block(lines: Sequence[_Line], kinds: list[PartKind]) -> None:
    """A last block of short lines with a post or a telephone number is a signature though no greeting closed it."""
    own = [k for k, kind in enumerate(kinds) if kind is PartKind.OWN and lines[k].text.strip()]
    if not own:
        return
    start = own[-1]
    while start > 0 and kinds[start - 1] is PartKind.OWN and lines[start - 1].text.strip():
        start -= 1
    before = any(k < start for k in own)
    if before and _is_role_block(lines[start : own[-1] + 1]):
        kinds[start : own[-1] + 1] = [PartKind.SIGNATURE] * (own[-1] + 1 - start)


def _is_role_block(block: Sequence[_Line]) -> bool:
    says_who = any(_ROLE.search(line.text) or _PHONE.search(line.text) for line in block)
    short = all(len(line.text) <= _LONGEST and line.words <= 8 for line in block)
    ends = any(line.text.rstrip().endswith((".", "?", "!", ",")) for line in block)
    return says_who and short and not ends and len(block) >= 2
