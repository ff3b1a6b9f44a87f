"""A consent is withdrawn: safe on the disk, in the register, and out of the very next answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.consent import ConsentRecord, Purpose, ruling_record
from peermatch.model.enquiry import Enquiry, Importance, Need, Requester
from peermatch.model.people import Supporter
from peermatch.store import supporters
from peermatch.store.network import Store
from tests.bench.engines import Stand
from tests.bench.filing import Folder
from tests.bench.network import DAY
from tests.bench.timing import MIDDLE, Benchmark, take

ROUNDS = 20


def withdrawing(here: Stand) -> Iterator[tuple[Supporter, Supporter, Enquiry]]:
    """Somebody who is suggested for a topic, as they are and without that consent, and who asks for the topic."""
    by_id = {each.id: each for each in here.people.supporters}
    for topic in filter(here.reference.vocabulary.is_leaf, here.reference.vocabulary.terms):
        asked = Enquiry("E-1", DAY, Requester(), needs=(Need(topic, Importance.ESSENTIAL),))
        found = match(here.register, asked, DAY).suggested
        for each in found[:1]:
            before = by_id[each.supporter]
            record = ruling_record(before.consents, Purpose.MATCH, topic, DAY)
            if record is None:  # a wording that covers narrower terms speaks for it
                continue
            consents = tuple(replace(c, withdrawn=DAY) if c is record else c for c in before.consents)
            yield before, replace(before, consents=consents), asked


def test_register_changed(benchmark: Benchmark, stand: Callable[[int], Stand]) -> None:
    here = stand(MIDDLE)
    cases = list(withdrawing(here))[:ROUNDS]
    register = here.register

    def change(after: Supporter) -> Register:
        return register.replaced(supporters=(after,))

    for before, after, asked in cases:
        first, then = match(register, asked, DAY).suggested, match(change(after), asked, DAY).suggested
        assert before.id in [each.supporter for each in first[:1]]
        assert before.id not in [each.supporter for each in then]
    take(
        benchmark, change, [(after,) for _, after, _ in cases], ROUNDS * 5, group="change", engine="register"
    )


def test_next_answer(benchmark: Benchmark, stand: Callable[[int], Stand]) -> None:
    here = stand(MIDDLE)
    cases = [(here.register.replaced(supporters=(after,)), asked) for _, after, asked in withdrawing(here)][
        :ROUNDS
    ]
    for register, asked in cases:
        len(match(register, asked, DAY).suggested[:20])

    def ask(register: Register, asked: Enquiry) -> int:
        return len(match(register, asked, DAY).suggested[:20])

    take(benchmark, ask, cases, ROUNDS, group="change", engine="next answer")


def test_committed(benchmark: Benchmark, stand: Callable[[int], Stand], folder: Folder) -> None:
    """The whole command: rows, chunk, journal, and the disk has it."""
    store = folder.open(*folder.unlocked())
    try:
        store.packed(folder.reference.vocabulary)
        cases = [
            (store, each.id, record)
            for each in stand(MIDDLE).people.supporters[: ROUNDS * 4]
            for record in each.consents[:1]
            if record.withdrawn is None
        ]
        take(benchmark, withdraw, cases[:ROUNDS], ROUNDS, group="change", engine="command, committed")
        with store.read() as tx:
            assert supporters.get(tx, cases[0][1]).consents[0].withdrawn == DAY
    finally:
        store.lock()


def withdraw(store: Store, id: str, record: ConsentRecord) -> None:
    """The command, without the window around it."""
    with store.write("consent-withdraw", id) as tx:
        supporters.withdraw(tx, id, record, DAY)
