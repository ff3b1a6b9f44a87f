"""Runs one command: opens the network, calls a service, prints the answer, and ends with its exit code."""

import io
import json
import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.cli import asking, parser
from peermatch.errors import BadInput, PeerMatchError, SystemRefused, WrongUse
from peermatch.model.text import readable
from peermatch.services.doors import Doors
from peermatch.services.places import last_opened
from peermatch.services.shipped import Shipped, load_shipped

if TYPE_CHECKING:
    from peermatch.services.office import Services

_UNREADABLE = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no UTF-8."""
INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl+C, as shells have it."""
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: a JSON document, the same for a reader, and the exit code."""

    document: object
    lines: tuple[str, ...]
    exit_code: int = 0


class Call:
    """One run of the program: its arguments, its clock, and the network that it opens at most once."""

    def __init__(self, arguments: Namespace, shipped: Callable[[], Shipped]) -> None:
        self.arguments, self._shipped = arguments, shipped
        self._services: Services | None = None
        self._doors: Doors | None = None

    def clock(self) -> datetime:
        """Now, or the moment that a test has set."""
        fake: datetime | None = self.arguments.fake_clock
        return fake or datetime.now().astimezone()

    @property
    def on(self) -> date:
        """The day of the step."""
        day: date | None = self.arguments.on
        return day or self.clock().date()

    @property
    def doors(self) -> Doors:
        """The way to networks."""
        self._doors = self._doors or Doors(self._shipped, self.clock, people_at_once=False)
        return self._doors

    @property
    def window_doors(self) -> Doors:
        """The same for a window, which has every record read by the thread that opens a network."""
        return Doors(self._shipped, self.clock)

    @property
    def folder(self) -> Path:
        """The network that is meant."""
        folder: Path | None = self.arguments.network or last_opened()
        if folder is None:
            raise WrongUse("No network was named, and none was opened before.", "Use --network FOLDER.")
        return folder

    def services(self) -> "Services":
        """The unlocked network."""
        if self._services is None and self.arguments.looked_at is not None:
            self._services = self._looked_at(self.arguments.looked_at.absolute())
        if self._services is None:
            if not _is_folder(self.folder):
                raise BadInput(f"There is no network at {self.folder}.", "Check the name of the folder.")
            self._services = self._opened()
        return self._services

    def _looked_at(self, file: Path) -> "Services":
        """A backup to be read; a command that would change something is refused."""
        network = file.parent.parent if file.parent.name == "backups" else file.parent
        if self.arguments.recovery_key_file is not None:
            key = asking.recovery_key(self.arguments)
            return self.doors.look(file, key, network, by_recovery_key=True)
        return self.doors.look(file, asking.passphrase(self.arguments), network)

    def _opened(self) -> "Services":
        """By the recovery key or the passphrase that was given, else by this computer's keychain, else by asking."""
        given, older = self.arguments, self.arguments.older_copy
        if given.recovery_key_file is not None:
            return self.doors.recover(self.folder, asking.recovery_key(given), older=older)
        by_itself = self._by_keychain() if given.passphrase_file is None else None
        return by_itself or self.doors.open(self.folder, asking.passphrase(given), older=older)

    def _by_keychain(self) -> "Services | None":
        try:
            return self.doors.open_by_keychain(self.folder, older=self.arguments.older_copy)
        except SystemRefused as error:
            from peermatch.services.keychain import asks_for_passphrase

            if not asks_for_passphrase(error):
                raise
            tell(f"peermatch: {error}")
            return None

    def close(self) -> None:
        """Lock what was opened, after the day's backup where something was changed."""
        if self._services is not None:
            trouble = self._services.close(once_a_day=True)
            if trouble:
                tell(f"peermatch: {trouble}")


def _is_folder(path: Path) -> bool:
    """Whether there is a folder; one that may not be looked at is said to be so."""
    try:
        return path.is_dir()
    except OSError as error:
        raise SystemRefused(
            f"{path} cannot be looked at: {error.strerror or 'the computer refused'}.",
            "Ask for the right to open the folder that it lies in.",
        ) from None


def tell(*lines: str) -> None:
    """Say something to the person; standard output is for the answer alone. Where nobody listens, it goes on."""
    with suppress(BrokenPipeError):
        for line in lines:
            if sys.stderr is not None:
                sys.stderr.write(readable(line) + "\n")


def run(
    arguments: Sequence[str],
    commands: Mapping[str, Callable[[Call], Answer]],
    shipped: Callable[[], Shipped] = load_shipped,
) -> int:
    """Parse, do, print; every failure that a person can act on is one sentence and an exit code."""
    _speak_utf8()
    try:
        return _run(arguments, commands, shipped)
    except KeyboardInterrupt:
        tell("", "peermatch: Stopped. Nothing that was not finished is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()  # whoever read the help has seen enough
        return 0


def _run(
    arguments: Sequence[str],
    commands: Mapping[str, Callable[[Call], Answer]],
    shipped: Callable[[], Shipped],
) -> int:
    if any(_UNREADABLE.search(each) for each in arguments):
        tell(
            "peermatch: One of the words of this command is no readable text. Check how it was typed or copied."
        )
        return WrongUse.exit_code
    call = Call(_parsed(arguments), shipped)
    name = call.arguments.command or "window"
    inner = getattr(call.arguments, f"{name}_command", None)
    try:
        answer = commands[f"{name} {inner}" if inner else name](call)
    except PeerMatchError as error:
        tell(f"peermatch: {error}", *_way_on(error), *_faults(error))
        return error.exit_code
    finally:
        call.close()
    return answer.exit_code if _print(answer, as_json=call.arguments.json) else SystemRefused.exit_code


def _parsed(arguments: Sequence[str]) -> Namespace:
    """The words as values; help that was asked for is written out before the program ends."""
    try:
        return parser.parse(arguments)
    except SystemExit:
        if sys.stdout is not None:
            sys.stdout.flush()
        raise


def _speak_utf8() -> None:
    """Whatever the computer's own letters are: what has none is written as its number, and nothing fails."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _faults(error: PeerMatchError) -> Iterator[str]:
    """Each fault on its line; one that the sentence itself has said is not said twice."""
    for fault in getattr(error, "faults", ()):
        if fault.place or fault.text not in str(error):
            yield f"  {fault}"


def _way_on(error: PeerMatchError) -> tuple[str, ...]:
    """The option that lets a person do it all the same."""
    from peermatch.services.older_copies import is_older_copy

    return ("  --older-copy opens it all the same; the journal says so.",) if is_older_copy(error) else ()


def _print(answer: Answer, *, as_json: bool) -> bool:
    """Write the answer; whether it went out whole."""
    if sys.stdout is None:
        return True  # it was closed from the beginning: nobody wants to read
    lines = (_as_json(answer.document),) if as_json else map(readable, answer.lines)
    try:
        sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()  # whoever read the answer has seen enough
    except OSError as error:
        _forget_output()
        tell(f"peermatch: The answer could not be written: {error.strerror}. The command itself was done.")
        return False
    return True


def _as_json(document: object) -> str:
    """One document; signs that steer a terminal or turn text round are written as their numbers."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _forget_output() -> None:
    """Let Python end without a second try at an output that is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
