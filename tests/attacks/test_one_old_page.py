"""Pages of yesterday put back one by one: found where they break something, and never yesterday's whole network."""

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


def test_one_old_page_never_reads_as_the_whole_old_network(saved: Saved) -> None:
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
        last = store.source().connection.execute("SELECT max(seq) FROM journal").fetchone()
        noticed += store.damage() != () or last != (3,)
        store.lock()
    file.write_bytes(b"".join(new))
    assert 0 < noticed < len(differing), "where all are noticed, say so in the register"
    file.write_bytes(b"".join([*new[:-1], old[0]]))
    with pytest.raises(Damaged):
        saved.open()
