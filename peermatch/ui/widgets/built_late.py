"""A part whose inside is built when it is first needed: most panels of a record are never opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent

from peermatch.ui.widgets.tab_order import come_whole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Ground
else:
    Ground = object


class BuiltLate(Ground):
    """To be named before the widget that it is: ``class Form(BuiltLate, QWidget)``.

    ``_build`` makes what is within; it runs when the part is shown, or when somebody asks for anything that it makes.
    What is remembered from the start belongs into ``__init__``: hiding the part, or asking whether it is hidden,
    builds nothing.
    """

    _is_built = False

    @property
    def standing(self) -> bool:
        """Whether it is built."""
        return self._is_built

    def build(self) -> None:
        """Build it now, unless it stands; Tab comes to it where it is laid out."""
        if not self._is_built:
            self._is_built = True
            self._build()
            come_whole(self)

    def _build(self) -> None:
        """What a part does to make what is within it."""

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to it."""
        self.build()
        super().showEvent(event)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Called for what is not there yet; what is not there after all is an error as everywhere."""
            if name.startswith("__") or self._is_built:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            self.build()
            return getattr(self, name)


class BuiltInTime(BuiltLate):
    """The same for what stands in a column and is hidden most of the time: it is built before it has its place.

    A column asks nothing of what is hidden; a stack asks all its pages, and one that is not turned to needs no room.
    """

    def setVisible(self, on: bool) -> None:
        """It is to be seen: Qt lays it out with everything around it before it says that it is shown."""
        if on:
            self.build()
        super().setVisible(on)

    def sizeHint(self) -> QSize:
        """It is about to be laid out."""
        if not self.isHidden():
            self.build()
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """So it is when somebody asks for the least of it."""
        if not self.isHidden():
            self.build()
        return super().minimumSizeHint()
