"""A day's commands, with the folder before each and what the network holds after it, to be disturbed in their midst."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.fault import COUNTED
from tests.faults.looking import Look
from tests.faults.program import Ask, Ended, Program
from tests.faults.scene import Scene, made, made_older, readable_in


class Failed(AssertionError):
    """The day could not be worked through even without a fault."""


@dataclass(frozen=True)
class Act:
    """One command, ready to be done: the scene before it, and what is held before and after."""

    name: str
    words: list[str]
    scene: Path
    recovery: str
    before: str
    after: str


@dataclass(frozen=True)
class Stage:
    """The program, and the one place at which every scene is played, so that the words of a command stay the same."""

    program: Program
    start: Scene
    older: Scene
    work: Scene
    rehearsed: dict[str, Act] = field(default_factory=dict)

    @classmethod
    def set_up(cls, program: Program) -> "Stage":
        """A network of today with a backup of the morning, and one of the first schema."""
        start, older = (make(program.bench / name) for make, name in ((made, "start"), (made_older, "older")))
        stage = cls(program, start, older, Scene(program.bench / "work", start.recovery))
        start.copied(stage.work.place)
        stage.done([stage.work.words("backup", stage.work.backup)])
        stage.kept("start")
        return stage

    def done(self, commands: list[list[str]]) -> Ended:
        """Run commands that must succeed."""
        ended = self.program.run(Ask(commands, COUNTED, self.watched))
        if ended.codes != (0,) * len(commands):
            raise Failed(f"{commands}: {ended.codes} {ended.err}")
        return ended

    def kept(self, name: str) -> Path:
        """Lay the scene as it is now aside."""
        place = self.program.bench / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.work.place, place)
        return place

    def put_back(self, kept: Path, recovery: str = "") -> Scene:
        """The scene as it was, where it is always played; home and temporary folder are empty."""
        shutil.rmtree(self.work.place, ignore_errors=True)
        shutil.copytree(kept, self.work.place)
        self.forget()
        return Scene(self.work.place, recovery or self.start.recovery)

    def forget(self) -> None:
        """Empty the home and the temporary folder: the program has never seen a network."""
        for folder in (self.program.home, self.program.temporary):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()

    @property
    def watched(self) -> tuple[Path, ...]:
        """Where a fault may strike."""
        return (self.work.place, self.program.home, self.program.temporary)

    def looked(self, recovery: str = "") -> Look:
        """What the network holds now."""
        secret = recovery or self.start.recovery
        ended = self.program.run(Ask([], look=self.work.network, secret=secret))
        if not ended.looks:
            return Look(1, ended.err or "it hung", "nothing")
        return ended.looks[0]

    def readable(self) -> tuple[str, ...]:
        """What can be read where nothing may be."""
        return readable_in(self.work.network, self.program.home, self.program.temporary)


@dataclass(frozen=True)
class Step:
    """One command of the day: the scene before it, what is held before and after, and how many calls it makes."""

    words: list[str]
    scene: Path
    before: str
    after: str
    calls: int

    @property
    def name(self) -> str:
        return " ".join(self.words[:2] if self.words[0] in ("keys", "consent", "import") else self.words[:1])


def worked_through(stage: Stage) -> list[Step]:
    """Every command of the day, once without any fault."""
    stage.put_back(stage.start.place)
    steps, before = [], _whole(stage)
    for number, words in enumerate(stage.work.day()):
        kept = stage.kept(f"before-{number}")
        ended = stage.done([words])
        after = _whole(stage)
        steps.append(Step(words, kept, before, after, ended.calls))
        before = after
    return steps


def _whole(stage: Stage) -> str:
    look = stage.looked()
    if look.check != 0:
        raise Failed(look.said)
    return look.holds
