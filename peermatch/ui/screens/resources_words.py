"""What the page of signposts says in words: a line of the list, the ways to reach a service, and its plain text."""

from dataclasses import dataclass

from peermatch.model.signpost_check import aloud, initials
from peermatch.model.signposts import Signpost, Signposts
from peermatch.services.signposts import Listed
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import tr

SIGNPOSTS, LETTERS, HELP = "signposts", "letters", "help"
PAGES = ((SIGNPOSTS, tr("Signposts")), (LETTERS, tr("Letters")), (HELP, tr("Help")))
URGENT, DUE, AREA, TOPIC = "urgent", "due", "area", "topic"
NO_NUMBER = tr("no number is known")
AWAY = tr("not offered")
NOW, ELSE = tr("Help in a crisis, now"), tr("Other help")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a service: what it is, what is dialled or typed, and how it is read aloud."""

    label: str
    value: str
    spoken: str


def title_of(service: Signpost, *, discreet: bool) -> str:
    """What it is called; discreetly by its first letters alone."""
    return initials(service.name) if discreet else service.name


def ways(service: Signpost, *, discreet: bool) -> tuple[Way, ...]:
    """How to reach it; discreetly by numbers alone, for an address says what it is about."""
    numbers = ((tr("Phone"), service.phone), (tr("Text"), service.text))
    found = [Way(label, value, f"{label} {aloud(value)}") for label, value in numbers if value]
    if not discreet:
        typed = (("E-mail", service.email), (tr("Web"), service.url))
        found += [Way(label, value, f"{label} {value}") for label, value in typed if value]
    return tuple(found)


def plain(service: Signpost, *, discreet: bool) -> str:
    """The service as text to copy."""
    reach = ways(service, discreet=discreet)
    if discreet:
        lines = [initials(service.name), *(each.value for each in reach), service.hours]
    else:
        lines = [service.name, *(f"{each.label}: {each.value}" for each in reach)]
        lines += [tr("Open: {hours}").format(hours=service.hours) if service.hours else "", service.summary]
    return "\n".join(line for line in lines if line)


def check_chip(listed: Listed) -> tuple[str, ChipKind]:
    """When it was checked, or that it is not offered."""
    if not listed.offered:
        return AWAY, "mute"
    return listed.check.words, "wait" if listed.check.due else "good"


def area_words(service: Signpost, lists: Signposts) -> str:
    """For which part of the country it is."""
    return lists.areas[service.area].label if service.area in lists.areas else service.area


def row(listed: Listed, lists: Signposts, *, discreet: bool, heading: str = "") -> QueueRow:
    """One line of the list."""
    service = listed.signpost
    number = " · ".join(each.value for each in ways(service, discreet=True))
    reach = number or service.email or ("website" if service.url else "")
    if discreet:
        return QueueRow(service.id, initials(service.name), summary=number or NO_NUMBER, state=service.hours)
    chip, kind = check_chip(listed)
    about = f"{area_words(service, lists)} · {service.audience}"
    return QueueRow(
        service.id, service.name, summary=reach, state=about, chip=chip, chip_kind=kind, heading=heading
    )


def rows(found: tuple[Listed, ...], lists: Signposts, *, discreet: bool, parted: bool) -> list[QueueRow]:
    """The whole list; ``parted`` where it stands in its own order, so that a heading can stand above each part."""
    made, said = [], ""
    for each in found:
        part = NOW if each.signpost.urgent else ELSE
        heading = part if parted and part != said else ""
        said = part
        made.append(row(each, lists, discreet=discreet, heading=heading))
    return made
