"""The words of the commands on people's rights: subject access, requests, and what went wrong."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from peermatch.model.rights import RequestKind, SubjectKind

SIDES = [kind.value for kind in SubjectKind]


class Commands(Protocol):
    """What commands are added to."""

    def add(self, name: str, what: str) -> ArgumentParser:
        """One command."""

    def group(self, name: str, what: str) -> "Commands":
        """A word that several commands begin with."""


def add(commands: Commands, a_day: Callable[[str], date], a_moment: Callable[[str], datetime]) -> None:
    """All of them."""
    _add_access(commands)
    _add_requests(commands, a_day)
    _add_incidents(commands, a_moment)


def _add_access(commands: Commands) -> None:
    access = commands.add("subject-access", "everything held on one person, for them, in the clear")
    access.add_argument("side", choices=SIDES, metavar="supporter|enquirer")
    access.add_argument("id", metavar="ID", help="S-0001 or E-0142")
    access.add_argument(
        "--to", type=Path, metavar="DIR", help="write a page and JSON there (default: show what is held)"
    )
    access.add_argument(
        "--redact", nargs="*", default=[], metavar="KEY", help="fields that are about somebody else"
    )


def _add_requests(commands: Commands, a_day: Callable[[str], date]) -> None:
    group = commands.group("requests", "what people ask for under data protection law, and complaints")
    group.add("list", "every request with its clock (--on: on which day)")
    opened = group.add("open", "note what came in")
    opened.add_argument(
        "kind", choices=[kind.value for kind in RequestKind], metavar="KIND", help="access, complaint, ..."
    )
    opened.add_argument("--summary", required=True, metavar="TEXT", help="what they ask for, in a few words")
    opened.add_argument("--received", type=a_day, metavar="DATE", help="when it came (default: today)")
    opened.add_argument(
        "--about", nargs=2, metavar=("SIDE", "ID"), help="from whom: supporter S-0001, enquirer E-0142"
    )
    said = (
        ("acknowledge", "they were told that it has come", None),
        ("extend", "up to two months more; they were told why", "--why"),
        ("pause", "stop the clock while something is needed from them", "--for"),
        ("resume", "they answered, so the clock goes on", None),
        ("close", "it was answered, refused with the reason, or taken back", "--outcome"),
    )
    for name, what, option in said:
        _on_one(group.add(name, what), option)


def _add_incidents(commands: Commands, a_moment: Callable[[str], datetime]) -> None:
    group = commands.group("incident", "what went wrong with personal data, and the 72 hours from then")
    group.add("list", "every incident with its clock")
    opened = group.add("open", "note it at once: when it was noticed never changes")
    opened.add_argument("--what", required=True, metavar="TEXT", help="what went wrong, in a few words")
    opened.add_argument(
        "--noticed", type=a_moment, metavar="DAYTHH:MM", help="when somebody knew (default: now)"
    )
    opened.add_argument("--supporters", nargs="*", default=[], metavar="ID", help="who was exposed")
    opened.add_argument("--enquirers", nargs="*", default=[], metavar="REF", help="who was exposed")
    _on_one(group.add("told", "who was told what, or why nobody needs to be"), "--whom")
    reported = group.add("reported", "the ICO was told, or need not be")
    _on_one(reported, None)
    reported.add_argument("--at", type=a_moment, metavar="DAYTHH:MM", help="when (default: now)")
    reported.add_argument("--reference", default="", metavar="TEXT", help="the number that the ICO gave")
    reported.add_argument("--not-needed", metavar="WHY", help="why no report is needed")
    _on_one(group.add("close", "all is done"), "--outcome")


def _on_one(parser: ArgumentParser, option: str | None) -> None:
    """A step on one request or incident, with what is said about it."""
    parser.add_argument("id", metavar="ID")
    if option:
        parser.add_argument(option, dest="said", required=True, metavar="TEXT")
