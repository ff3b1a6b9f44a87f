"""The commands that write a backup and put one back."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from peermatch.cli import asking
from peermatch.cli.main import Answer, Call, tell
from peermatch.errors import BadInput, CannotUnlock, Damaged
from peermatch.model.restoring import moment, stay_erased, those_who_go, told
from peermatch.services import backups
from peermatch.services.office import Services


@dataclass(frozen=True, slots=True)
class _Said:
    """The secret that was given for this run, read once: standard input gives it only once."""

    text: str
    by_recovery_key: bool

    @classmethod
    def read(cls, arguments: Namespace) -> "_Said":
        if arguments.recovery_key_file is not None:
            return cls(asking.recovery_key(arguments), True)
        return cls(asking.passphrase(arguments), False)

    def of_backup(self, arguments: Namespace) -> "_Said":
        """The secret for the backup: its own where one was named, else the same."""
        named: str | None = arguments.backup_passphrase_file
        return self if named is None else _Said(asking.secret_in(named), False)


def backup(call: Call) -> Answer:
    """One encrypted file with everything, verified."""
    made = call.services().backups.write(call.arguments.file)
    document = {"file": str(made.path), "made": made.made.isoformat(), "size": made.size}
    lines = (
        f"Written to {made.path} and verified ({made.size / 1_000_000:.1f} MB).",
        "It opens with today's passphrases and recovery key, also after they are changed.",
    )
    return Answer(document, lines)


def restore(call: Call) -> Answer:
    """A backup in the place of the network at --network, or as a new network where there is none."""
    found, folder = backups.read(call.arguments.file), call.folder
    tell(f"A backup of {moment(found.made)}.")
    said = _Said.read(call.arguments)
    if not (folder.exists() or folder.is_symlink()):
        return _as_new(call, folder, said)
    if not folder.is_dir():
        raise BadInput(f"There is already something at {folder}.", "Choose another name.")
    try:
        services = _open(call, folder, said)
    except Damaged as damaged:
        return _over_damage(call, folder, said, damaged)
    try:
        return _into(call, services, said)
    finally:
        services.lock()


def _open(call: Call, folder: Path, said: _Said) -> Services:
    if said.by_recovery_key:
        return call.doors.recover(folder, said.text, older=call.arguments.older_copy)
    return call.doors.open(folder, said.text, older=call.arguments.older_copy)


def _into(call: Call, services: Services, said: _Said) -> Answer:
    """Compare, ask, restore."""
    secret = said.of_backup(call.arguments)
    try:
        difference = services.backups.look(
            call.arguments.file, secret.text, by_recovery_key=secret.by_recovery_key
        )
    except CannotUnlock as error:
        raise CannotUnlock(error.what, f"{error.hint} Use --backup-passphrase-file.") from None
    people = those_who_go(difference)
    tell(
        *told(difference),
        *(("Supporters who will go:",) if people else ()),
        *(f"  {each}" for each in people),
    )
    asking.confirm(call.arguments, "The network will be as it was then. Today's state is backed up first.")
    folder = services.folder
    notice = services.backups.restore()
    (people_now, people_then), (asked_now, asked_then) = difference.people, difference.asked
    document = {
        "network": str(folder),
        "made": difference.made.isoformat(),
        "steps": difference.steps,
        "supporters": {"before": people_now, "after": people_then},
        "enquiries": {"before": asked_now, "after": asked_then},
    }
    return Answer(document, (notice,))


def _as_new(call: Call, folder: Path, said: _Said) -> Answer:
    secret = said.of_backup(call.arguments)
    erased = call.doors.restore(
        call.arguments.file, secret.text, folder, by_recovery_key=secret.by_recovery_key
    )
    lines = (f"A network was made of the backup at {folder}.", "It opens with the keys of the backup's day.")
    return Answer({"network": str(folder), "erased": erased}, (*lines, *_stay(erased)))


def _over_damage(call: Call, folder: Path, said: _Said, damaged: Damaged) -> Answer:
    tell(damaged.what)
    asking.confirm(call.arguments, "The backup will take its place; what is damaged is kept beside it.")
    replaced = call.doors.replace_damaged(
        call.arguments.file, said.text, folder, by_recovery_key=said.by_recovery_key
    )
    lines = (f"{folder} was restored from the backup.", f"What was damaged lies in {replaced.aside}.")
    document = {"network": str(folder), "aside": str(replaced.aside), "erased": replaced.erased}
    return Answer(document, (*lines, *_stay(replaced.erased)))


def _stay(erased: int) -> tuple[str, ...]:
    """That the erased stay erased, where the backup still held some."""
    return (stay_erased(erased),) if erased else ()
