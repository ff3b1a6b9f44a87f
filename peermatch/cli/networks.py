"""The commands that make a network: new, or from a portable file; whole or not at all."""

import shutil
from pathlib import Path

from peermatch.cli import asking
from peermatch.cli.main import Answer, Call, tell
from peermatch.errors import BadInput, SystemRefused, WrongUse
from peermatch.model.network import Network
from peermatch.model.text import one_line
from peermatch.services.writing import write_private

LARGEST_PORTABLE = 50_000_000


def create(call: Call) -> Answer:
    """A new, empty network."""
    folder = _target(call)
    name = one_line(call.arguments.name or folder.name.removesuffix(".peermatch"))
    if not name:
        raise BadInput("A network needs a name.", "Use --name, or a folder called <name>.peermatch.")
    return make(call, folder, Network(name=name, controller=call.arguments.controller))


def load(call: Call) -> Answer:
    """A new network from a portable file: all of it, or nothing and every problem named."""
    folder, file = _target(call), call.arguments.file
    if not file.is_file():
        raise BadInput(f"{file} is not a file that can be read.", "Check its name.")
    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST_PORTABLE + 1)
    except OSError as error:
        raise BadInput(f"{file} could not be read: {error.strerror}.", "Check its name.") from error
    if len(raw) > LARGEST_PORTABLE:
        raise BadInput(
            f"{file} is larger than {LARGEST_PORTABLE // 1_000_000} MB.", "Check that it is the right file."
        )
    return make(call, folder, call.doors.read_portable(raw))


def make(call: Call, folder: Path, network: Network) -> Answer:
    """Make the network and, if asked for, write its recovery key."""
    key_file: Path | None = call.arguments.recovery_to
    if key_file is not None:
        refuse_inside(key_file, folder)
    if key_file is not None and (key_file.exists() or key_file.is_symlink()):
        raise BadInput(
            f"There is already something at {key_file}.", "Choose another name for the recovery key."
        )
    passphrase = asking.new_passphrase(call.arguments)
    made = call.doors.create(folder, network, passphrase, with_recovery=key_file is not None)
    found = made.services.upkeep.info()
    made.services.lock()
    if key_file is not None and made.recovery is not None:
        _keep_recovery(key_file, made.recovery, folder)
    _remarks(network, key_file)
    document = {"network": str(folder), "supporters": found.supporters, "enquiries": found.enquiries}
    return Answer(
        document | {"recovery": made.recovery is not None}, (f"{network.name} is ready at {folder}.",)
    )


def _target(call: Call) -> Path:
    folder: Path | None = call.arguments.network
    if folder is None:
        raise WrongUse("A new network needs a place.", "Use --network FOLDER.")
    try:
        taken = folder.exists() or folder.is_symlink()
    except OSError as error:
        raise BadInput(
            f"A network cannot be called that: {error.strerror}.", "Choose a shorter name."
        ) from error
    if taken:
        raise BadInput(f"There is already something at {folder}.", "Choose another name.")
    return folder


def refuse_inside(target: Path, network: Path) -> None:
    """What opens or shows a network must not travel with it."""
    if target.resolve().is_relative_to(network.resolve()):
        raise BadInput(f"{target} would lie inside the network itself.", "Choose a place outside its folder.")


def _keep_recovery(file: Path, key: str, folder: Path) -> None:
    """Write the recovery key; a network whose key could not be kept is taken away again."""
    try:
        write_alone(file, (key + "\n").encode())
    except SystemRefused:
        shutil.rmtree(folder)
        raise


def write_alone(file: Path, data: bytes) -> Path:
    """Write one private file, or say in a sentence why not."""
    try:
        return write_private(file.absolute(), data)
    except OSError as error:
        raise SystemRefused(
            f"{file} could not be written: {error.strerror}.", "Nothing was changed."
        ) from error


def _remarks(network: Network, key_file: Path | None) -> None:
    if network.controller is None:
        tell("The controller is not stated yet: say who decides about the data before you record consent.")
    if key_file is None:
        tell("There is no recovery key: without the passphrase nobody can open this network.")
