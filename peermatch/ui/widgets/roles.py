"""What a screen reader calls the parts that this program makes by itself, where Qt would say only "panel"."""

from functools import cache
from typing import ClassVar, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@runtime_checkable
class Told(Protocol):
    """A widget whose class says what it is: ``told_as = QAccessible.Role.Chart``."""

    told_as: ClassVar[QAccessible.Role]


@cache
def tell_roles() -> None:
    """Have Qt ask here first; once for the whole program, before the first window."""
    QAccessible.installFactory(_told)


def _told(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, QWidget) and isinstance(thing, Told):
        return QAccessibleWidget(thing, thing.told_as)
    return None
