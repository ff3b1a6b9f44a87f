"""What the system asks in windows of its own: a folder, a place for a file, a printer; tests answer instead."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from peermatch.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QFileDialog


def _dialog() -> "type[QFileDialog]":
    """The system's own window; its class is a large one that the first page does without."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog


def ask_folder(parent: QWidget, start: Path) -> Path | None:
    """A folder that a person picked, or nothing."""
    chosen = _dialog().getExistingDirectory(parent, tr("Open a network"), str(start))
    return Path(chosen) if chosen else None


def ask_place(parent: QWidget, offered: Path) -> Path | None:
    """Where a new file may go, or nothing."""
    chosen, _ = _dialog().getSaveFileName(parent, tr("Save"), str(offered))
    return Path(chosen) if chosen else None


def ask_backup(parent: QWidget, start: Path) -> Path | None:
    """A backup that a person picked, or nothing."""
    chosen, _ = _dialog().getOpenFileName(parent, tr("Open a backup"), str(start), tr("Backups (*.pmbackup)"))
    return Path(chosen) if chosen else None


def ask_file(parent: QWidget) -> Path | None:
    """A file that a person picked, or nothing."""
    chosen, _ = _dialog().getOpenFileName(parent, tr("Attach a file"), "", tr("All files (*)"))
    return Path(chosen) if chosen else None


def ask_form(parent: QWidget) -> Path | None:
    """A file with the answers of a volunteer form that a person picked, or nothing."""
    kinds = tr("Answers of a form (*.xlsx *.csv *.zip)")
    chosen, _ = _dialog().getOpenFileName(parent, tr("Take in a form"), "", kinds)
    return Path(chosen) if chosen else None


def ask_second_place(parent: QWidget, start: Path) -> Path | None:
    """A folder for backups that a person picked, or nothing."""
    chosen = _dialog().getExistingDirectory(parent, tr("Put backups here too"), str(start))
    return Path(chosen) if chosen else None


def ask_report_folder(parent: QWidget, start: Path) -> Path | None:
    """A folder for the files of a report that a person picked, or nothing."""
    chosen = _dialog().getExistingDirectory(parent, tr("Save the report here"), str(start))
    return Path(chosen) if chosen else None


def print_page(parent: QWidget, page: "QTextDocument") -> bool:
    """Put a page on a printer of the person's choice; whether they did."""
    from peermatch.ui.printing import ask_printer, put_on_paper

    printer = ask_printer(parent)
    if printer is None:
        return False
    put_on_paper(printer, page)
    return True


@dataclass(frozen=True, slots=True)
class Choosers:
    """The questions that only the system's own windows can ask."""

    folder: Callable[[QWidget, Path], Path | None] = ask_folder
    place: Callable[[QWidget, Path], Path | None] = ask_place
    printed: Callable[[QWidget, "QTextDocument"], bool] = print_page
    backup: Callable[[QWidget, Path], Path | None] = ask_backup
    file: Callable[[QWidget], Path | None] = ask_file
    form: Callable[[QWidget], Path | None] = ask_form
    second_place: Callable[[QWidget, Path], Path | None] = ask_second_place
    report: Callable[[QWidget, Path], Path | None] = ask_report_folder
