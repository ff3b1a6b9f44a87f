"""The sentences of the page on keys: whose each one is, and what follows from a change."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from peermatch.model.holders import KeyKind, NetworkKey, Role
from peermatch.services.keys import OlderBackup
from peermatch.words import tr


class Act(StrEnum):
    """What can be done on the page."""

    ADD = "add"
    NAME = "name"
    CHANGE = "change"
    REMOVE = "remove"
    SHEET = "sheet"
    ROTATE = "rotate"
    FORGET = "forget"
    REMEMBER = "remember"
    UNREMEMBER = "unremember"
    ALLOW = "allow"
    FORBID = "forbid"


ROLES = {Role.COORDINATOR: tr("Coordinator"), Role.LEAD: tr("Peer-support lead")}
INTRO = tr(
    "Each person opens the network with a passphrase of their own, and the journal names who did what. "
    "Nobody needs to know another person's passphrase."
)
SINCE = {
    KeyKind.PERSON: tr("Passphrase set on {day}"),
    KeyKind.COMPUTER: tr("Opens by itself since {day}"),
    KeyKind.PAPER: tr("Made on {day}"),
}
OLD_COPIES = tr(
    "Backups that were made before this still open with the old keys. You can delete them afterwards."
)
MOST_NAMED = 5
STATE = tr(
    "This network in six words: {words}. Two people who look at the same state of it see the same words; every change "
    "gives others."
)


def day_words(day: date) -> str:
    """A day in full."""
    return f"{day.day} {day:%B %Y}"


def title_of(key: NetworkKey) -> str:
    """Whose key it is, or what it is."""
    if key.kind is KeyKind.PAPER:
        return tr("Recovery sheet")
    if key.kind is KeyKind.COMPUTER:
        return tr("{name}'s computer").format(name=key.name) if key.name else tr("Somebody's computer")
    return key.name or tr("No name yet")


def facts_of(key: NetworkKey) -> str:
    """Since when it is as it is."""
    return SINCE[key.kind].format(day=day_words(key.since)) + "."


def role_of(key: NetworkKey) -> str:
    """The role of its holder, or what the key file calls it."""
    if key.kind is not KeyKind.PERSON:
        return ""
    return ROLES[key.holder.role] if key.holder else key.label.capitalize()


def removal_of(key: NetworkKey) -> str:
    """What follows when a key is taken away."""
    if key.kind is KeyKind.PAPER:
        return tr(
            "The sheet opens nothing any more. Without it, a lost passphrase loses everything. {old_copies}"
        ).format(old_copies=OLD_COPIES)
    if key.kind is KeyKind.COMPUTER:
        what = tr("From then on the passphrase is asked for there.")
    elif key.own:
        what = tr("You can work on until you lock. After that you cannot open this network again.")
    else:
        what = tr("{value} cannot open the network any more, and neither can their computers.").format(
            value=key.name or tr("This person")
        )
    return f"{what} {OLD_COPIES}"


def older_words(backups: Sequence[OlderBackup]) -> str:
    """Which backups open with former keys."""
    named = [day_words(each.made.astimezone().date()) for each in backups]
    days = list(dict.fromkeys(named))
    shown = ", ".join(days[:MOST_NAMED]) + (tr(" and earlier") if len(days) > MOST_NAMED else "")
    one = len(backups) == 1
    what = (
        tr("One backup still opens")
        if one
        else tr("{backups} backups still open").format(backups=len(backups))
    )
    return tr("{what} with keys that have changed since, from {shown}.").format(what=what, shown=shown)


def left_words(names: Sequence[str]) -> str:
    """What could not be deleted yet."""
    return tr("{join} could not be deleted yet. It is deleted when the network is opened next.").format(
        join=", ".join(names)
    )


def heading_of(act: Act, key: NetworkKey | None) -> str:
    """What the form is for."""
    who = key.name if key and key.name else tr("this person")
    return {
        Act.ADD: tr("Add a person"),
        Act.NAME: tr("Whose key is this?"),
        Act.CHANGE: tr("Change your passphrase")
        if key and key.own
        else tr("A new passphrase for {who}").format(who=who),
        Act.REMOVE: tr("Remove: {title_of}").format(title_of=title_of(key)) if key else "",
        Act.SHEET: tr("A new recovery sheet"),
        Act.ROTATE: tr("Encrypt everything with a new key"),
        Act.FORGET: tr("Delete older backups"),
        Act.REMEMBER: tr("Open it by itself on this computer"),
        Act.UNREMEMBER: tr("Ask for the passphrase on this computer"),
        Act.ALLOW: tr("Allow computers to open it by themselves"),
        Act.FORBID: tr("Forbid computers to open it by themselves"),
    }[act]


def consequence_of(act: Act, key: NetworkKey | None) -> str:
    """What follows, before it is done."""
    return {
        Act.ADD: tr(
            "They sit here and type a passphrase that only they know. It opens the same network as yours."
        ),
        Act.NAME: tr("The name stands inside the encrypted network only."),
        Act.CHANGE: tr("They type it here themselves. {old_copies}").format(old_copies=OLD_COPIES)
        if key and not key.own
        else OLD_COPIES,
        Act.REMOVE: removal_of(key) if key else "",
        Act.SHEET: tr("You print or save the sheet and type two groups back. Only then does it count")
        + (tr(", and the old sheet opens nothing any more.") if key else "."),
        Act.ROTATE: tr(
            "For when a copy of the network may be in wrong hands. Everybody keeps their passphrase. "
        )
        + OLD_COPIES,
        Act.FORGET: tr(
            "A new backup is made and verified first. Then those that open with former keys are deleted."
        ),
        Act.REMEMBER: tr(
            "When PeerMatch starts, the network opens without a passphrase: whoever can sign in as you on "
            "this computer can read it. The system's keychain keeps the key. After a lock the passphrase is asked for."
        ),
        Act.UNREMEMBER: tr(
            "The keychain of this computer forgets its key, and the key opens nothing any more."
        ),
        Act.ALLOW: tr("Each person decides for their own computer then."),
        Act.FORBID: tr(
            "From now on every computer asks for the passphrase, also those that were allowed to open it."
        ),
    }[act]


def button_of(act: Act, key: NetworkKey | None) -> str:
    """The button that does it, in the words of what it does."""
    return {
        Act.ADD: tr("Add this person"),
        Act.NAME: tr("Keep the name"),
        Act.CHANGE: tr("Set the passphrase"),
        Act.REMOVE: tr("Remove {name}").format(name=key.name)
        if key and key.kind is KeyKind.PERSON and key.name
        else tr("Remove this key"),
        Act.SHEET: tr("Show the new sheet"),
        Act.ROTATE: tr("Encrypt with a new key"),
        Act.FORGET: tr("Delete older backups"),
        Act.REMEMBER: tr("Open it by itself here"),
        Act.UNREMEMBER: tr("Ask for the passphrase here"),
        Act.ALLOW: tr("Allow it"),
        Act.FORBID: tr("Forbid it"),
    }[act]
