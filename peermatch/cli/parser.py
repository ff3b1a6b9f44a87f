"""The words of the command line."""

import argparse
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from peermatch import __version__
from peermatch.cli import examples, rights_words
from peermatch.cli.meant import Grammar
from peermatch.cli.outline import COMMON, MEANT
from peermatch.model.consent import Method, Purpose
from peermatch.model.dates import parse_day
from peermatch.model.holders import Role
from peermatch.model.introduction import Step

STEPS = {
    "accept": (Step.ACCEPT, "the supporter said yes"),
    "decline": (Step.DECLINE, "the supporter said no"),
    "lapse": (Step.LAPSE, "the supporter did not answer"),
    "enquirer-agrees": (Step.ENQUIRER_AGREES, "the trainee said yes"),
    "enquirer-refuses": (Step.ENQUIRER_REFUSES, "the trainee said no"),
    "end": (Step.END, "the introduction has come to its end"),
    "stop": (Step.STOP, "stop it now"),
}
SHELLS = ("bash", "zsh", "fish", "powershell")
EXITS = """exit codes: 0 done, 1 the system refused, 2 wrong use, 3 refused by a rule, 4 cannot unlock,
5 damaged or newer than the program, 6 bad input, 7 held by another process, 130 stopped by Ctrl+C.
A failed command changes nothing. peermatch COMMAND --help shows each with examples."""


def a_day(text: str) -> date:
    """A day on the command line."""
    day = parse_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} is not a day: write it as 2026-11-20")
    return day


def a_time(text: str) -> datetime:
    """A day and time by the clock on the wall: ``2026-12-01T18:30``."""
    return a_moment(text).replace(tzinfo=None)


def a_moment(text: str) -> datetime:
    """A day and time for tests: ``2026-11-20T09:30``."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").astimezone()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a moment: write it as 2026-11-20T09:30") from None


def _common(testing: bool) -> argparse.ArgumentParser:
    """Options that may stand before and after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(COMMON)
    group.add_argument(
        "--network", type=Path, metavar="FOLDER", help="the network (default: the last one opened)"
    )
    group.add_argument(
        "--passphrase-file", metavar="FILE", help="a file with the passphrase; - reads standard input"
    )
    group.add_argument(
        "--recovery-key-file", metavar="FILE", help="unlock with the recovery key in this file"
    )
    group.add_argument(
        "--backup", dest="looked_at", type=Path, metavar="FILE", help="read this backup; nothing is changed"
    )
    group.add_argument(
        "--older-copy", action="store_true", help="open it although it is older than the one used here last"
    )
    group.add_argument("--on", type=a_day, metavar="DATE", help="the day of the step (default: today)")
    group.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    group.add_argument("--yes", action="store_true", help="do not ask")
    if testing:
        group.add_argument("--fake-clock", type=a_moment, metavar="DAYTHH:MM", help="for tests")
    return common


class _Commands:
    """Adds commands that share the common options."""

    def __init__(self, parser: argparse.ArgumentParser, common: argparse.ArgumentParser, *above: str) -> None:
        self._common, self._above = common, above
        dest = f"{above[-1]}_command" if above else "command"
        self._into = parser.add_subparsers(dest=dest, metavar="COMMAND", required=bool(above))

    def add(self, name: str, what: str) -> argparse.ArgumentParser:
        return self._into.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.",
            epilog=examples.told(" ".join((*self._above, name))),
            parents=[self._common],
            formatter_class=_Lines,
        )

    def group(self, name: str, what: str) -> "_Commands":
        parser = self._into.add_parser(name, help=what, parents=[self._common])
        return _Commands(parser, self._common, *self._above, name)


