"""Where a network may not lie, what is no network, and who may read what is written."""

import os
from pathlib import Path

import pytest

from tests.faults.day import Stage
from tests.faults.program import Ask
from tests.faults.scene import Scene


@pytest.mark.parametrize("name", ["OneDrive - NHS", "Dropbox (Personal)", "iCloud Drive", "Google Drive"])
def test_no_network_is_made_or_opened_where_a_service_copies_it(stage: Stage, name: str) -> None:
    scene = stage.put_back(stage.start.place)
    copied = scene.place / name
    copied.mkdir()
    there = scene.network.rename(copied / scene.network.name)
    before = sorted(copied.rglob("*"))
    for words in (["info"], ["create"], ["restore", str(scene.backup), "--yes"]):
        target = there if words == ["info"] else copied / "new.peermatch"
        secret = "--passphrase-file" if words == ["create"] else "--recovery-key-file"
        ended = stage.program.run(
            Ask([[*words, "--network", str(target), secret, str(scene.place / "paper")]])
        )
        assert ended.codes == (6,), ended.err
        assert name.partition(" ")[0] in ended.err or "iCloud" in ended.err
    assert sorted(copied.rglob("*")) == before


def test_what_is_no_folder_is_no_network(stage: Stage) -> None:
    scene = stage.put_back(stage.start.place)
    made: dict[str, Path] = {
        name: scene.place / name for name in ("file", "empty", "ring", "nowhere", "pipes")
    }
    made["file"].write_bytes(b"x" * 9000)
    made["empty"].mkdir()
    made["ring"].symlink_to(made["ring"])
    made["pipes"].mkdir()
    for name in ("store.keys", "store.keys.bak", "store-000001.db"):
        os.mkfifo(made["pipes"] / name)
    made |= {"device": Path("/dev/null"), "endless": Path("/dev/zero")}
    for name, path in made.items():
        words = ["info", "--network", str(path), "--recovery-key-file", str(scene.place / "paper")]
        ended = stage.program.run(Ask([words]))
        assert not ended.hung, name
        assert ended.clear, (name, ended.err)
        assert ended.codes in ((5,), (6,)), (name, ended.err)
    assert sorted(made["empty"].iterdir()) == []


def test_a_link_to_a_network_is_that_network(stage: Stage) -> None:
    scene = stage.put_back(stage.start.place)
    link = scene.place / "link.peermatch"
    link.symlink_to(scene.network)
    ended = stage.program.run(
        Ask(
            [
                [
                    "ask",
                    "E-0142",
                    "S-0001",
                    "--network",
                    str(link),
                    "--recovery-key-file",
                    str(scene.place / "paper"),
                ]
            ]
        )
    )
    assert ended.codes == (0,), ended.err
    assert '"S-0001"' in stage.looked().holds


@pytest.mark.parametrize("mask", [0, 0o022])
def test_all_that_is_written_is_for_its_owner_alone_whatever_the_mask(stage: Stage, mask: int) -> None:
    scene = stage.put_back(stage.start.place)
    (scene.place / "phrase").write_text("three quiet herons walk home\n", "utf-8")
    new = Scene(scene.place, scene.recovery).place / "new.peermatch"
    create = ["create", "--network", str(new), "--passphrase-file", str(scene.place / "phrase")]
    acts = [create, *(scene.acts()[name] for name in ("import", "ask", "backup", "export", "rotate"))]
    ended = stage.program.run(Ask(acts, umask=mask))
    assert ended.codes == (0,) * len(acts), ended.err
    written = [new, *new.rglob("*"), scene.network, *scene.network.rglob("*")]
    written += [scene.place / "new.pmbackup", scene.place / "all.json"]
    open_to_others = [str(path) for path in written if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert len(written) > 12
