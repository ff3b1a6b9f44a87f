"""Runs one command: opens the network, calls a service, prints the answer, and ends with its exit code."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from peermatch.cli import asking, parser
from peermatch.errors import BadInput, PeerMatchError, WrongUse
from peermatch.services.office import Doors, Services, last_opened
from peermatch.services.shipped import Shipped, load_shipped


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
        self._doors = self._doors or Doors(self._shipped(), self.clock)
        return self._doors

    @property
    def folder(self) -> Path:
        """The network that is meant."""
        folder: Path | None = self.arguments.network or last_opened()
        if folder is None:
            raise WrongUse("No network was named, and none was opened before.", "Use --network FOLDER.")
        return folder

    def services(self) -> Services:
        """The unlocked network."""
        if self._services is None:
            if not self.folder.is_dir():
                raise BadInput(f"There is no network at {self.folder}.", "Check the name of the folder.")
            if self.arguments.recovery_key_file is not None:
                self._services = self.doors.recover(self.folder, asking.recovery_key(self.arguments))
            else:
                self._services = self.doors.open(self.folder, asking.passphrase(self.arguments))
        return self._services

    def close(self) -> None:
        """Lock what was opened."""
        if self._services is not None:
            self._services.lock()


def tell(*lines: str) -> None:
    """Say something to the person; standard output is for the answer alone."""
    for line in lines:
        sys.stderr.write(line + "\n")


def run(
    arguments: Sequence[str],
    commands: dict[str, Callable[[Call], Answer]],
    shipped: Callable[[], Shipped] = load_shipped,
) -> int:
    """Parse, do, print; every failure that a person can act on is one sentence and an exit code."""
    call = Call(parser.parse(arguments), shipped)
    name = call.arguments.command or "window"
    inner = getattr(call.arguments, f"{name}_command", None)
    try:
        answer = commands[f"{name} {inner}" if inner else name](call)
    except PeerMatchError as error:
        tell(f"peermatch: {error}", *(f"  {fault}" for fault in getattr(error, "faults", ())))
        return error.exit_code
    finally:
        call.close()
    _print(answer, as_json=call.arguments.json)
    return answer.exit_code


def _print(answer: Answer, *, as_json: bool) -> None:
    text = json.dumps(answer.document, ensure_ascii=False, indent=1) if as_json else "\n".join(answer.lines)
    sys.stdout.buffer.write((text + "\n").encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
