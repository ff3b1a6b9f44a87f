"""The card as one tagged page (PDF/UA-1): how to reach somebody, to read, print or hear; no topic stands on it."""

import json
from datetime import UTC, datetime

from peermatch.errors import SystemRefused
from peermatch.exchange.card_html import mail_link, phone_link
from peermatch.exchange.card_text import CardWords, about_lines, preference
from peermatch.exchange.press import NotSet, Press


def card_pdf(
    title: str, paragraphs: tuple[tuple[str, str], ...], words: CardWords, sent: datetime, press: Press
) -> bytes:
    """The bytes of the page; what it says goes in as data and is never read as markup. Same arguments, same bytes."""
    parts = [_person(words)] if not any(field == "card" for field, _ in paragraphs) else []
    for field, text in paragraphs:
        parts += [_person(words)] if field == "card" else _written(text)
    try:
        page = json.dumps({"title": title, "parts": parts}, ensure_ascii=False)
        return press.pdf({"card": page}, sent.astimezone(UTC))
    except NotSet as error:
        raise SystemRefused(
            "The card could not be made as a PDF: it may hold a letter that the page has no shape for.",
            "Send the e-mail with its contact card instead; nothing is lost in those.",
        ) from error


def _person(words: CardWords) -> dict[str, object]:
    lines = [_line(each) for each in (words.pronouns, *about_lines(words)) if each]
    if words.email:
        lines.append(_line(words.email, "E-mail:", mail_link(words.email)))
    if words.phone:
        lines.append(_line(words.phone, "Phone:", phone_link(words.phone)))
    if words.prefers:
        lines.append(_line(preference(words)))
    return {"kind": "person", "name": words.full_name, "lines": lines}


def _line(words: str, label: str = "", link: str = "") -> dict[str, str]:
    return {"words": words, "label": label, "link": link}


def _written(text: str) -> list[dict[str, object]]:
    """A paragraph; lines that begin with a hyphen are a list."""
    before = [line for line in text.split("\n") if not line.startswith("- ")]
    items = [line[2:] for line in text.split("\n") if line.startswith("- ")]
    made: list[dict[str, object]] = [{"kind": "words", "items": before}] if before else []
    return [*made, {"kind": "list", "items": items}] if items else made
