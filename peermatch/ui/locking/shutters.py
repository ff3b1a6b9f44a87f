"""What stands over or beside the window: dialogs, lists, tips and pictures in memory go before the pages do."""

from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def close_all_over(window: QWidget) -> None:
    """Close everything but the window itself.

    A dialog that waits for an answer is a child of the page and lives on the stack of who asked: taken away from
    the page first, it ends its waiting and is not deleted twice.
    """
    QToolTip.hideText()
    for dialog in _dialogs(window):
        dialog.reject()
        dialog.setParent(None)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()
    QPixmapCache.clear()


def _dialogs(window: QWidget) -> tuple[QDialog, ...]:
    """Those that are open, the last one first."""
    tops = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
    found = {*window.findChildren(QDialog), *(each for each in tops if each.isVisible())}
    return tuple(sorted(found, key=_depth, reverse=True))


def _depth(widget: QWidget) -> int:
    above, depth = widget.parentWidget(), 0
    while above is not None:
        above, depth = above.parentWidget(), depth + 1
    return depth
