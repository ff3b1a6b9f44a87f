"""The sentences of the page on backups: how old the newest is, why each was made, and what a restore does."""

from datetime import date, datetime

from peermatch.model.dates import in_words
from peermatch.model.restoring import moment
from peermatch.services.backups import OLD_DAYS, BackupState, Kept
from peermatch.ui.widgets.chip import ChipKind

REASONS = {
    "daily": "automatic",
    "hand": "made by hand",
    "before-migration": "before an update",
    "before-restore": "before a restore",
    "before-keys": "before a change of keys",
    "before-erase": "before an erasure",
}
INTRO = (
    "A backup is made when you close PeerMatch after a change. It is encrypted, opened once to see that it is whole, "
    "and kept for 35 days at most."
)
NO_MERGE = (
    "Two copies of a network cannot be merged: where they differ, PeerMatch cannot know whose yes or no counts. "
    "Two people share one network instead: each has a passphrase of their own, and one works in it at a time."
)
SAME_DISK = "All backups lie on the same disk as the network."
SAME_DISK_HINT = "If it is lost or fails, both are gone. Choose a folder on a stick or a network drive."
OPENS_WITH = "A backup opens with a passphrase or the recovery key of its day."
GO = (
    "What the backup does not hold goes. Today's network is backed up first, so that you can come back to it."
)
PROGRESS = "This takes a moment."


def headline(state: BackupState, today: date) -> str:
    """When the newest backup was made."""
    if state.newest is None:
        return "There is no backup yet"
    return f"Last backup {when(state.newest.made, today)}"


def when(made: datetime, today: date) -> str:
    """A moment, as near as it is."""
    days = (today - made.date()).days
    if days == 0:
        return f"today at {made:%H:%M}"
    if days == 1:
        return f"yesterday at {made:%H:%M}"
    return f"on {in_words(made.date())}" + (f", {days} days ago" if days > 0 else ", a day still to come")


def standing(state: BackupState) -> tuple[str, ChipKind]:
    """The newest backup in a word."""
    if state.newest is None:
        return "not backed up", "risk"
    if state.old:
        return "too old", "wait"
    return "verified", "good"


def covers(state: BackupState) -> str:
    """Whether today's work is in it."""
    if state.newest is None:
        return "If this computer is lost, everything is lost."
    if not state.changed:
        return "It holds everything: nothing has changed since."
    if state.old:
        return f"Work of more than {OLD_DAYS} days is not in it. Back up now."
    return "What you did since then is not in it yet. It will be when you close PeerMatch."


def tried_words(state: BackupState, today: date) -> str:
    """Whether the newest backup was restored for real, as it is once a month."""
    tried = state.tried
    if tried is None:
        return "Once a month a backup is restored on trial after PeerMatch opens. That was not done here yet."
    if not tried.well:
        return f"{tried.what} {tried.hint}"
    return f"A backup was restored on trial {day_of(tried.on, today)}, and was whole."


def day_of(day: date, today: date) -> str:
    """A day, as near as it is."""
    near = {0: "today", 1: "yesterday"}
    return near.get((today - day).days) or f"on {in_words(day)}"


def second_words(state: BackupState) -> str:
    """Where each backup is put too."""
    if state.second is None:
        return "Backups are kept in the network's own folder only."
    if not state.second_there:
        return f"{state.second} cannot be reached just now. The next backup is put there when it is back."
    return f"Each backup is put in {state.second} too."


def title_of(kept: Kept) -> str:
    """Which backup it is."""
    return moment(kept.made)


def facts_of(kept: Kept) -> str:
    """Why it was made, and its size."""
    return f"{REASONS.get(kept.reason, kept.reason)}, {size_words(kept.size)}"


def size_words(size: int) -> str:
    """A size that people can picture."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(round(size / 1000), 1)} kB"


def heading_of(kept: Kept) -> str:
    """What the form is for."""
    return f"Go back to {moment(kept.made)}?"


def button_of(kept: Kept) -> str:
    """The button that does it, in the words of what it does."""
    return f"Go back to {moment(kept.made)}"
