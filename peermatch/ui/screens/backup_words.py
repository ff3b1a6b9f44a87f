"""The sentences of the page on backups: how old the newest is, why each was made, and what a restore does."""

from datetime import date, datetime

from peermatch.model.restoring import moment
from peermatch.services.backups import OLD_DAYS, BackupState, Kept
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import in_words, tr

REASONS = {
    "daily": "automatic",
    "hand": tr("made by hand"),
    "before-migration": tr("before an update"),
    "before-restore": tr("before a restore"),
    "before-keys": tr("before a change of keys"),
    "before-erase": tr("before an erasure"),
}
INTRO = tr(
    "A backup is made when you close PeerMatch after a change. It is encrypted, opened once to see that it is whole, "
    "and kept for 35 days at most."
)
NO_MERGE = tr(
    "Two copies of a network cannot be merged: where they differ, PeerMatch cannot know whose yes or no counts. "
    "Two people share one network instead: each has a passphrase of their own, and one works in it at a time."
)
SAME_DISK = tr("All backups lie on the same disk as the network.")
SAME_DISK_HINT = tr("If it is lost or fails, both are gone. Choose a folder on a stick or a network drive.")
OPENS_WITH = tr("A backup opens with a passphrase or the recovery key of its day.")
GO = tr(
    "What the backup does not hold goes. Today's network is backed up first, so that you can come back to it."
)
PROGRESS = tr("This takes a moment.")


def headline(state: BackupState, today: date) -> str:
    """When the newest backup was made."""
    if state.newest is None:
        return tr("There is no backup yet")
    return tr("Last backup {when}").format(when=when(state.newest.made, today))


def when(made: datetime, today: date) -> str:
    """A moment, as near as it is."""
    days = (today - made.date()).days
    if days == 0:
        return tr("today at {made:%H:%M}").format(made=made)
    if days == 1:
        return tr("yesterday at {made:%H:%M}").format(made=made)
    return tr("on {in_words}").format(in_words=in_words(made.date())) + (
        tr(", {days} days ago").format(days=days) if days > 0 else tr(", a day still to come")
    )


def standing(state: BackupState) -> tuple[str, ChipKind]:
    """The newest backup in a word."""
    if state.newest is None:
        return tr("not backed up"), "risk"
    if state.old:
        return tr("too old"), "wait"
    return "verified", "good"


def covers(state: BackupState) -> str:
    """Whether today's work is in it."""
    if state.newest is None:
        return tr("If this computer is lost, everything is lost.")
    if not state.changed:
        return tr("It holds everything: nothing has changed since.")
    if state.old:
        return tr("Work of more than {old_days} days is not in it. Back up now.").format(old_days=OLD_DAYS)
    return tr("What you did since then is not in it yet. It will be when you close PeerMatch.")


def tried_words(state: BackupState, today: date) -> str:
    """Whether the newest backup was restored for real, as it is once a month."""
    tried = state.tried
    if tried is None:
        return tr(
            "Once a month a backup is restored on trial after PeerMatch opens. That was not done here yet."
        )
    if not tried.well:
        return f"{tried.what} {tried.hint}"
    return tr("A backup was restored on trial {day_of}, and was whole.").format(
        day_of=day_of(tried.on, today)
    )


def day_of(day: date, today: date) -> str:
    """A day, as near as it is."""
    near = {0: "today", 1: "yesterday"}
    return near.get((today - day).days) or tr("on {in_words}").format(in_words=in_words(day))


def second_words(state: BackupState) -> str:
    """Where each backup is put too."""
    if state.second is None:
        return tr("Backups are kept in the network's own folder only.")
    if not state.second_there:
        words = tr("{second} cannot be reached just now. The next backup is put there when it is back.")
    else:
        words = tr("Each backup is put in {second} too.")
    said = words.format(second=state.second)
    return tr("{said} Set by your organisation.").format(said=said) if state.decided else said


def title_of(kept: Kept) -> str:
    """Which backup it is."""
    return moment(kept.made)


def facts_of(kept: Kept) -> str:
    """Why it was made, and its size."""
    return f"{REASONS.get(kept.reason, kept.reason)}, {size_words(kept.size)}"


def size_words(size: int) -> str:
    """A size that people can picture."""
    return (
        tr("{size:.1f} MB").format(size=size / 1000000)
        if size >= 100_000
        else tr("{max} kB").format(max=max(round(size / 1000), 1))
    )


def heading_of(kept: Kept) -> str:
    """What the form is for."""
    return tr("Go back to {moment}?").format(moment=moment(kept.made))


def button_of(kept: Kept) -> str:
    """The button that does it, in the words of what it does."""
    return tr("Go back to {moment}").format(moment=moment(kept.made))
