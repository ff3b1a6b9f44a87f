"""Tells a person's letter from an automatic reply, a letter that came back, and spam, by plain rules that can be read.

What is told here is set aside to be looked at; nothing is thrown away. The rules are those of RFC 3834 (automatic
replies), RFC 3464 (reports of delivery) and the headers that Exchange, and so NHSmail, writes for spam.
"""

import re
from email.utils import parseaddr

from peermatch.mail.mime import Contents, Headers, decoded, parameters
from peermatch.model.letter import Nature
from peermatch.model.text import one_line

Told = tuple[Nature, str]
_MOST_ADDRESSES = 20
_ID = re.compile(r"<[^<>\s]{1,250}>")
_AUTOMATIC = re.compile(
    r"(?i)\s*(?:(?:automatic|auto(?:matic)?[ -]?)\s*(?:reply|response|answer)|autoreply"
    r"|out of (?:the )?office(?: auto(?:matic)? ?reply)?|away from (?:the|my) office)\s*(?::|\Z|\()"
)
_CAME_BACK = re.compile(
    r"(?i)\s*(?:undeliverable|undelivered mail|delivery status notification \(failure\)|delivery failure"
    r"|mail delivery (?:failed|failure)|returned mail|failure notice|message not delivered)\b"
)
_POST_OFFICE = re.compile(r"(?i)(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{16,})@")
_LEVEL = re.compile(r"\s*(\d{1,2})\s*\Z")
_REPORTED = re.compile(r"(?im)^(final-recipient|original-recipient|action)[ \t]*:[ \t]*(.{1,400})$")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}[A-Za-z0-9]")

AWAY = "It is an automatic reply."
MADE = "It was sent by a program, not by a person."
RECEIPT = "It only says that a letter was opened or has arrived."
LATE = "It says that a letter is late; the mail server goes on trying."
BACK = "It says that a letter could not be delivered."
SPAM = "The mail server has marked it as spam."


def nature_of(headers: Headers, contents: Contents) -> Told:
    """What kind of letter it is, and the sentence that says why; the plainest sign first."""
    for rule in (_returned, _automatic, _spam):
        if told := rule(headers, contents):
            return told
    return Nature.ORDINARY, ""


def answered_ids(headers: Headers) -> tuple[str, ...]:
    """The letters that it answers, by their message ids: the nearest first."""
    nearest = _ID.findall(headers.get("in-reply-to", ""))
    earlier = _ID.findall(headers.get("references", ""))
    return tuple(dict.fromkeys((*nearest, *reversed(earlier))))[:50]


def failed_addresses(headers: Headers, contents: Contents, words: str) -> tuple[str, ...]:
    """The addresses that could not be reached, as the report says; from its words where it has no report."""
    told = [*contents.failed, *_reported_failed(contents.delivery)]
    told += _ADDRESS.findall(headers.get("x-failed-recipients", ""))
    if not told:
        sender = parseaddr(headers.get("from", "")[:2000])[1].casefold()
        told = [each for each in _ADDRESS.findall(words[:4000]) if each.casefold() != sender]
    return tuple(dict.fromkeys(one_line(each).casefold() for each in told))[:_MOST_ADDRESSES]


def _returned(headers: Headers, contents: Contents) -> Told | None:
    settings = parameters(headers.get("content-type", ""))
    report = settings.get("report-type", "").casefold()
    subject = decoded(headers.get("subject", ""))
    if report == "disposition-notification":
        return Nature.AUTOMATIC, RECEIPT
    if contents.delivery or report == "delivery-status":
        actions = {
            value.strip().casefold() for name, value in _reports(contents.delivery) if name == "action"
        }
        if actions and "failed" not in actions:
            return Nature.AUTOMATIC, LATE if "delayed" in actions else RECEIPT
        return Nature.RETURNED, BACK
    from_server = bool(_POST_OFFICE.search(headers.get("from", "")[:2000]))
    if contents.failed or "x-failed-recipients" in headers or (from_server and _CAME_BACK.match(subject)):
        return Nature.RETURNED, BACK
    return None


def _automatic(headers: Headers, _contents: Contents) -> Told | None:
    submitted = headers.get("auto-submitted", "").split(";")[0].strip().casefold()
    if _AUTOMATIC.match(decoded(headers.get("subject", ""))) or submitted == "auto-replied":
        return Nature.AUTOMATIC, AWAY
    if headers.get("precedence", "").strip().casefold() in ("auto_reply", "auto-reply"):
        return Nature.AUTOMATIC, AWAY
    if "x-autoreply" in headers or "x-autorespond" in headers:
        return Nature.AUTOMATIC, AWAY
    suppressed = {each.strip().casefold() for each in headers.get("x-auto-response-suppress", "").split(",")}
    if submitted not in ("", "no") or "all" in suppressed:
        return Nature.AUTOMATIC, MADE
    return None


def _spam(headers: Headers, _contents: Contents) -> Told | None:
    flags = [headers.get(name, "").strip().casefold() for name in ("x-spam-flag", "x-spam-status")]
    level = _LEVEL.match(headers.get("x-ms-exchange-organization-scl", ""))
    report = headers.get("x-forefront-antispam-report", "").upper().replace(" ", "").split(";")
    by_report = any(each in ("SFV:SPM", "SFV:SKS", "SFV:SKB") for each in report)
    if any(flag.startswith("yes") for flag in flags) or (level and int(level[1]) >= 5) or by_report:
        return Nature.SPAM, SPAM
    return None


def _reports(delivery: str) -> list[tuple[str, str]]:
    return [(name.casefold(), value) for name, value in _REPORTED.findall(delivery)]


def _reported_failed(delivery: str) -> list[str]:
    """Of each group of the report, the address where its action is that delivery failed."""
    found = []
    for group in re.split(r"\n[ \t]*\n", delivery):
        said = dict(reversed(_reports(group)))
        address = _ADDRESS.search(said.get("final-recipient") or said.get("original-recipient") or "")
        if address and said.get("action", "failed").strip().casefold() == "failed":
            found.append(address[0])
    return found
