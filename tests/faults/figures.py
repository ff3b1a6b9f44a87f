"""What was found: one row for each kind of fault, with what it must not have in it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from tests.faults.looking import Look
from tests.faults.program import Ended


@dataclass
class Figures:
    """One kind of fault: how many points, and how often something was lost, half-done, wrong, readable or unclear."""

    kind: str
    points: int = 0
    lost: int = 0
    half: int = 0
    silent: int = 0
    plain: int = 0
    unclear: int = 0
    remark: str = ""
    findings: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing of that ever happened."""
        return not any((self.lost, self.half, self.silent, self.plain, self.unclear))

    @property
    def told(self) -> bool:
        """Whether it was tried, or it is said why not."""
        return bool(self.points or self.remark)

    def count(self, what: str, where: str) -> None:
        """Something that must not be."""
        setattr(self, what, getattr(self, what) + 1)
        self.findings.append(f"{what} at {where}")

    def after_a_fault(self, where: str, look: Look, before: str, after: str, *, confirmed: bool) -> None:
        """Judge what is held: the old state or the new one, whole; the new one where it was confirmed."""
        self.points += 1
        if look.check != 0 or look.holds not in (before, after):
            what = look.said.strip() or "neither before nor after"
            self.count("half", f"{where}: check {look.check}, {what}")
        elif confirmed and look.holds != after:
            self.count("lost", where)
        for name in look.broken:
            self.count("half", f"{where}: the backup {name} is not whole")

    def said(self, where: str, ended: Ended) -> None:
        """Judge what was said: a sentence, not a fault of the program, and no hanging."""
        if ended.hung or not ended.clear:
            self.count("unclear", f"{where}: {ended.err.strip() or ended.codes}")

    def readable(self, where: str, files: tuple[str, ...]) -> None:
        """Judge what can be read."""
        for name in files:
            self.count("plain", f"{where}: {name}")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
