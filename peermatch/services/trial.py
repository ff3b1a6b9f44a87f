"""The monthly trial of the newest backup: made after an unlock, step by step, and remembered on this computer."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date

from peermatch.errors import Damaged, PeerMatchError
from peermatch.services.desk import Desk
from peermatch.store import drill, trials
from peermatch.store.network import Store
from peermatch.store.vault import OnceDerived
from peermatch.words import in_words, tr


@dataclass(frozen=True, slots=True)
class Tried:
    """How a trial went; ``what`` and ``hint`` say what is wrong and what to do, and are empty where all is well."""

    on: date
    backup: date
    what: str = ""
    hint: str = ""

    @property
    def well(self) -> bool:
        """Whether the backup could be restored."""
        return not self.what


class RestoreTrial:
    """Restores a backup into a private folder that goes again; the network itself is neither read nor changed."""

    def __init__(self, desk: Desk, trial: drill.Trial | None) -> None:
        self._desk, self._trial = desk, trial
        self._steps: Generator[None] | None = None

    @property
    def due(self) -> bool:
        """Whether there is something to try, or a trial is under way."""
        return self._trial is not None

    def step(self) -> Tried | None:
        """One step more; the result when it was the last."""
        trial = self._trial
        if trial is None or self._desk.store.locked:
            return None
        if self._steps is None:
            if not trial.path.exists():  # deleted since the network was opened
                self.forget()
                return None
            self._steps = drill.rehearse(trial, self._desk.store.folder, self._desk.clock())
        try:
            next(self._steps)
        except StopIteration:
            return self._ended(trial, trials.WHOLE)
        except Damaged:
            return self._ended(trial, trials.DAMAGED)
        except PeerMatchError as error:
            return self._ended(trial, trials.UNTRIED, error)
        return None

    def whole(self) -> Tried | None:
        """All steps at once; None where nothing is due."""
        while self.due:
            found = self.step()
            if found is not None:
                return found
        return None

    def forget(self) -> None:
        """The network locks: the backup's key and whatever was unpacked go."""
        steps, trial = self._steps, self._trial
        self._steps = self._trial = None
        if steps is not None:
            steps.close()
        if trial is not None:
            trial.key.wipe()

    def _ended(self, trial: drill.Trial, outcome: str, error: PeerMatchError | None = None) -> Tried:
        self.forget()
        store, today = self._desk.store.source().keyfile.store, self._desk.today
        return told(trials.keep(store, today, trial.made.astimezone().date(), outcome), error)


def prepared(store: Store, secret: OnceDerived, today: date) -> drill.Trial | None:
    """What is to be tried, where that is due; being unable to is no reason to keep a network shut."""
    source = store.source()
    if not trials.due(source.keyfile.store, today):
        return None
    try:
        return drill.prepared(source, secret, store.unlocked_by)
    except PeerMatchError:
        return None


def last(store: Store) -> Tried | None:
    """How the last trial on this computer went; None before the first."""
    found = trials.last(store.source().keyfile.store)
    return told(found) if found else None


def day_of_last(store: Store) -> str | None:
    """The day on which a backup was last restored for real, and came out whole."""
    found = trials.last(store.source().keyfile.store)
    return found.well.isoformat() if found and found.well else None


def told(found: trials.Noted, error: PeerMatchError | None = None) -> Tried:
    """A trial in words."""
    day = in_words(found.backup)
    if found.outcome == trials.WHOLE:
        return Tried(found.on, found.backup)
    if found.outcome == trials.DAMAGED:
        what = tr("The backup of {day} was tried out and could not be restored.").format(day=day)
        return Tried(found.on, found.backup, what, drill.HINT)
    why, hint = (
        (error.what, error.hint) if error else ("", tr("It is tried again when the network is opened."))
    )
    return Tried(
        found.on,
        found.backup,
        tr("The backup of {day} could not be tried out. {why}").format(day=day, why=why).strip(),
        hint,
    )
