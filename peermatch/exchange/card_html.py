"""The letter and the card as one accessible page: no script, no picture, nothing from elsewhere."""

import re
from html import escape
from urllib.parse import quote

from peermatch.exchange.card_text import CardWords, about_lines, preference

_BODY = (
    "margin:0;padding:24px 16px;background:#ffffff;color:#212b32;font-family:Arial,sans-serif;font-size:16px"
)
_MAIN = "max-width:600px;margin:0 auto;line-height:1.5"
_CARD = "margin:16px 0;padding:12px 16px;border:1px solid #768692;border-radius:8px"
_PRINT = "@page{size:A4;margin:18mm}@media print{body{padding:0;font-size:11pt}section{break-inside:avoid}}"


def page(
    title: str, paragraphs: tuple[tuple[str, str], ...], words: CardWords | None, *, for_paper: bool
) -> str:
    """A whole page; ``for_paper`` adds what a printer needs, which e-mail programs would only strip.

    Without ``words`` the paragraph of the card is words like any other: how to reach somebody stands elsewhere.
    """
    print_rules = f"<style>{_PRINT}</style>\n" if for_paper else ""
    blocks = "\n".join(
        _card(words) if field == "card" and words else _paragraph(text) for field, text in paragraphs
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{print_rules}</head>\n"
        f'<body style="{_BODY}">\n<main style="{_MAIN}">\n<h1 style="font-size:20px">{escape(title)}</h1>\n'
        f"{blocks}\n</main>\n</body>\n</html>\n"
    )


def mail_link(email: str) -> str:
    """The address as a link that opens a new message."""
    return f"mailto:{quote(email, safe='@')}"


def phone_link(phone: str) -> str:
    """The number as a link that rings it."""
    return f"tel:{re.sub(r'[^0-9+]', '', phone)}"


def _card(words: CardWords) -> str:
    heading = f'<h2 style="margin:0;font-size:18px">{escape(words.full_name)}</h2>'
    lines = [escape(each) for each in (words.pronouns, *about_lines(words)) if each]
    if words.email:
        lines.append(f'E-mail: <a href="{escape(mail_link(words.email))}">{escape(words.email)}</a>')
    if words.phone:
        lines.append(f'Phone: <a href="{escape(phone_link(words.phone))}">{escape(words.phone)}</a>')
    if words.prefers:
        lines.append(escape(preference(words)))
    inside = "\n".join(f'<p style="margin:4px 0">{line}</p>' for line in lines)
    return f'<section style="{_CARD}">\n{heading}\n{inside}\n</section>'


def _paragraph(text: str) -> str:
    """A paragraph; lines that begin with a hyphen are a list."""
    before = [line for line in text.split("\n") if not line.startswith("- ")]
    items = [line[2:] for line in text.split("\n") if line.startswith("- ")]
    words = f"<p>{'<br>'.join(escape(line) for line in before)}</p>" if before else ""
    listed = "\n".join(f"<li>{escape(item)}</li>" for item in items)
    return f"{words}\n<ul>\n{listed}\n</ul>" if items else words
