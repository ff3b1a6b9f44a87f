"""Where and when: two processes, foreign locks, strange folders, clocks that jump, a share that goes, schemas."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.day import Stage
from tests.faults.fault import gone, once
from tests.faults.figures import Figures
from tests.faults.program import NO_COMPILER, ROOT, Ask
from tests.faults.scene import Scene, spread

HELD, DAMAGED = 7, 5
MOMENTS = ("2099-12-31T23:59", "2024-02-29T09:30", "2026-10-25T01:30", "2026-10-25T00:30", "2038-01-19T03:15")
HOLDS_IT = """
import sys
from pathlib import Path
from peermatch.store.network import Store
from peermatch.store.vault import RecoverySecret
from tests.networks import clock
store = Store.open(Path(sys.argv[1]), RecoverySecret(sys.argv[2]), clock)
print("open", flush=True)
sys.stdin.readline()
store.lock()
"""


@contextmanager
def held(folder: Path, recovery: str) -> Iterator[subprocess.Popen[str]]:
    """A second process that has the network open."""
    words = [sys.executable, "-c", HOLDS_IT, str(folder), recovery]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def two_processes(stage: Stage, most: int) -> Figures:
    """A second opening is refused with who and where; after kill -9 it opens at once; another computer's lock asks."""
    figures = Figures("two processes, stale and foreign locks")
    scene = stage.put_back(stage.start.place)
    whole = stage.looked().holds
    with held(scene.network, scene.recovery) as process:
        for words in [*scene.acts().values(), scene.words("check")][:most]:
            figures.points += 1
            ended = stage.program.run(Ask([words]))
            who = f"process {process.pid}" in ended.err and socket.gethostname() in ended.err
            if ended.codes != (HELD,) or not who:
                figures.count("unclear", f"{words[0]} while it is open: {ended.codes} {ended.err.strip()}")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        figures.after_a_fault("after kill -9", stage.looked(), whole, whole, confirmed=True)
    lock = scene.network / "store.lock"
    lock.write_bytes(b"pid 7\nhost the-other-ward\napp PeerMatch 1.0\n")
    ended = stage.program.run(Ask([scene.words("info")]))
    figures.points += 1
    if ended.codes != (HELD,) or "the-other-ward" not in ended.err:
        figures.count("unclear", f"another computer's lock: {ended.codes} {ended.err.strip()}")
    lock.write_bytes(b"")
    figures.after_a_fault("after that lock is free", stage.looked(), whole, whole, confirmed=True)
    return figures


def clocks(stage: Stage, most: int) -> Figures:
    """The clock is set back and forward between commands, past summer time and past 2038: order and chain stay."""
    figures = Figures("clock set back and forward")
    scene = stage.put_back(stage.start.place)
    for number, moment in enumerate([*MOMENTS, *reversed(MOMENTS)][:most]):
        words = scene.words("needs", "E-0142", "--essential", "neuro.adhd" if number % 2 else "neuro.autism")
        words[words.index("--fake-clock") + 1] = moment
        before = stage.looked().holds
        ended = stage.program.run(Ask([words]))
        figures.said(moment, ended)
        figures.points += 1
        look = stage.looked()
        if ended.codes != (0,) or look.check != 0:
            figures.count("half", f"{moment}: {ended.codes} {ended.err} {look.said}")
        elif f'"{number + 2} needs"' not in look.holds and look.holds == before:
            figures.count("lost", f"{moment}: the journal has no line {number + 2}")
    return figures


def strange_folders(stage: Stage, most: int) -> Figures:
    """Spaces, umlauts, long names, the most careless mask, and folders that take nothing."""
    figures = Figures("strange and read-only folders")
    long = "/".join(["einhundertfünfzig Zeichen " + "n" * 100] * 2)
    for name in ("mit Leerzeichen und Ümläuten", long, "zwei\u0308mal", "it's 100 % 'quoted' \"so\"")[:most]:
        _at(stage, figures, stage.program.bench / "strange" / name)
    scene = stage.put_back(stage.start.place)
    stage.program.run(Ask([scene.acts()["ask"], scene.acts()["backup"]], umask=0))
    figures.points += 1
    for path in (scene.network, *scene.network.rglob("*"), scene.place / "new.pmbackup"):
        if path.stat().st_mode & 0o077:
            figures.count("plain", f"{path} can be read by others")
    _read_only(stage, figures, most)
    shutil.rmtree(stage.program.bench / "strange", ignore_errors=True)
    return figures


