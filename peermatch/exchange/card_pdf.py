"""The card as one tagged page (PDF/UA-1): how to reach somebody, to read, print or hear; no topic stands on it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peermatch.errors import SystemRefused
from peermatch.exchange.card_html import mail_link, phone_link
from peermatch.exchange.card_text import CardWords, about_lines, preference


@dataclass(frozen=True, slots=True)
class CardPress:
    """What the page is made with: its layout, and the folder of its letters."""

    layout: Path
    fonts: Path


def card_pdf(
    title: str, paragraphs: tuple[tuple[str, str], ...], words: CardWords, sent: datetime, press: CardPress
) -> bytes:
    """The bytes of the page; what it says goes in as data and is never read as markup. Same arguments, same bytes."""
    import typst  # loaded when the first card is wanted as a page

    parts = [_person(words)] if not any(field == "card" for field, _ in paragraphs) else []
    for field, text in paragraphs:
        parts += [_person(words)] if field == "card" else _written(text)
    try:
        return typst.compile(
            press.layout,
            format="pdf",
            font_paths=[press.fonts],
            ignore_system_fonts=True,
            sys_inputs={"card": json.dumps({"title": title, "parts": parts}, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=sent.astimezone(UTC),
        )
    except (typst.TypstError, OSError) as error:
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
