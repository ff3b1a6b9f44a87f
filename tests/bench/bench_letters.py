"""Reading a letter: the program's rules and a plain pattern of all names, on the letters of the tests."""

from collections.abc import Callable, Sequence

import pytest

from peermatch.model.letter import Letter
from tests.bench.engines import PROGRAM
from tests.bench.phrases import Phrases
from tests.bench.timing import Benchmark, take
from tests.matching.letter_cases import SUGGESTER, labelled
from tests.matching.real_reference import REAL


def rules(letter: Letter) -> Sequence[str]:
    """The topics that the program proposes."""
    return [each.characteristic for each in SUGGESTER.propose(letter).topics]


READERS: dict[str, Callable[[Letter], Sequence[str]]] = {
    PROGRAM: rules,
    "one pattern of all names": Phrases(REAL.vocabulary),
}


@pytest.mark.parametrize("name", READERS)
def test_reading(benchmark: Benchmark, name: str) -> None:
    """Both see the same letters; how much of what is needed they find is noted beside the time."""
    read, letters = READERS[name], [*labelled("dev"), *labelled("own")]
    needed = found = shown = 0
    for each in letters:
        topics, wanted = read(each.letter), set(each.listed("needed"))
        needed, found, shown = needed + len(wanted), found + len(wanted & set(topics)), shown + len(topics)
    notes = {"recall": found / needed, "shown": shown / len(letters), "letters": len(letters)}
    take(
        benchmark,
        read,
        [(each.letter,) for each in letters],
        3 * len(letters),
        group="letters",
        engine=name,
        **notes,
    )
    assert needed