def _at(stage: Stage, figures: Figures, place: Path) -> None:
    scene = Scene(place, stage.start.recovery)
    place.parent.mkdir(parents=True, exist_ok=True)
    stage.start.copied(place)
    stage.forget()
    commands = [scene.acts()[name] for name in ("import", "ask", "backup", "rotate", "export")]
    ended = stage.program.run(Ask(commands, look=scene.network, secret=scene.recovery))
    figures.points += len(commands)
    if any(ended.codes) or not ended.looks or ended.looks[0].check != 0:
        figures.count("half", f"{place.name[:40]}: {ended.codes} {ended.err.strip()}")


def _read_only(stage: Stage, figures: Figures, most: int) -> None:
    """Nobody's rights: each command says so in a sentence and changes nothing."""
    stage.program.bench.chmod(0o755)
    scene = stage.put_back(stage.start.place)
    whole = stage.looked().holds
    other = stage.start.copied(stage.program.bench / "warm").acts()
    every = [stage.program.bench, scene.place, *scene.place.rglob("*")]
    rights = {path: path.stat().st_mode for path in every}
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for name, words in list(scene.acts().items())[-most:]:
        ended = stage.program.run(Ask([words], nobody=True, warm=[other[name]]))
        figures.points += 1
        figures.said(f"{name} where nothing may be written", ended)
        if ended.codes != (1,):
            figures.count("unclear", f"{name}: {ended.codes} {ended.err.strip()}")
    for path, mode in rights.items():
        path.chmod(mode)
    figures.after_a_fault("after it may be written again", stage.looked(), whole, whole, confirmed=False)


def a_share_that_goes(stage: Stage, names: list[str], most: int) -> Figures:
    """The network's folder is taken away in the midst of a command and comes back later."""
    from tests.faults.disk import rehearsed

    figures = Figures("the network's folder taken away")
    if stage.program.preloaded is None:
        figures.remark = NO_COMPILER
        return figures
    for name in names:
        act = rehearsed(stage, name)
        for point in spread(120, most):
            scene = stage.put_back(act.scene, act.recovery)
            away = Path(f"{scene.network}.gone")
            ended = stage.program.run(Ask([act.words], gone(point), (scene.network,)))
            where = f"{name}, call {point}"
            figures.said(where, ended)
            if away.exists():
                if scene.network.exists():
                    figures.count("half", f"{where}: something was made where the network had been")
                    shutil.rmtree(scene.network)
                away.rename(scene.network)
            figures.readable(where, stage.readable())
            figures.after_a_fault(
                where, stage.looked(act.recovery), act.before, act.after, confirmed=ended.codes == (0,)
            )
    return figures


def schemas(stage: Stage, most: int) -> Figures:
    """A migration that fails half-way leaves the old network, with its backup; a newer one is not touched."""
    from tests.faults.disk import rehearsed

    figures = Figures("a migration that fails, a newer schema")
    _newer(stage, figures)
    if stage.program.preloaded is None:
        figures.remark = NO_COMPILER
        return figures
    act = rehearsed(stage, "migrate")
    for point in spread(300, most):
        scene = stage.put_back(act.scene, act.recovery)
        ended = stage.program.run(Ask([act.words], once(point), stage.watched))
        where = f"call {point} of a migration"
        figures.said(where, ended)
        figures.after_a_fault(where, stage.looked(act.recovery), act.after, act.after, confirmed=False)
        if not list((scene.network / "backups").glob("*-before-migration*.pmbackup")):
            figures.count("lost", f"{where}: no backup from before")
    return figures


def _newer(stage: Stage, figures: Figures) -> None:
    from peermatch.store.network import Store
    from peermatch.store.vault import RecoverySecret
    from tests.networks import clock

    scene = stage.put_back(stage.start.place)
    store = Store.open(scene.network, RecoverySecret(scene.recovery), clock)
    store.source().connection.execute("PRAGMA user_version=9999")
    store.lock()
    before = {path: path.read_bytes() for path in scene.network.rglob("*") if path.is_file()}
    for name in ("ask", "restore", "rotate", "export"):
        ended = stage.program.run(Ask([scene.acts()[name]]))
        figures.points += 1
        figures.said(f"{name} on a newer schema", ended)
        if ended.codes != (DAMAGED,) or "newer" not in ended.err:
            figures.count("unclear", f"{name} on a newer schema: {ended.codes} {ended.err.strip()}")
        if before != {path: path.read_bytes() for path in scene.network.rglob("*") if path.is_file()}:
            figures.count("silent", f"{name} changed a newer network")
