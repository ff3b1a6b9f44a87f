"""What a screen reader calls the parts that this program makes by itself, where Qt would say only "panel"."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@cache
def tell_roles() -> None:
    """Have Qt ask here first; once for the whole program, before the first window."""
    QAccessible.installFactory(_told)


def _told(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """The class says it, as in ``told_as = QAccessible.Role.Chart``: what is built late stays unbuilt."""
    role: QAccessible.Role | None = getattr(type(thing), "told_as", None)
    if role is not None and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, role)
    return None
