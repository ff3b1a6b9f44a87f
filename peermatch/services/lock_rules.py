"""When a network locks by itself: one time for all who use it, kept with its keys; never longer than allowed here."""

from peermatch.errors import BadInput, Refused
from peermatch.managed import managed
from peermatch.model.changes import Done, Touched
from peermatch.services.desk import Desk
from peermatch.words import tr

OFFERED_MINUTES = (1, 2, 5, 10, 15, 30)


class LockRules:
    """The time without use after which the window locks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        decided = managed()
        self.longest, self.fault = decided.lock_minutes, decided.fault
        """The longest time that this computer allows, in minutes, and what is wrong with the policy that says so."""

    @property
    def idle_seconds(self) -> int:
        """How long nobody may use the window before it locks."""
        kept = self._desk.store.idle_seconds
        return kept if self.longest is None else min(kept, self.longest * 60)

    @property
    def offered(self) -> tuple[int, ...]:
        """The times that can be chosen, in minutes."""
        return tuple(each for each in OFFERED_MINUTES if self.longest is None or each <= self.longest)

    def set_idle(self, minutes: int) -> Done:
        """Lock after so many minutes without use."""
        if minutes not in OFFERED_MINUTES:
            raise BadInput(tr("That is no time to lock after."), tr("Choose one of those that are offered."))
        if minutes not in self.offered:
            raise Refused(
                tr("Your organisation does not allow so long a time on this computer."),
                tr("Choose one of those that are offered."),
            )
        self._desk.store.set_idle(minutes * 60)
        with self._desk.command("set-idle-lock") as tx:
            tx.note(f"{minutes} min")
        unit = "minute" if minutes == 1 else "minutes"
        return self._desk.done(
            tx,
            Touched(),
            tr("The window locks after {minutes} {unit} without use.").format(minutes=minutes, unit=unit),
        )
