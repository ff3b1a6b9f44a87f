"""The computer stops while an older network is brought up: what was there stands whole until the new one counts."""

import json
import subprocess
import sys
from pathlib import Path

from peermatch.store import contents, schema
from peermatch.store.network import Store
from tests.networks import clock
from tests.upgrades.killing_upgrade import PLACES
from tests.upgrades.older import kept

ROOT = Path(__file__).resolve().parents[2]
OLDEST = 2


def test_a_kill_leaves_the_old_network_or_the_new_one_whole(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.upgrades.killing_upgrade", str(OLDEST), str(tmp_path)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    outcomes = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [each["place"] for each in outcomes] == [f"{name} {times}" for name, times in PLACES]
    assert all(each["killed"] for each in outcomes)
    assert all(len(each["backups"]) == 1 for each in outcomes), "a copy lies there before anything is begun"
    *before, named = outcomes
    assert [(each["whole"], each["named"]) for each in before] == [(True, "store-000001.db")] * len(before)
    assert named["named"] == "store-000002.db"
    for each in (named,):
        store = Store.open(Path(each["folder"]), kept(OLDEST).secret, clock)
        assert (store.damage(), store.facts().schema) == ((), schema.HEAD)
        with store.read() as tx:
            assert len(contents.whole(tx).supporters) == 3
        left = sorted(path.name for path in Path(each["folder"]).glob("store-*.db"))
        assert left == ["store-000002.db"]
        store.lock()
