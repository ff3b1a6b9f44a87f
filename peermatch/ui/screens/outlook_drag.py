"""What Outlook hands over when letters are dragged or copied: a list of names, and the contents of each as a stream.

Windows calls them FileGroupDescriptorW and FileContents; Qt passes both on under names of its own. Classic Outlook has
the contents in a form that Qt does not read: then only the names come, and that is said.
https://learn.microsoft.com/en-us/windows/win32/shell/clipboard#cfstr_filedescriptor
"""

import struct

from PySide6.QtCore import QMimeData

from peermatch.words import tr

NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
MOST = 500
SAVE_FIRST = tr(
    "Drag the e-mail from Outlook to the desktop first and drop that file here, or copy its words and paste them."
)
_ENTRY, _NAME_AT, _NAME_LENGTH = 592, 72, 520


def names_in(listed: bytes) -> tuple[str, ...]:
    """The names in a FILEGROUPDESCRIPTORW; a list that is cut short gives those that are whole."""
    if len(listed) < 4:
        return ()
    count = min(struct.unpack_from("<I", listed)[0], MOST, (len(listed) - 4) // _ENTRY)
    starts = (4 + number * _ENTRY + _NAME_AT for number in range(count))
    raw = (listed[start : start + _NAME_LENGTH] for start in starts)
    return tuple(each.decode("utf-16-le", "replace").split("\0")[0] for each in raw)


def comes_from_outlook(mime: QMimeData) -> bool:
    """Whether it is such a list; nothing of it is fetched."""
    return mime.hasFormat(NAMES)


def dragged(mime: QMimeData) -> tuple[tuple[str, bytes], ...]:
    """Each letter by its name with its bytes, which are empty where they were not handed over."""
    names = names_in(bytes(mime.data(NAMES).data()))
    found = []
    for number, name in enumerate(names):
        body = bytes(mime.data(f"{CONTENTS};index={number}").data())
        if not body and len(names) == 1:
            body = bytes(mime.data(CONTENTS).data())
        found.append((name, body))
    return tuple(found)
