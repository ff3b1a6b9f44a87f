"""The press: data set as a tagged PDF (PDF/UA-1) or as one picture; what it says is never read as markup."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class NotSet(Exception):
    """The page could not be made: its layout is not there, or has no shape for a letter."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a page is made with: its layout, and the folder of its letters, so that any computer makes the same."""

    layout: Path
    fonts: Path

    def pdf(self, inputs: Mapping[str, str], moment: datetime | int) -> bytes:
        """The bytes of a PDF made at that moment (seconds since 1970 where it is a number)."""
        import typst  # loaded when the first page is wanted

        with _told():
            return typst.compile(
                self.layout,
                format="pdf",
                font_paths=[self.fonts],
                ignore_system_fonts=True,
                sys_inputs=dict(inputs),
                pdf_standards=["ua-1"],
                timestamp=moment,
            )

    def png(self, inputs: Mapping[str, str], ppi: int) -> bytes:
        """The bytes of one picture, with so many points to the inch."""
        import typst

        with _told():
            return typst.compile(
                self.layout,
                format="png",
                ppi=ppi,
                font_paths=[self.fonts],
                ignore_system_fonts=True,
                sys_inputs=dict(inputs),
            )


@contextmanager
def _told() -> Iterator[None]:
    import typst

    try:
        yield
    except (typst.TypstError, OSError) as error:
        raise NotSet(str(error)) from error
