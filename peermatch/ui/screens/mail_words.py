"""Letters that came later or were set aside, and their files, in words."""

from collections.abc import Sequence
from datetime import date

from peermatch.model.evidence import size_words
from peermatch.model.mail import Mail, MailFile, MailKind, MailState, Says
from peermatch.services.mailbag import Bag
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, in_words, tr

CHIPS: dict[MailKind, tuple[str, ChipKind]] = {
    MailKind.LETTER: (tr("letter"), "mute"),
    MailKind.REPLY: (tr("answer"), "violet"),
    MailKind.AUTOMATIC: (tr("automatic"), "mute"),
    MailKind.RETURNED: (tr("not delivered"), "wait"),
    MailKind.SPAM: (tr("spam?"), "wait"),
}
SAFETY: tuple[str, ChipKind] = (tr("safety"), "risk")
NO_WORDS = tr("No words of it are kept: it seemed to be about somebody else, or had none.")
_WHY = {
    "It is an automatic reply.": tr("It is an automatic reply."),
    "It was sent by a program, not by a person.": tr("It was sent by a program, not by a person."),
    "It only says that a letter was opened or has arrived.": tr(
        "It only says that a letter was opened or has arrived."
    ),
    "It says that a letter is late; the mail server goes on trying.": tr(
        "It says that a letter is late; the mail server goes on trying."
    ),
    "It says that a letter could not be delivered.": tr("It says that a letter could not be delivered."),
    "The mail server has marked it as spam.": tr("The mail server has marked it as spam."),
    "It carries this reference, but comes from an address that is not known there.": tr(
        "It carries this reference, but comes from an address that is not known there."
    ),
    "It carries this reference, and nothing says who wrote it.": tr(
        "It carries this reference, and nothing says who wrote it."
    ),
    "Its enquiry is over, so it may be about something new.": tr(
        "Its enquiry is over, so it may be about something new."
    ),
    "It may belong to more than one enquiry.": tr("It may belong to more than one enquiry."),
    "The same address has written before, about this enquiry.": tr(
        "The same address has written before, about this enquiry."
    ),
    "A supporter who was asked for this enquiry has written, without its reference.": tr(
        "A supporter who was asked for this enquiry has written, without its reference."
    ),
}
"""What is kept with a letter stands in one language; here it is in that of the screen."""


def bag_words(bag: Bag) -> str:
    """What the button over the queue says; nothing where there is nothing."""
    parts = []
    if bag.waiting:
        parts.append(tr("{letters} to place").format(letters=count_of(len(bag.waiting), "letter")))
    if bag.aside:
        parts.append(tr("{number} set aside").format(number=len(bag.aside)))
    return " · ".join(parts)


def reason_words(mail: Mail) -> str:
    """Why it waits or was set aside, and whom a returned letter did not reach."""
    why = _WHY.get(mail.why, mail.why)
    if mail.failed:
        return tr("{why} Not reached: {addresses}").format(why=why, addresses=", ".join(mail.failed))
    return why


def why_words(mail: Mail) -> str:
    """The same, with the enquiry that it may belong to."""
    why = reason_words(mail)
    return tr("{reference}. {why}").format(reference=mail.enquiry, why=why) if mail.enquiry else why


def head_words(mail: Mail, who: str, on: date) -> str:
    """From whom and when."""
    return tr("{who} · {day}").format(who=who, day=day_words(mail.came, on))


def answer_words(mail: Mail, name: str) -> str:
    """What an answer seems to say, for a person to confirm."""
    says = mail.answer.says if mail.answer is not None else Says.UNCLEAR
    words = {
        Says.YES: tr("A letter from {name} seems to say yes."),
        Says.NO: tr("A letter from {name} seems to say no."),
        Says.UNCLEAR: tr("A letter from {name} is here, and does not say yes or no plainly."),
    }
    return words[says].format(name=name)


def came_with_words(files: Sequence[MailFile]) -> str:
    """The files of a letter that nobody has placed: they go where it goes."""
    named = "; ".join(f"{each.name} ({size_words(each.size)})" for each in files)
    return tr("{files} came with it: {named}").format(files=count_of(len(files), "file"), named=named)


def kept_until_words(mail: Mail, last: date) -> str:
    """By what the schedule names such a letter, and until when it is kept."""
    said = tr("{id}, kept until {day}.")
    if mail.state is MailState.WAITING:
        said = tr("{id}, kept until {day}, unless it finds its place before.")
    return said.format(id=mail.id, day=in_words(last))


def file_words(file: MailFile) -> str:
    """How large it is, and whether it is kept."""
    kept = tr("kept, encrypted") if file.kept else tr("not decided yet")
    return f"{size_words(file.size)} · {kept}"
