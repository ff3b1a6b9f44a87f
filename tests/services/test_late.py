"""A thing that is made when it is first asked for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from peermatch.services.late import Late


def test_it_is_made_once_and_not_before_it_is_asked_for() -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return made

    late = Late(make)
    assert [late.made, *made] == [None]
    assert late() is late()
    assert late.made is made
    assert made == [1]


def test_two_threads_that_come_at_once_are_given_the_same_one() -> None:
    both = Barrier(2)

    def make() -> object:
        both.wait(10)
        return object()

    late = Late(make)
    with ThreadPoolExecutor(2) as hands:
        first, second = hands.submit(late), hands.submit(late)
        assert first.result() is second.result()
