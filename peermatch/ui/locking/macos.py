"""Sleep, session lock, screen saver and change of user on macOS, as its two notification centres tell them."""

import ctypes
import ctypes.util
from typing import Any

from PySide6.QtCore import QObject

from peermatch.ui.locking.signals import SAVER, SESSION, SLEEP, SWITCHED, SystemSignals

# https://developer.apple.com/documentation/appkit/nsworkspace and, for the first two, what macOS has sent to all
# programs since 10.7; they are not documented by Apple but relied on by every password manager.
EVERYWHERE = {"com.apple.screenIsLocked": SESSION, "com.apple.screensaver.didstart": SAVER}
WORKSPACE = {
    "NSWorkspaceWillSleepNotification": SLEEP,
    "NSWorkspaceSessionDidResignActiveNotification": SWITCHED,
}
REASONS = {**EVERYWHERE, **WORKSPACE}
SUSPENDED_TOO = 4
"""NSNotificationSuspensionBehaviorDeliverImmediately: a window in the background is told as well."""
METHOD = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacSignals(SystemSignals):
    """An object of the Objective-C runtime hears the notifications and hands their names over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runtime = Runtime()
        self._method = METHOD(self._told)
        self._observer = self._runtime.observer(self._method)
        shared = self._runtime.send(self._runtime.named("NSWorkspace"), "sharedWorkspace")
        self._workspace = self._runtime.send(shared, "notificationCenter")
        distributed = self._runtime.named("NSDistributedNotificationCenter")
        self._everywhere = self._runtime.send(distributed, "defaultCenter")
        for name in WORKSPACE:
            self._runtime.observe(self._workspace, self._observer, name)
        for name in EVERYWHERE:
            self._runtime.observe(self._everywhere, self._observer, name, SUSPENDED_TOO)

    def stop(self) -> None:
        """Listen no longer; the object goes after both centres have forgotten it."""
        if self._observer:
            for centre in (self._workspace, self._everywhere):
                self._runtime.send(centre, "removeObserver:", self._observer)
            self._runtime.send(self._observer, "release")
            self._observer = 0

    def heard(self, name: str) -> None:
        """One notification, on the GUI thread, where macOS delivers both kinds."""
        reason = REASONS.get(name, "")
        if reason:
            self.lock_wanted.emit(reason)

    def _told(self, _me: int, _selector: int, notification: int) -> None:
        self.heard(self._runtime.text(self._runtime.send(notification, "name")))


class Runtime:
    """The few calls of the Objective-C runtime that are needed, with the shape of each stated at the call."""

    def __init__(self) -> None:
        path = ctypes.util.find_library("objc")
        if path is None:
            raise OSError("the Objective-C runtime is a part of macOS")
        self._objc = ctypes.CDLL(path)
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._objc, name).restype = ctypes.c_void_p
        self._objc.objc_getClass.argtypes = self._objc.sel_registerName.argtypes = [ctypes.c_char_p]
        self._objc.objc_allocateClassPair.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
        self._objc.objc_registerClassPair.argtypes = [ctypes.c_void_p]
        self._objc.class_addMethod.argtypes = [ctypes.c_void_p, ctypes.c_void_p, METHOD, ctypes.c_char_p]
        self._objc.class_addMethod.restype = ctypes.c_bool

    def named(self, name: str) -> int:
        """A class by its name."""
        return int(self._objc.objc_getClass(name.encode()) or 0)

    def send(self, receiver: int, selector: str, *words: int, last: Any = None) -> int:
        """``[receiver selector: word ...]`` with objects as words; ``last`` is a number after them."""
        kinds: list[Any] = [ctypes.c_void_p] * (2 + len(words))
        values: list[Any] = [receiver, self._selector(selector), *words]
        if last is not None:
            kinds.append(ctypes.c_size_t)
            values.append(last)
        shape = ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds)
        return int(shape(("objc_msgSend", self._objc))(*values) or 0)

    def observer(self, method: Any) -> int:
        """An object of a new class whose one method is ``told:``."""
        made = self._objc.objc_allocateClassPair(self.named("NSObject"), b"PeerMatchLockObserver", 0)
        if made:
            self._objc.class_addMethod(made, self._selector("told:"), method, b"v@:@")
            self._objc.objc_registerClassPair(made)
        return self.send(self.send(self.named("PeerMatchLockObserver"), "alloc"), "init")

    def observe(self, centre: int, observer: int, name: str, suspension: int | None = None) -> None:
        """Hear one notification of a centre; the distributed one is told what to do in the background."""
        selector = "addObserver:selector:name:object:"
        if suspension is not None:
            selector += "suspensionBehavior:"
        words = (observer, self._selector("told:"), self.string(name), 0)
        self.send(centre, selector, *words, last=suspension)

    def text(self, string: int) -> str:
        """An NSString as text."""
        found = ctypes.cast(self.send(string, "UTF8String"), ctypes.c_char_p).value if string else None
        return found.decode() if found else ""

    def string(self, text: str) -> int:
        """A text as an NSString."""
        shape = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
        send = shape(("objc_msgSend", self._objc))
        return int(send(self.named("NSString"), self._selector("stringWithUTF8String:"), text.encode()) or 0)

    def _selector(self, name: str) -> int:
        return int(self._objc.sel_registerName(name.encode()) or 0)
