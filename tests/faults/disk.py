"""The disk fails at one call, or is full from one call on: in every kind of command, at every call of it."""

import json
from collections.abc import Callable

from tests.faults.day import Act, Stage
from tests.faults.fault import Calls, Fault, Mode, full, once
from tests.faults.figures import Figures
from tests.faults.looking import is_whole
from tests.faults.program import NO_COMPILER, Ask, Ended
from tests.faults.scene import Scene, spread


def rehearsed(stage: Stage, name: str) -> Act:
    """One act, done once without any fault."""
    if name not in stage.rehearsed:
        stage.rehearsed[name] = _rehearse(stage, name)
    return stage.rehearsed[name]


def _rehearse(stage: Stage, name: str) -> Act:
    older = name == "migrate"
    recovery = stage.older.recovery if older else stage.start.recovery
    scene = stage.put_back((stage.older if older else stage.start).place, recovery)
    before_it = scene.beforehand(name)
    if before_it:
        stage.done(before_it)
    kept = stage.kept(f"act-{name}")
    before = "" if older else stage.looked(recovery).holds
    stage.put_back(kept, recovery)
    words = scene.acts()[name]
    stage.done([words])
    return Act(name, words, kept, recovery, before, stage.looked(recovery).holds)


def failing_once(stage: Stage, names: list[str], most: int) -> Figures:
    """One call that changes something fails."""
    return _struck(stage, Figures("disk error at one call"), names, most, once)


def failing_reads(stage: Stage, names: list[str], most: int) -> Figures:
    """One call that opens or reads fails."""
    return _struck(
        stage, Figures("disk error at one read"), names, most, lambda point: once(point, Calls.READS)
    )


def filling_up(stage: Stage, names: list[str], most: int) -> Figures:
    """The disk is full from one call on."""
    return _struck(stage, Figures("disk full from one call on"), names, most, full)


def _struck(
    stage: Stage, figures: Figures, names: list[str], most: int, fault: Callable[[int], Fault]
) -> Figures:
    if stage.program.preloaded is None:
        figures.remark = NO_COMPILER
        return figures
    for name in names:
        act = rehearsed(stage, name)
        stage.put_back(act.scene, act.recovery)
        counted = Fault(Mode.COUNT, calls=fault(1).calls)
        number = stage.program.run(Ask([act.words], counted, stage.watched)).calls
        for point in spread(number, most):
            _one(stage, figures, act, fault(point), f"{name}, call {point} of {number}")
    return figures


def _one(stage: Stage, figures: Figures, act: Act, fault: Fault, where: str) -> None:
    scene = stage.put_back(act.scene, act.recovery)
    ended = stage.program.run(Ask([act.words], fault, stage.watched))
    figures.said(where, ended)
    figures.readable(where, stage.readable())
    for name in empty_files(scene):
        figures.count("half", f"{where}: {name} is empty")
    for name in half_files(scene, act, ended):
        figures.count("half", f"{where}: {name}")
    look = stage.looked(act.recovery)
    before = act.before or act.after
    figures.after_a_fault(where, look, before, act.after, confirmed=ended.codes == (0,))


def empty_files(scene: Scene) -> list[str]:
    """Files of no bytes that are called something a person would rely on."""
    files = [path for path in scene.place.rglob("[!.]*") if path.is_file() and path.stat().st_size == 0]
    return [str(path) for path in files if not path.name.endswith((".lock", "-journal"))]


def half_files(scene: Scene, act: Act, ended: Ended) -> list[str]:
    """What an export, a backup or a card left that is not all of it."""
    return {"export": _half_export, "backup": _half_backup, "card": _half_card}.get(act.name, _none)(
        scene, ended
    )


def _none(_scene: Scene, _ended: Ended) -> list[str]:
    return []


def _half_export(scene: Scene, ended: Ended) -> list[str]:
    parts = [str(path) for path in scene.place.glob(".all.json*")]
    file = scene.place / "all.json"
    if not file.exists():
        return parts + (["the export is missing"] if ended.codes == (0,) else [])
    try:
        json.loads(file.read_bytes())
    except ValueError:
        parts.append("the export is cut")
    return parts


def _half_backup(scene: Scene, ended: Ended) -> list[str]:
    file = scene.place / "new.pmbackup"
    if not file.exists():
        return ["the backup is missing"] if ended.codes == (0,) else []
    return [] if is_whole(file) else ["the backup is not whole"]


def _half_card(scene: Scene, ended: Ended) -> list[str]:
    parts = [str(path) for path in scene.out.glob(".*")]
    files = sorted(scene.out.glob("PM-*"))
    ends = {".vcf": b"END:VCARD\r\n", ".eml": b"--\r\n"}
    cut = [path.name for path in files if not path.read_bytes().endswith(ends[path.suffix])]
    missing = ["the card is missing"] if ended.codes == (0,) and len(files) != 2 else []
    return parts + cut + missing
