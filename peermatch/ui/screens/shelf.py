"""The screens of an open network, each built when somebody first goes there: the window stands sooner."""

from collections.abc import Callable, Iterator, Mapping

from peermatch.ui.screen import Screen


class ScreenShelf(Mapping[str, Screen]):
    """To look a screen up is to build it; ``built`` holds those that stand already.

    ``opened`` is told of each new screen before anybody else has it.
    """

    def __init__(
        self, makers: Mapping[str, Callable[[], Screen]], opened: Callable[[str, Screen], None]
    ) -> None:
        self._makers, self._opened = makers, opened
        self._built: dict[str, Screen] = {}
        self._awaiting: dict[str, Callable[[Screen], None]] = {}

    @property
    def built(self) -> Mapping[str, Screen]:
        """The screens that somebody has been to, in the order of their first visit."""
        return self._built

    def when_built(self, key: str, work: Callable[[Screen], None]) -> None:
        """Do it to a screen: now where it stands, else once somebody goes there."""
        if key in self._built:
            work(self._built[key])
        else:
            self._awaiting[key] = work

    def __getitem__(self, key: str) -> Screen:
        """The screen, built now if it has never been shown."""
        if key not in self._built:
            screen = self._makers[key]()
            self._built[key] = screen
            self._opened(key, screen)
            if key in self._awaiting:
                self._awaiting.pop(key)(screen)
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a screen; nothing is built by asking."""
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        """The keys in the order of the navigation."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many there are, built or not."""
        return len(self._makers)