class _Lines(argparse.RawDescriptionHelpFormatter):
    """Examples stand as they are typed, and no argument is without a word of what it means."""

    def add_argument(self, action: argparse.Action) -> None:
        if not action.help and isinstance(action.metavar, str):
            action.help = MEANT.get(action.metavar)
            if action.choices and "|" not in action.metavar:
                action.help = f"{action.help}: {', '.join(map(str, action.choices))}"
        super().add_argument(action)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as values; wrong use ends the program with exit code 2."""
    unsaid = dict.fromkeys(
        ("network", "passphrase_file", "recovery_key_file", "looked_at", "on", "fake_clock"), None
    )
    switches = dict.fromkeys(("older_copy", "json", "yes"), False)
    return grammar().read(arguments, argparse.Namespace(**unsaid, **switches))


def grammar() -> Grammar:
    """All words of the command line."""
    common = _common(os.environ.get("PEERMATCH_TEST") == "1")
    parser = Grammar(
        prog="peermatch",
        description="Brings trainees and peer supporters together, in confidence. Alone, it opens the window.",
        epilog=EXITS,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"PeerMatch {__version__}")
    commands = _Commands(parser, common)
    _add_network(commands)
    _add_enquiries(commands)
    _add_introductions(commands)
    _add_looking(commands)
    _add_consent(commands)
    _add_keys(commands)
    rights_words.add(commands, a_day, a_moment)
    _add_erasure(commands)
    _add_papers(commands)
    return parser


def _add_network(commands: _Commands) -> None:
    demo = commands.add("demo", "the main job on a sample network of invented people")
    demo.add_argument(
        "--out", type=Path, metavar="DIR", help="where everything is put (default: a new temporary folder)"
    )
    demo.add_argument(
        "--headless", action="store_true", help="print the steps and leave pictures instead of a window"
    )
    create = commands.add("create", "make a new network at --network")
    create.add_argument("--name", metavar="TEXT", help="the network's name (default: the folder's)")
    create.add_argument("--controller", metavar="TEXT", help="who decides about the data")
    load = commands.add("load", "make a new network at --network from a portable file")
    load.add_argument("file", type=Path, metavar="FILE")
    for new in (create, load):
        new.add_argument("--recovery-to", type=Path, metavar="FILE", help="write a recovery key to this file")
    commands.add("export", "write the portable file, in the clear").add_argument(
        "file", type=Path, metavar="FILE"
    )
    commands.add(
        "table", "write a table of supporters (.csv or .xlsx), in the clear: only what they agreed to"
    ).add_argument("file", type=Path, metavar="FILE")
    commands.add("backup", "write an encrypted backup to a new file, and verify it").add_argument(
        "file", type=Path, metavar="FILE"
    )
    restore = commands.add("restore", "put a backup in the place of the network, or make a new one of it")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--backup-passphrase-file",
        metavar="FILE2",
        help="the passphrase of the backup's day, where it was changed since",
    )
    commands.add("controller", "state who decides about the data").add_argument("name", metavar="TEXT")
    commands.add("info", "what the network holds, in numbers")
    commands.add("check", "verify pages, schema, references, consent, decisions and the journal's chain")


def _add_enquiries(commands: _Commands) -> None:
    imports = commands.group("import", "bring something in")
    imports.add("enquiries", "read letters: .eml, .msg, .mbox or folders of them").add_argument(
        "paths", type=Path, nargs="+", metavar="PATH"
    )
    forms = imports.add("supporters", "take in what volunteers answered: a form's .xlsx or .csv")
    forms.add_argument("file", type=Path, metavar="FILE")
    forms.add_argument(
        "--mapping", type=Path, metavar="M", help="how the form is read (JSON, see --dry-run --json)"
    )
    forms.add_argument(
        "--dry-run", action="store_true", help="show row by row what would be done, and write nothing"
    )
    commands.add("suggest", "what a letter seems to ask for; needs no network").add_argument(
        "file", type=Path, metavar="FILE"
    )
    needs = commands.add("needs", "set what is needed")
    needs.add_argument("reference", metavar="REF")
    for option, what in (
        ("--essential", "topics that must be shared"),
        ("--helpful", "topics that would help"),
    ):
        needs.add_argument(option, nargs="*", metavar="ID", help=f"{what}, by their ids, such as neuro.adhd")
    risk = commands.add("risk", "note what was done about risk")
    risk.add_argument("reference", metavar="REF")
    risk.add_argument("--done", required=True, metavar="TEXT")
    match = commands.add("match", "who could help, and why, and why not the others")
    match.add_argument("reference", nargs="?", metavar="REF")
    match.add_argument("--all", action="store_true", help="every open enquiry")
    match.add_argument(
        "--top", type=int, default=20, metavar="N", help="how many are shown (default 20; 0 = all)"
    )
    commands.add("plan", "who could be asked for all who wait, best for all together; nobody is asked by it")


def _add_introductions(commands: _Commands) -> None:
    ask = commands.add("ask", "ask a supporter; every rule is checked again")
    for name, (_, what) in STEPS.items():
        _pair(commands.add(name, what))
    _pair(ask)
    ask.add_argument(
        "--reason", default="", metavar="TEXT", help="why this one, where they are not the first"
    )
    card = commands.add("card", "hand over the contact card, after the checks")
    _pair(card)
    card.add_argument("--to", type=Path, required=True, metavar="DIR")
    card.add_argument(
        "--format", default="eml,vcf", metavar="LIST", help="of eml, vcf, html, pdf, ics (default: eml,vcf)"
    )
    card.add_argument(
        "--pdf-passphrase-file", metavar="F", help="a file with the passphrase that locks the PDF"
    )
    card.add_argument(
        "--at", type=a_time, metavar="WHEN", help="for ics: the time in London, such as 2026-12-01T18:30"
    )


def _add_looking(commands: _Commands) -> None:
    decision = commands.add("decision", "what was decided, and what changed since (--on: until when)")
    decision.add_argument("reference", metavar="REF")
    decision.add_argument("supporter", nargs="?", metavar="SUPPORTER")
    watch = commands.add("watch", "tell when somebody new fits an enquiry; alone, list what is watched")
    watch.add_argument("reference", nargs="?", metavar="REF")
    watch.add_argument("--stop", action="store_true", help="watch it no longer")
    report = commands.add("report", "counts with small numbers hidden; what is shared is kept")
    for option, name, what in (("--from", "start", "the first day"), ("--to", "end", "the last day")):
        report.add_argument(option, dest=name, type=a_day, metavar="DATE", help=what)
    report.add_argument("--format", metavar="LIST", help="files of csv, xlsx, pdf, png (default: as text)")
    report.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: here)")
    page = commands.add(
        "directory", "the members' page of those who agreed to be listed, and its source data"
    )
    page.add_argument("folder", type=Path, metavar="DIR", help="where the two files go")
    page.add_argument("--without-names", action="store_true", help="the page for everybody: it names nobody")


def _pair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("supporter", metavar="SUPPORTER")


def _add_consent(commands: _Commands) -> None:
    consent = commands.group("consent", "consent given, withdrawn and due")
    consent.add("list", "every record of one supporter").add_argument("supporter", metavar="SUPPORTER")
    consent.add("due", "what has ended, ends within thirty days, or was never asked for")
    give, withdraw = consent.add("give", "record a yes"), consent.add("withdraw", "record a no, at once")
    withdraw.add_argument("--everything", action="store_true", help="all of it, in one act")
    for each, wanted in ((give, None), (withdraw, "?")):
        each.add_argument("supporter", metavar="SUPPORTER")
        each.add_argument("purpose", type=Purpose, choices=list(Purpose), nargs=wanted, metavar="PURPOSE")
        each.add_argument("characteristic", nargs="?", metavar="CHARACTERISTIC")
    give.add_argument("--wording", required=True, metavar="W", help="the version of the text that was shown")
    give.add_argument("--method", required=True, type=Method, choices=list(Method), metavar="M")
    give.add_argument(
        "--expires", type=a_day, metavar="DATE", help="the day on which it ends (default: none)"
    )
    give.add_argument("--evidence", metavar="TEXT", help="where the proof is kept")


def _add_keys(commands: _Commands) -> None:
    keys = commands.group("keys", "who can open the network")
    keys.add("list", "every key, and whose it is")
    add = keys.add("add", "a key for one more person, or a recovery key")
    change = keys.add("change", "another passphrase, or the name that belongs to a key")
    change.add_argument("key", nargs="?", metavar="KEY", help="its id (default: the key used now)")
    keys.add("remove", "take a key away; older backups still open with it").add_argument("key", metavar="KEY")
    keys.add("remember", "have this computer's keychain open the network at program start")
    keys.add("forget", "no longer open it by this computer's keychain")
    keys.add("computers", "whether computers may open it for their users").add_argument(
        "may", choices=["allow", "forbid"], metavar="allow|forbid"
    )
    keys.add("rotate", "encrypt everything with a new key, for the same people")
    add.add_argument("--recovery-to", type=Path, metavar="FILE", help="write a new recovery key to this file")
    for each in (add, change):
        each.add_argument("--name", metavar="TEXT", help="whose key it is")
        each.add_argument("--role", choices=[role.value for role in Role], help="what they are for")
        each.add_argument(
            "--new-passphrase-file", metavar="FILE", help="the new passphrase; - reads standard input"
        )


def _add_erasure(commands: _Commands) -> None:
    erase = commands.group("erase", "erase one person for good, after it was told what follows")
    for name, what, example in (
        ("supporter", "a supporter's record, and every mention of it", "SUPPORTER"),
        ("enquirer", "the person behind an enquiry, and their letter", "REF"),
    ):
        erase.add(name, what).add_argument("id", metavar=example)
    retention = commands.add(
        "retention", "what has been kept for its time; nothing is erased but with --apply"
    )
    retention.add_argument("--apply", action="store_true", help="erase what is due and not kept back")
    retention.add_argument("--keep-back", metavar="ID", help="keep one record longer, for a --reason")
    retention.add_argument("--reason", default="", metavar="TEXT", help="why it is kept back")
    retention.add_argument(
        "--until", type=a_day, metavar="DATE", help="until when (default: until --release)"
    )
    retention.add_argument("--release", metavar="ID", help="let the schedule count for it again")
    retention.add_argument(
        "--clock-is-right", action="store_true", help="say so, where the network was not used for a month"
    )


def _add_papers(commands: _Commands) -> None:
    guide = commands.add("guide", "write the user guide, or another document, as a PDF; needs no network")
    guide.add_argument("file", type=Path, metavar="FILE")
    guide.add_argument("--document", metavar="NAME", help="one of the documents instead, such as dpia")
    shells = commands.add("completion", "a script by which the Tab key completes commands; needs no network")
    shells.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh, fish or powershell")
    commands.add("man", "the manual page, for the program man; needs no network")
