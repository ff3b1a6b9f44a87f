"""The commands on keys: who can open the network, and changes of that."""

from argparse import Namespace
from pathlib import Path

from peermatch.cli import asking
from peermatch.cli.main import Answer, Call
from peermatch.cli.networks import refuse_inside, write_alone
from peermatch.errors import BadInput, PeerMatchError, WrongUse
from peermatch.model.holders import KeyKind, NetworkKey, Role
from peermatch.services.keys import KeysChanged, may_have_happened

STANDARD_INPUT = "-"
KINDS = {KeyKind.PERSON: "passphrase", KeyKind.PAPER: "recovery key", KeyKind.COMPUTER: "computer"}


def keys_list(call: Call) -> Answer:
    """Every way in."""
    found = call.services().keys.every()
    return Answer({"keys": [_document(key) for key in found]}, tuple(map(_line, found)))


def keys_add(call: Call) -> Answer:
    """A key for one more person, or a recovery key on a file."""
    a = call.arguments
    if a.recovery_to is not None:
        return _add_recovery(call, a.recovery_to)
    if not a.name or not a.role:
        raise WrongUse(
            "Say whose key it is.", "Use --name TEXT --role coordinator|lead, or --recovery-to FILE."
        )
    keys = call.services().keys
    return _changed(keys.add(a.name, Role(a.role), _new_passphrase(a)))


def keys_change(call: Call) -> Answer:
    """Another passphrase for a person, or their name and role."""
    a, keys = call.arguments, call.services().keys
    held = keys.find(a.key) if a.key else keys.own()
    if a.name or a.role:
        if a.new_passphrase_file is not None:
            raise WrongUse("A name and a passphrase are changed one at a time.", "Nothing was done.")
        role = Role(a.role) if a.role else (held.holder.role if held.holder else Role.COORDINATOR)
        done = keys.name(held.id, a.name or held.name, role)
        return Answer({"key": held.id, "backups": []}, (done.notice,))
    return _changed(keys.change(held.id, _new_passphrase(a)))


def keys_remove(call: Call) -> Answer:
    """Take a key away, after a yes."""
    keys = call.services().keys
    held = keys.find(call.arguments.key)
    asking.confirm(call.arguments, f"{_line(held)}: this key will no longer open the network.")
    return _changed(keys.remove(held.id))


def keys_rotate(call: Call) -> Answer:
    """A new key for the whole file."""
    return _changed(call.services().keys.rotate())


def keys_remember(call: Call) -> Answer:
    """This computer's keychain opens the network from now on."""
    return _changed(call.services().keychain.remember())


def keys_forget(call: Call) -> Answer:
    """It does so no longer."""
    return _changed(call.services().keychain.forget())


def keys_computers(call: Call) -> Answer:
    """What the lead says of all computers; those that open the network by themselves are locked out after a yes."""
    allowed = call.arguments.may == "allow"
    chain = call.services().keychain
    if not allowed:
        asking.confirm(call.arguments, "No computer will open the network by itself any more.")
    return _changed(chain.allow(allowed))


def _add_recovery(call: Call, file: Path) -> Answer:
    """A recovery key, on its file first: a key that is on no paper must not replace one that is."""
    refuse_inside(file, call.folder)
    if file.exists() or file.is_symlink():
        raise BadInput(f"There is already something at {file}.", "Choose another name for the recovery key.")
    keys = call.services().keys
    if any(key.kind is KeyKind.PAPER for key in keys.every()):
        asking.confirm(call.arguments, "The recovery key that was made before will open nothing any more.")
    text = keys.draw_recovery()
    write_alone(file, (text + "\n").encode())
    try:
        return _changed(keys.set_recovery(text))
    except PeerMatchError as error:
        if not may_have_happened(error):
            file.unlink(missing_ok=True)
        raise


def _new_passphrase(arguments: Namespace) -> str:
    """The new one, from its own file or typed twice; standard input can hold only one of the two."""
    if {arguments.new_passphrase_file, arguments.passphrase_file} == {STANDARD_INPUT}:
        raise WrongUse("Both passphrases would come from standard input.", "Put one of them into a file.")
    if arguments.new_passphrase_file is None:
        asking.need_terminal("a new passphrase", "--new-passphrase-file")
    return asking.new_passphrase(Namespace(passphrase_file=arguments.new_passphrase_file))


def _changed(changed: KeysChanged) -> Answer:
    """What was done, and which backups it does not reach."""
    lines = [changed.done.notice]
    if changed.backups:
        lines.append("These backups still open with the keys of their day. Delete them if they must not:")
        lines += [f"  {each.path}" for each in changed.backups]
    lines += [f"{name} could not be deleted yet; the next opening does it." for name in changed.left]
    document = {"key": changed.key or None, "backups": [str(each.path) for each in changed.backups]}
    return Answer(document, tuple(lines))


def _document(key: NetworkKey) -> dict[str, object]:
    return {
        "id": key.id,
        "type": key.kind.value,
        "label": key.label,
        "since": key.since.isoformat(),
        "name": key.holder.name if key.holder else None,
        "role": key.holder.role.value if key.holder else None,
        "own": key.own,
    }


def _line(key: NetworkKey) -> str:
    who = key.name or key.label
    role = f", {key.holder.role.value}" if key.holder else ""
    own = ", used now" if key.own else ""
    return f"{key.id}  {who}{role}, {KINDS[key.kind]} since {key.since.isoformat()}{own}"
