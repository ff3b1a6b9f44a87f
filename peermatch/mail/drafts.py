"""A letter as a draft (.eml) for the user's own e-mail program, which opens it ready to be looked at and sent."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from peermatch.errors import BadInput
from peermatch.model.text import one_line, readable

# text/directory is the type of RFC 2426: Thunderbird drops text/vcard without a word when it opens a draft.
_TYPES: dict[str, tuple[str, str, dict[str, str]]] = {
    ".vcf": ("text", "directory", {"profile": "vCard", "charset": "utf-8"}),
    ".pdf": ("application", "pdf", {}),
    ".ics": ("text", "calendar", {"method": "PUBLISH", "charset": "utf-8"}),
}
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,60}(\.[a-z]{3})", re.ASCII)


def draft(
    to_address: str,
    subject: str,
    text: str,
    html: str,
    attachments: Sequence[tuple[str, bytes]],
    sent: datetime,
) -> bytes:
    """One letter to one person; the same arguments give the same bytes.

    It names no sender, no further recipient and no message id: the e-mail program adds its own. Bodies are base64
    because the compose window of Outlook breaks on the soft line ends of quoted-printable. Without ``html`` the
    letter is plain text alone.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = recipient(to_address)
    message["Subject"] = _subject(subject)
    message["Date"] = format_datetime(sent)
    message["X-Unsent"] = "1"
    message["X-Uniform-Type-Identifier"] = "com.apple.mail-draft"
    message.set_content(readable(text), charset="utf-8", cte="base64")
    if html:
        message.add_alternative(readable(html), subtype="html", charset="utf-8", cte="base64")
    for name, data in attachments:
        _attach(message, name, data)
    _set_boundaries(message)
    return message.as_bytes()


def recipient(address: str) -> Address:
    """One address in the form in which it can be sent to; the network is not asked whether it exists."""
    from email_validator import EmailNotValidError, validate_email

    refusal = BadInput(
        "The e-mail address cannot be used: it must be one address such as name@example.org.",
        "Please correct it.",
    )
    if one_line(address) != address.strip():
        raise refusal
    try:
        found = validate_email(
            address.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=True,
            strict=True,
        )
    except EmailNotValidError as error:
        raise refusal from error
    return Address(addr_spec=found.ascii_email or found.normalized)


def _subject(subject: str) -> str:
    line = one_line(subject)
    if not line:
        raise BadInput("A letter needs a subject.", "Please write one.")
    return line


def _attach(message: EmailMessage, name: str, data: bytes) -> None:
    safe = _SAFE_NAME.fullmatch(name)
    kind = _TYPES.get(safe[1]) if safe else None
    if kind is None:
        raise BadInput(
            "A file with this name cannot be attached.", "Use a contact card, a PDF or a calendar entry."
        )
    maintype, subtype, params = kind
    message.add_attachment(
        data, maintype=maintype, subtype=subtype, params=params, filename=name, cte="base64"
    )


def _set_boundaries(message: EmailMessage) -> None:
    """Boundaries made from the content, not by chance; the underscores cannot occur in base64."""
    digest = hashlib.sha256("\n".join(str(message[name]) for name in ("To", "Subject", "Date")).encode())
    for part in message.walk():
        digest.update(str(part.get_payload()).encode() if not part.is_multipart() else b"")
    branches = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(branches):
        part.set_boundary(f"__{digest.hexdigest()[:32]}_{number}__")
