"""Bytes that change while the program is away: flipped, cut, emptied, deleted, and swapped for those of others."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.day import Stage
from tests.faults.figures import Figures
from tests.faults.program import Ask
from tests.faults.scene import Scene

DAMAGED = (5,)
FIRST_TRY = 8
"""Nothing is half written before so many calls."""
WRONG_SECRET = 4


def flips_of_the_keys(stage: Stage, every: int) -> Figures:
    """Each byte of store.keys: the copy serves; without a copy it is damage, and never a wrong passphrase."""
    figures = Figures("one byte of store.keys flipped")
    scene = stage.put_back(stage.start.place)
    keys, copy = scene.network / "store.keys", scene.network / "store.keys.bak"
    good, whole = keys.read_bytes(), stage.looked().holds
    for place in range(0, len(good), every):
        keys.write_bytes(flipped(good, place))
        copy.write_bytes(good)
        _still_whole(stage, figures, whole, f"byte {place}, with the copy")
        keys.write_bytes(flipped(good, place))
        copy.unlink()
        _refused(stage, figures, scene.words("info"), f"byte {place}, without the copy", DAMAGED)
        keys.write_bytes(good)
        copy.write_bytes(good)
    return figures


def flips_of_the_file(stage: Stage, number: int) -> Figures:
    """Bytes of the database: found when it is opened or checked, before anything wrong is shown."""
    figures, chance = Figures("one byte of the database flipped"), Random(11)
    scene = stage.put_back(stage.start.place)
    (file,) = scene.network.glob("store-*.db")
    good = file.read_bytes()
    for _ in range(number):
        place = chance.randrange(len(good))
        file.write_bytes(flipped(good, place, chance.randrange(1, 256)))
        _refused(stage, figures, scene.words("info"), f"byte {place}", DAMAGED)
        file.write_bytes(good)
    return figures


def flips_of_a_backup(stage: Stage, number: int) -> Figures:
    """Bytes of a backup: it is not restored, neither into the network nor as a new one."""
    figures, chance = Figures("one byte of a backup flipped"), Random(13)
    scene = stage.put_back(stage.start.place)
    good, whole = scene.backup.read_bytes(), stage.looked().holds
    new = scene.place / "new.peermatch"
    for count in range(number):
        # Every other one in the header, which is the smaller part.
        place = chance.randrange(len(good) if count % 2 else 2048)
        scene.backup.write_bytes(flipped(good, place, chance.randrange(1, 256)))
        words = ["restore", str(scene.backup), "--yes", "--network", str(new if count % 2 else scene.network)]
        words += ["--recovery-key-file", str(scene.place / "paper")]
        _refused(stage, figures, words, f"byte {place}", (5, 6))
        if new.exists():
            figures.count("half", f"byte {place}: a network was made")
    scene.backup.write_bytes(good)
    _still_whole(stage, figures, whole, "after all of them")
    return figures


def flips_of_the_journal(stage: Stage, number: int) -> Figures:
    """Bytes of the rollback journal that a kill left: rolled back, or found as damage; never half a step shown."""
    from tests.faults.fault import killed

    figures, chance = Figures("one byte of a journal left by a kill flipped"), Random(17)
    if stage.program.preloaded is None:
        figures.remark = "without a C compiler no kill leaves a journal at will"
        return figures
    scene = stage.put_back(stage.start.place)
    before = stage.looked().holds
    stage.put_back(stage.start.place)
    words = scene.acts()["ask"]
    hot = _with_a_journal(stage, lambda point: Ask([words], killed(point), stage.watched))
    kept = stage.kept("hot")
    for _ in range(number):
        stage.put_back(kept)
        file = hot()
        good = file.read_bytes()
        place = chance.randrange(len(good))
        file.write_bytes(flipped(good, place, chance.randrange(1, 256)))
        _whole_or_refused(stage, figures, (before,), f"byte {place} of the journal")
    return figures


def _with_a_journal(stage: Stage, ask: Callable[[int], Ask]) -> Callable[[], Path]:
    """Kill ever later until the database is half written; gives the way to its journal."""

    def journal() -> Path:
        return next(iter(stage.work.network.glob("store-*.db-journal")))

    kept, best = stage.kept("cold"), 0
    for point in range(FIRST_TRY, 400):
        stage.put_back(kept)
        ended = stage.program.run(ask(point))
        left = [path.stat().st_size for path in stage.work.network.glob("store-*.db-journal")]
        if max(left, default=0) > 4096:
            best += 1
        if best == 4:  # some pages of the file itself are written by now
            return journal
        if not ended.killed:
            break
    raise AssertionError("no kill left a journal")


def lost_and_cut(stage: Stage, every: int) -> Figures:
    """Files cut, emptied, deleted and swapped: damage is said, and no new empty network is made."""
    figures = Figures("files cut, emptied, deleted or swapped")
    scene = stage.put_back(stage.start.place)
    whole = stage.looked().holds
    for where, harm in list(_harms(stage).items())[::every]:
        scene = stage.put_back(stage.start.place)
        before = _files(scene.network)
        harm(scene)
        harmed = _files(scene.network)
        codes = (WRONG_SECRET, *DAMAGED) if where == "keys of another network" else DAMAGED
        _refused(stage, figures, scene.words("info"), where, codes)
        after = {name: data for name, data in _files(scene.network).items() if name != "store.lock"}
        if after != {name: data for name, data in harmed.items() if name != "store.lock"}:
            figures.count("silent", f"{where}: files changed by an opening that failed")
        if not set(after) <= set(before):
            figures.count("silent", f"{where}: new files {sorted(set(after) - set(before))}")
    for where, mend in list(_mended().items())[::every]:
        scene = stage.put_back(stage.start.place)
        mend(scene)
        _still_whole(stage, figures, whole, where)
    return figures


def _database(scene: Scene) -> Path:
    return next(iter(scene.network.glob("store-*.db")))


def _put(scene: Scene, data: bytes) -> None:
    _database(scene).write_bytes(data)


def _cut(scene: Scene, size: int) -> None:
    _put(scene, _database(scene).read_bytes()[:size])


def _put_keys(scene: Scene, data: bytes | None) -> None:
    """The key file and its copy; None takes both away."""
    for path in (scene.network / "store.keys", scene.network / "store.keys.bak"):
        path.unlink()
        if data is not None:
            path.write_bytes(data)


def _folder_instead(scene: Scene) -> None:
    path = _database(scene)
    path.unlink()
    path.mkdir()


def _harms(stage: Stage) -> dict[str, Callable[[Scene], object]]:
    other = stage.older
    keys = (stage.start.network / "store.keys").read_bytes()
    return {
        "the last page cut": lambda s: _cut(s, -4096),
        "half of the last page cut": lambda s: _cut(s, -2048),
        "cut to the first page": lambda s: _cut(s, 4096),
        "cut to a few bytes": lambda s: _cut(s, 100),
        "emptied": lambda s: _put(s, b""),
        "deleted": lambda s: _database(s).unlink(),
        "zeros": lambda s: _put(s, bytes(40_960)),
        "a plain database": lambda s: _put(s, b"SQLite format 3\0" + bytes(8192)),
        "two pages swapped": lambda s: _put(s, swapped(_database(s).read_bytes())),
        "another network's file": lambda s: _put(s, _database(other).read_bytes()),
        "a folder in its place": _folder_instead,
        "both key files deleted": lambda s: _put_keys(s, None),
        "both key files empty": lambda s: _put_keys(s, b""),
        "both key files cut": lambda s: _put_keys(s, keys[:700]),
        "both key files of 100 kB": lambda s: _put_keys(s, b"x" * 100_000),
        "keys of another network": lambda s: _put_keys(s, (other.network / "store.keys").read_bytes()),
    }


def _mended() -> dict[str, Callable[[Scene], object]]:
    return {
        "store.keys deleted": lambda s: (s.network / "store.keys").unlink(),
        "store.keys empty": lambda s: (s.network / "store.keys").write_bytes(b""),
        "the copy deleted": lambda s: (s.network / "store.keys.bak").unlink(),
        "the copy cut": lambda s: (s.network / "store.keys.bak").write_bytes(b"PMKS1\n"),
        "the lock deleted": lambda s: (s.network / "store.lock").unlink(),
        "rubbish in the lock": lambda s: (s.network / "store.lock").write_bytes(b"\xff" * 5000),
        "the backups deleted": lambda s: (s.network / "backups").rmdir(),
        "an empty journal": lambda s: (s.network / "store-000001.db-journal").write_bytes(b""),
        "rubbish in the journal": lambda s: (s.network / "store-000001.db-journal").write_bytes(b"x" * 9000),
    }


def _refused(
    stage: Stage,
    figures: Figures,
    words: list[str],
    where: str,
    codes: tuple[int, ...],
) -> None:
    """The command must fail with one of these codes and a sentence."""
    figures.points += 1
    ended = stage.program.run(Ask([words]))
    figures.said(where, ended)
    if ended.codes == (0,):
        figures.count("silent", f"{where}: nobody noticed")
    elif ended.codes[0] not in codes:
        figures.count("unclear", f"{where}: exit code {ended.codes[0]}: {ended.err.strip()}")


def _still_whole(stage: Stage, figures: Figures, whole: str, where: str) -> None:
    """The network opens and holds what it held."""
    figures.after_a_fault(where, stage.looked(), whole, whole, confirmed=False)


def _whole_or_refused(stage: Stage, figures: Figures, states: tuple[str, ...], where: str) -> None:
    """The network opens and holds one of these, or says that it is damaged."""
    figures.points += 1
    look = stage.looked()
    if look.check == 0 and look.holds not in states:
        figures.count("silent", where)
    elif look.check not in (0, *DAMAGED):
        figures.count("unclear", f"{where}: exit code {look.check}: {look.said.strip()}")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def flipped(data: bytes, place: int, by: int = 0x55) -> bytes:
    """The same with one byte changed."""
    changed = bytearray(data)
    changed[place] ^= by
    return bytes(changed)


def swapped(data: bytes, one: int = 4, size: int = 4096) -> bytes:
    """The same with a page and the next in each other's place."""
    a, b, c = one * size, (one + 1) * size, (one + 2) * size
    return data[:a] + data[b:c] + data[a:b] + data[c:]
