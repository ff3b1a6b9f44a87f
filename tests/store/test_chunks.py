"""The packed columns say what the rows say, after every kind of change and in the same transaction."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from peermatch.errors import Refused
from peermatch.model.consent import Purpose, Wording
from peermatch.model.introduction import Step
from peermatch.model.packed import CHUNK, layout
from peermatch.store import introductions, journal, settings, supporters
from peermatch.store.chunks import Packed
from peermatch.store.mapping import supporter_columns
from peermatch.store.network import Store
from peermatch.store.tables import IntroductionRow, SupporterRow
from tests.networks import ADHD, AMINA, DAY, NETWORK, yes
from tests.store.chunk_cases import ASKED, VOCABULARY, give, kept, made, people_in, unlock
from tests.strategies import WORDINGS

ROOT = Path(__file__).resolve().parents[2]
CROWD = tuple(replace(AMINA, id=f"S-{number:04d}") for number in range(1, 2 * CHUNK + 11))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("small") / "s.peermatch", NETWORK)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("large") / "l.peermatch", replace(NETWORK, supporters=CROWD))


@pytest.fixture
def place(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / small.name))


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = unlock(place)
    opened.packed(VOCABULARY)
    opened.records(VOCABULARY)
    yield opened
    opened.lock()


@pytest.fixture
def crowded(large: Path, tmp_path: Path) -> Iterator[Store]:
    opened = unlock(Path(shutil.copytree(large, tmp_path / large.name)))
    opened.packed(VOCABULARY)
    opened.records(VOCABULARY)
    yield opened
    opened.lock()


def times_asked(packed: Packed) -> int:
    return sum(layout(chunk).counts["asked"] for chunk in packed.chunks)


def test_they_are_made_at_first_need_and_read_from_then_on(place: Path) -> None:
    store = unlock(place)
    first = store.packed(VOCABULARY)
    assert kept(store).chunks == first.chunks
    store.lock()
    store = unlock(place)
    again = store.packed(VOCABULARY)
    assert (again.chunks, again.words.after(0)) == (first.chunks, first.words.after(0))
    assert kept(store).chunks == first.chunks
    store.lock()


def test_a_network_of_nobody_has_no_chunk(tmp_path: Path) -> None:
    store = unlock(made(tmp_path / "n.peermatch", replace(NETWORK, supporters=())))
    assert store.packed(VOCABULARY).chunks == ()
    assert kept(store).chunks == ()
    with store.write("add", "S-0001") as tx:
        supporters.add(tx, AMINA)
    assert people_in(kept(store)) == [1]
    store.lock()


def test_each_kind_of_change_is_in_the_chunks(store: Store) -> None:
    before = kept(store)
    give(store, "S-0003", yes(Purpose.MATCH, "neuro.autism"))
    given = kept(store)
    assert given.chunks != before.chunks
    with store.write("consent-withdraw", "S-0003") as tx:
        supporters.withdraw(tx, "S-0003", yes(Purpose.MATCH, "neuro.autism"), DAY)
    withdrawn = kept(store)
    assert withdrawn.chunks not in (given.chunks, before.chunks)
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, specialty="a word never met"))
    changed = kept(store)
    assert changed.words.after(len(withdrawn.words)) == ("a word never met",)
    with store.write("add", "S-0004") as added:
        supporters.add(added, replace(AMINA, id="S-0004", consents=()))
    assert people_in(kept(store)) == [4]
    store.undo(added.seq or 0)
    assert people_in(kept(store)) == [3]
    store.undo(tx.seq or 0)
    assert kept(store).chunks == withdrawn.chunks


def test_each_step_between_two_people_is_in_the_chunks(store: Store) -> None:
    before = kept(store)
    with store.write("ask", "E-0142 S-0001") as asked:
        introductions.add(asked, ASKED)
    assert times_asked(kept(store)) == 1
    with store.write("decline", "E-0142 S-0001") as tx:
        introductions.change(tx, ASKED.after(Step.DECLINE, DAY))
    declined = kept(store)
    with store.write("accept", "E-0142 S-0001") as tx:
        introductions.change(tx, ASKED)
    assert kept(store).chunks != declined.chunks
    store.undo(tx.seq or 0)
    assert kept(store).chunks == declined.chunks
    with store.write("moved") as moved:
        moved.session.scalars(select(IntroductionRow)).one().supporter = "S-0002"
    assert times_asked(kept(store)) == 1
    with store.write("gone") as gone:
        gone.session.delete(gone.session.scalars(select(IntroductionRow)).one())
    assert kept(store).chunks == before.chunks


def test_only_the_chunk_of_whoever_changed_is_written(crowded: Store) -> None:
    before = kept(crowded)
    assert people_in(before) == [CHUNK, CHUNK, 10]
    give(crowded, "S-0300", yes(Purpose.MATCH, ADHD, DAY))
    after = kept(crowded)
    same = [one == other for one, other in zip(before.chunks, after.chunks, strict=True)]
    assert same == [True, False, True]


def test_many_changes_in_one_step_cross_chunks(crowded: Store) -> None:
    with crowded.write("import") as tx:
        for person in CROWD[200:300]:
            supporters.change(tx, replace(person, capacity=7))
        for number in range(1000, 1300):
            supporters.add(tx, replace(AMINA, id=f"S-{number}", consents=()))
    assert people_in(kept(crowded)) == [CHUNK, CHUNK, CHUNK, 2 * CHUNK + 310 - 3 * CHUNK]
    crowded.undo(tx.seq or 0)
    assert people_in(kept(crowded)) == [CHUNK, CHUNK, 10]


def test_a_place_that_was_given_twice_is_no_trouble(crowded: Store) -> None:
    """Somebody added, taken back, somebody else added in that place, and the taking back taken back."""
    with crowded.write("add") as tx:
        for position in range(2 * CHUNK + 10, 3 * CHUNK - 1):
            tx.session.add(SupporterRow(**row_of(f"S-{position + 90}", position)))
    with crowded.write("add", "S-0990") as tx:
        supporters.add(tx, replace(AMINA, id="S-0990", consents=()))
    assert people_in(kept(crowded)) == [CHUNK] * 3
    with crowded.write("add", "S-0991") as tx:
        tx.session.add(SupporterRow(**row_of("S-0991", 767)))
    assert people_in(kept(crowded)) == [CHUNK, CHUNK, CHUNK, 1]
    crowded.undo(tx.seq or 0)
    assert people_in(kept(crowded)) == [CHUNK] * 3


def row_of(id: str, position: int) -> dict[str, Any]:
    return {"position": position, **supporter_columns(replace(AMINA, id=id, consents=()))}


def test_a_wording_that_covers_more_packs_everybody_anew(store: Store) -> None:
    give(store, "S-0003", replace(yes(Purpose.MATCH, "health"), wording="wide"))
    before = kept(store)
    with store.write("wording", "2027-1") as tx:
        settings.add_wording(tx, Wording("2027-1", "And no more."))
    assert kept(store).chunks == before.chunks
    with store.write("wording", "wide") as tx:
        settings.add_wording(tx, WORDINGS[1])
    wider = kept(store).origin
    assert wider != before.origin
    with pytest.raises(Refused, match="words that people may have been shown are kept"):
        store.undo(tx.seq or 0)
    assert kept(store).origin == wider


def test_a_failed_command_leaves_the_chunks_and_the_words_alone(store: Store) -> None:
    before = kept(store)

    def half_a_step(error: type[Exception]) -> None:
        with store.write("change", "S-0001") as tx:
            supporters.change(tx, replace(AMINA, grade="a word of a failed step"))
            tx.session.flush()
            raise error("no")

    for error in (Refused, KeyError):
        with pytest.raises(error):
            half_a_step(error)
    assert kept(store).chunks == before.chunks
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, grade="another word"))
    assert kept(store).words.after(len(before.words)) == ("another word",)


def test_a_command_that_fails_at_its_very_end_leaves_no_word_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(store)
    assert store._chunks is not None
    follow = store._chunks.follow

    def follow_and_fail(tx: object) -> None:
        follow(tx)  # type: ignore[arg-type]  # the transaction, as it came
        raise Refused("no")

    with monkeypatch.context() as patched:
        patched.setattr(store._chunks, "follow", follow_and_fail)
        with pytest.raises(Refused), store.write("change", "S-0001") as tx:
            supporters.change(tx, replace(AMINA, grade="lost", specialty="lost too"))
    assert kept(store).words.after(len(before.words)) == ()
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, grade="first", specialty="second"))
    assert set(kept(store).words.after(len(before.words))) == {"first", "second"}


def test_nothing_of_it_is_on_the_journal(store: Store) -> None:
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=4))
    assert tx.undoable
    with store.read() as reading:
        lines = journal.entries(reading)
        images = [image.table for line in lines for image in journal.images_of(reading, line.seq)]
    assert [line.action for line in lines] == ["change", "create"]
    assert images == ["supporter"]


def test_what_is_written_past_the_objects_is_noticed_too(store: Store) -> None:
    with store.write("tamper") as tx:
        tx.session.execute(text("UPDATE supporter SET capacity = 9"))
        tx.session.execute(text("UPDATE consent SET withdrawn = '2026-11-01' WHERE supporter = 'S-0002'"))
    kept(store)


DIES = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from dataclasses import replace
from peermatch.store import supporters
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.matching.small_reference import SMALL
from tests.networks import AMINA, PASSPHRASE, clock
store = Store.open(Path(sys.argv[1]), PassphraseSecret(PASSPHRASE), clock)
store.packed(SMALL.vocabulary)
if sys.argv[2] == "before":
    event.listen(store._engine, "commit", lambda _connection: os.kill(os.getpid(), signal.SIGKILL))
with store.write("change", "S-0001") as tx:
    supporters.change(tx, replace(AMINA, capacity=9, place="a word never met"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("moment", "capacity"), [("before", 2), ("after", 9)])
def test_killed_before_or_after_the_commit_rows_and_chunks_agree(
    place: Path, moment: str, capacity: int
) -> None:
    unlocked = unlock(place)
    before = unlocked.packed(VOCABULARY)
    unlocked.lock()
    ended = subprocess.run(
        [sys.executable, "-c", DIES, str(place), moment],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    store = unlock(place)
    store.packed(VOCABULARY)
    with store.read() as tx:
        assert supporters.get(tx, "S-0001").capacity == capacity
    assert (kept(store).chunks == before.chunks) == (moment == "before")
    store.lock()


def test_words_only_grow(store: Store) -> None:
    before = kept(store).words.after(0)
    for grade in ("one", "two", "one"):
        with store.write("change", "S-0001") as tx:
            supporters.change(tx, replace(AMINA, grade=grade))
    assert kept(store).words.after(0) == (*before, "one", "two")
