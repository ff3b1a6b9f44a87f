"""A moment later: once for each start, and nothing is kept of an owner that went first."""

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.ui.soon import soon


class Page(QObject):
    """Something that has to look again a moment later."""

    def __init__(self) -> None:
        super().__init__()
        self.looked = 0
        self.later = soon(self, self.look)

    @Slot()
    def look(self) -> None:
        self.looked += 1


def test_it_comes_once_for_each_time_that_it_is_begun(qapp: QApplication) -> None:
    page = Page()
    page.later.start()
    page.later.start()
    assert page.looked == 0
    QTest.qWait(1)
    QTest.qWait(1)
    assert page.looked == 1
    page.later.start()
    QTest.qWait(1)
    assert page.looked == 2


def test_nothing_is_kept_of_an_owner_that_goes_first(qapp: QApplication) -> None:
    page = Page()
    held = weakref.ref(page)
    page.later.start()
    page.deleteLater()
    del page
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.qWait(1)
    gc.collect()
    assert held() is None
