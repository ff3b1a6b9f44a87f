"""What the command card may wish for beside the plain letter: a locked PDF, and a time to talk."""

from argparse import Namespace

from peermatch.cli import asking
from peermatch.errors import BadInput, WrongUse
from peermatch.model.card_wishes import CardWishes, Meeting
from peermatch.services.handing_out import Preview

STANDARD_INPUT = "-"


def card_wishes(arguments: Namespace, formats: tuple[str, ...]) -> CardWishes:
    """The wishes that the options say; what does not go together is said before anything is made."""
    file, at = arguments.pdf_passphrase_file, arguments.at
    if file is not None and "pdf" not in formats:
        raise WrongUse("A passphrase locks a PDF, and none is asked for.", "Add pdf to --format.")
    if ("ics" in formats) is not (at is not None):
        raise WrongUse(
            "A calendar entry needs its format and its time.", "Use --format with ics, and --at WHEN."
        )
    if file is not None and file == arguments.passphrase_file == STANDARD_INPUT:
        raise WrongUse("Both passphrases would come from standard input.", "Put one of them into a file.")
    return CardWishes(
        pdf="pdf" in formats,
        passphrase=_passphrase(file),
        meeting=Meeting(at.date(), at.time()) if at is not None else None,
    )


def _passphrase(file: str | None) -> str:
    """An empty file is never read as: leave it unlocked."""
    found = asking.secret_in(file) if file is not None else ""
    if file is not None and not found:
        raise BadInput("The file with the passphrase of the PDF is empty.", "Nothing was made.")
    return found


def locked_lines(preview: Preview) -> tuple[str, ...]:
    """How the words of a locked page travel, and what it does not lock."""
    if not preview.wishes.passphrase:
        return ()
    said = ["Tell the passphrase of the PDF by phone or in another way, never by e-mail."]
    open_ones = [file.format for file in preview.files if file.format not in {"pdf", "ics"}]
    if open_ones:
        said.append(f"The same details stand unlocked in: {', '.join(open_ones)}.")
    return tuple(said)
