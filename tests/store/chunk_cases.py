"""What the tests of the packed columns share: a network, and what is kept of it compared with its rows."""

from pathlib import Path

from peermatch.model.consent import ConsentRecord, ConsentRules
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.packed import Packer, layout, origin
from peermatch.model.people import Supporter
from peermatch.model.record_bytes import Body, decode
from peermatch.store import introductions, settings, supporters
from peermatch.store.chunks import Packed
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.matching.small_reference import SMALL
from tests.networks import DAY, PASSPHRASE, clock

VOCABULARY = SMALL.vocabulary
ASKED = Introduction("E-0142", "S-0001", State.ASKED, DAY)


def unlock(place: Path) -> Store:
    return Store.open(place, PassphraseSecret(PASSPHRASE), clock)


def made(place: Path, network: Network) -> Path:
    Store.create(place, network, PASSPHRASE, clock, cost=LEAST).store.lock()
    return place


def kept(store: Store) -> Packed:
    """What is kept; it is not made anew, and says to the byte what packing the rows says."""
    assert store._chunks is not None
    with store.read() as tx:
        found = store._chunks.load(tx)
        people = {person.id: person for person in supporters.every(tx)}
        steps = {id: [i for i in introductions.every(tx) if i.supporter == id] for id in people}
        wordings = settings.wordings(tx) or ()
    assert found is not None, "the chunks do not belong to the rows"
    words = found.words.copy()
    packer = Packer(ConsentRules({w.id: w for w in wordings}, VOCABULARY.broader_terms), words)
    ids = [layout(chunk).ids for chunk in found.chunks]
    assert found.chunks == tuple(packer.pack([people[id] for id in each], steps) for each in ids)
    assert words.after(len(found.words)) == (), "a word is missing"
    assert sorted(id for each in ids for id in each) == sorted(people)
    assert found.origin == origin(wordings, VOCABULARY)
    if store._connection.execute("SELECT 1 FROM record_origin").fetchone():
        assert kept_records(store) == tuple(people.values())
    assert store.damage() == ()
    return found


def kept_records(store: Store) -> tuple[Supporter, ...]:
    """Everybody as their packed records say; they are not made anew."""
    assert store._chunks is not None
    with store.read() as tx:
        bodies = store._chunks.records.load(tx)
    assert bodies is not None, "the records do not belong to the rows"
    return tuple(decode(each) for body in bodies for each in Body.of(body).records())


def people_in(packed: Packed) -> list[int]:
    return [layout(chunk).counts["people"] for chunk in packed.chunks]


def give(store: Store, supporter: str, record: ConsentRecord) -> None:
    with store.write("consent-give", supporter) as tx:
        supporters.add_consent(tx, supporter, record)
