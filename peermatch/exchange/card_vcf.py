"""The contact card as vCard 3.0 (RFC 2426), written so that every common address book reads it whole.

UTF-8 without a byte order mark, CRLF, lines folded at 75 octets and never inside a character, CHARSET on lines that
are not ASCII (classic Outlook reads them wrongly without it), TYPE on numbers (Outlook drops them without it), what
matters most first in NOTE (some readers cut it). No categories and no topics: address books are copied to phones.
"""

import re
from datetime import UTC, datetime

from peermatch.exchange.card_text import CardWords, preference, words_of
from peermatch.model.card import ContactCard
from peermatch.model.people import Channel

_FIRST_LINE = 75


def vcard(card: ContactCard, uid: str, revised: datetime) -> bytes:
    """One contact; ``uid`` and ``revised`` come from the caller, so that the same card gives the same bytes."""
    words = words_of(card)
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("N", f"{escaped(words.surname)};{escaped(words.first_name)};;;"),
        ("FN", escaped(words.full_name)),
        ("ORG", escaped(words.organisation)),
        ("TITLE", escaped(words.role)),
        *_channels(words),
        ("NOTE", escaped("\n".join(note_lines(words)))),
        ("REV", revised.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("UID", escaped(uid)),
        ("END", "VCARD"),
    ]
    return b"".join(_property(name, value) for name, value in lines if value)


def _channels(words: CardWords) -> tuple[tuple[str, str], ...]:
    best = words.prefers or Channel.EMAIL
    email = "EMAIL;TYPE=INTERNET,PREF" if best is Channel.EMAIL else "EMAIL;TYPE=INTERNET"
    phone = "TEL;TYPE=CELL,VOICE,PREF" if best is Channel.PHONE else "TEL;TYPE=CELL,VOICE"
    return (email, escaped(words.email)), (phone, escaped(words.phone))


def note_lines(words: CardWords) -> tuple[str, ...]:
    """The note: pronouns first, because no address book has a field for them that others can read."""
    lines = (
        f"Pronouns: {words.pronouns}" if words.pronouns else "",
        preference(words),
        f"Works in {words.town}" if words.town else "",
        f"Area: {words.county}" if words.county else "",
    )
    return tuple(line for line in lines if line)


def escaped(text: str) -> str:
    """A value with the four signs of RFC 2426, section 5, written out."""
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")


def _property(name: str, value: str) -> bytes:
    return content_line(name if value.isascii() else f"{name};CHARSET=UTF-8", value)


def content_line(name: str, value: str) -> bytes:
    """One content line of a card or a calendar, folded by octets."""
    left = f"{name}:{value}".encode()
    folded, room = [], _FIRST_LINE
    while left:
        cut = min(room, len(left))
        while cut < len(left) and left[cut] & 0xC0 == 0x80:
            cut -= 1
        folded.append(left[:cut])
        left, room = left[cut:], _FIRST_LINE - 1
    return b"\r\n ".join(folded) + b"\r\n"
