"""The finished files of a card as a person can read them: what stands in the very bytes that would leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Protocol

from peermatch.words import tr

IN_THE_PDF = tr("The words in the PDF, as a reader of PDFs finds them:")


class Written(Protocol):
    """What is used of a finished file."""

    @property
    def format(self) -> str:
        """Its kind: eml, vcf, html."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def data(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at what leaves."""

    key: str
    label: str
    text: str
    is_page: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """The finished e-mail, read back: every recipient, the subject, both texts, what is attached."""

    recipients: tuple[str, ...]
    subject: str
    plain: str
    page: str
    attached: tuple[str, ...]


def read_mail(data: bytes) -> Mail:
    """Read the bytes of the draft as another program would."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    return Mail(
        recipients=tuple(
            address.addr_spec
            for header in ("To", "Cc", "Bcc")
            for field in message.get_all(header, [])
            for address in field.addresses
        ),
        subject=str(message["Subject"] or ""),
        plain=str(plain.get_content()) if plain else "",
        page=str(page.get_content()) if page else "",
        attached=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def views(files: Iterable[Written], page_words: str = "") -> tuple[View, ...]:
    """The e-mail as it looks, its plain words, the contact card, the page, and what a reader finds in the PDF."""
    found: list[View] = []
    for file in files:
        if file.format == "eml":
            mail = read_mail(file.data)
            found.append(View("look", tr("As they see it"), for_the_viewer(mail.page), is_page=True))
            found.append(View("plain", tr("Plain text"), mail.plain, is_page=False))
        elif file.format == "html":
            found.append(View("page", tr("Page to print (.html)"), for_the_viewer(_text(file)), is_page=True))
        elif file.format == "pdf":
            found.append(View("pdf", tr("PDF"), f"{IN_THE_PDF}\n\n{page_words}", is_page=False))
        elif file.format == "ics":
            found.append(View("ics", tr("Calendar entry (.ics)"), _text(file), is_page=False))
        else:
            found.append(
                View(
                    file.format,
                    tr("Contact card (.{format})").format(format=file.format),
                    _text(file),
                    is_page=False,
                )
            )
    return tuple(found)


def _text(file: Written) -> str:
    return file.data.decode("utf-8").replace("\r\n", "\n")


_FRAME = (
    '<table width="100%" cellpadding="12" cellspacing="0" border="1" '
    'style="border-collapse:collapse;border-style:solid;border-color:#a3aeb5"><tr><td>'
)
_FOR_THE_VIEWER = (
    (r"<section\b[^>]*>", _FRAME),
    (r"</section>", "</td></tr></table>"),
    (r"<h([12])\b[^>]*>", '<p style="font-weight:bold;margin:4px 0">'),
    (r"</h[12]>", "</p>"),
    (r"font-family:[^;\"]*;?", ""),
    (r"font-size:\d+(px|pt);?", ""),
    (r"<style\b.*?</style>", ""),
)


def for_the_viewer(page: str) -> str:
    """The page in forms that the viewer here can draw (it has no frames, and its headings are huge).

    No word of the page is changed; the tests compare them.
    """
    for pattern, form in _FOR_THE_VIEWER:
        page = re.sub(pattern, form, page, flags=re.DOTALL)
    return page
