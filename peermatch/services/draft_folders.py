"""Where drafts lie for the person's own e-mail program: a folder of their owner alone, which does not stay."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from peermatch.errors import SystemRefused
from peermatch.store.oslock import try_lock
from peermatch.words import tr

STEM = "peermatch-draft-"
IN_USE = ".in-use"


class DraftFolder:
    """Made for the first draft, gone at the lock; what a killed process left goes at the next opening."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or Path(tempfile.gettempdir())
        self._folder: Path | None = None
        self._handle = -1
        self._sweep()

    def fresh(self) -> Path:
        """A new folder in it, for one hand-over: its draft may have any name."""
        try:
            if self._folder is None or not self._folder.is_dir():
                self.put_away()
                self._folder = Path(tempfile.mkdtemp(prefix=STEM, dir=self._place))
                self._handle = os.open(self._folder / IN_USE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                try_lock(self._handle)
            return Path(tempfile.mkdtemp(prefix="to-send-", dir=self._folder))
        except OSError as error:
            raise SystemRefused(
                tr("No draft could be made in {folder}.").format(folder=self._place),
                tr("Check that there is room there, or save the card into a folder of your own."),
            ) from error

    def drop(self, draft: Path) -> None:
        """One draft that no program took: it lies there for nobody."""
        if self._folder is not None and draft.parent.parent == self._folder:
            shutil.rmtree(draft.parent, ignore_errors=True)

    def put_away(self) -> None:
        """Remove all drafts; what another program holds open cannot be helped until the next start."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _sweep(self) -> None:
        """Remove what a process left that is no more; a folder that is in use, or another's, stays."""
        for each in self._place.glob(f"{STEM}*"):
            with suppress(OSError):
                if _ours(each) and _left(each / IN_USE):
                    shutil.rmtree(each, ignore_errors=True)


def _ours(folder: Path) -> bool:
    """A real folder of this person's own: a link would lead elsewhere."""
    found = folder.lstat()
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and folder.is_dir() and not folder.is_symlink()


def _left(mark: Path) -> bool:
    """Whether nobody holds it any more."""
    if not mark.exists():
        return True
    handle = os.open(mark, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        return try_lock(handle)
    finally:
        os.close(handle)
