"""Pages of yesterday put back one by one: each that says something else than the last step left is noticed."""

from dataclasses import replace

import pytest

from peermatch.errors import Damaged
from peermatch.store import supporters
from tests.networks import AMINA
from tests.store.saving import Saved

PAGE = 4096


def changed(saved: Saved, capacity: int) -> bytes:
    """One more step, and the file after it."""
    store = saved.open()
    with store.write("change", AMINA.id) as tx:
        supporters.change(tx, replace(AMINA, capacity=capacity))
    store.lock()
    return (saved.folder / "store-000001.db").read_bytes()


def pages(data: bytes) -> list[bytes]:
    return [data[start : start + PAGE] for start in range(0, len(data), PAGE)]


def test_one_old_page_is_noticed_by_check(saved: Saved) -> None:
    old, new = pages(changed(saved, 3)), pages(changed(saved, 4))
    file = saved.folder / "store-000001.db"
    differing = [place for place, page in enumerate(old) if page != new[place]]
    assert len(differing) > 3
    noticed = 0
    for place in differing:
        file.write_bytes(b"".join([*new[:place], old[place], *new[place + 1 :]]))
        try:
            store = saved.open()
        except Damaged:
            noticed += 1
            continue
        if store.damage():
            noticed += 1
        else:  # SQLite's own counters in the header may be yesterday's: no record and no line is
            assert store.source().connection.execute("SELECT max(seq) FROM journal").fetchone() == (3,)
            with store.read() as tx:
                assert supporters.get(tx, AMINA.id).capacity == 4
        store.lock()
    file.write_bytes(b"".join(new))
    assert noticed >= len(differing) - 1
    file.write_bytes(b"".join([*new[:-1], old[0]]))
    with pytest.raises(Damaged):
        saved.open()
