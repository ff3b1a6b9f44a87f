"""The words of a network by number, as packed columns name them (see `model.packed`)."""

from collections.abc import Iterable
from json import dumps, loads


class Words:
    """The words of a network by code; it only grows, and code 0 is no word at all."""

    __slots__ = ("_bundles", "_codes", "_texts")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = ["", *texts]
        self._codes = {text: code for code, text in enumerate(self._texts) if code}
        self._bundles: dict[tuple[str | None, ...], int] = {}

    def __len__(self) -> int:
        return len(self._texts) - 1

    def copy(self) -> "Words":
        """The same words in a table that grows on its own."""
        return Words(self._texts[1:])

    def after(self, code: int) -> tuple[str, ...]:
        """The words added since a code was the last one, in order, for a store that keeps them."""
        return tuple(self._texts[code + 1 :])

    def text(self, code: int) -> str:
        """The word of a code."""
        return self._texts[code]

    def known(self, text: str | None) -> int:
        """The code of a word, 0 where it was never met."""
        return 0 if text is None else self._codes.get(text, 0)

    def code(self, text: str | None) -> int:
        """The code of a word, a new one where it was never met; 0 for None."""
        if text is None:
            return 0
        known = self._codes.get(text)
        if known is None:
            known = len(self._texts)
            self._texts.append(text)
            self._codes[text] = known
        return known

    def bundle(self, items: tuple[str | None, ...]) -> int:
        """The code of several words together, in their order; 0 for none."""
        if not items:
            return 0
        known = self._bundles.get(items)
        if known is None:
            known = self._bundles[items] = self.code(dumps(items, ensure_ascii=True))
        return known

    def unbundle(self, code: int) -> tuple[str | None, ...]:
        """The words that were put together under a code."""
        items: tuple[str | None, ...] = tuple(loads(self._texts[code])) if code else ()
        return items
