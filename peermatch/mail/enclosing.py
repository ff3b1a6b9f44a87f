"""Services that a person chose for one letter: a paragraph of their own before the greeting at its end."""

from collections.abc import Sequence

from peermatch.mail.wording import bullets

OFFERED = "These services may help as well:"


def with_services(text: str, lines: Sequence[str]) -> str:
    """The letter with these services, each on one line; without any it stays as it is."""
    if not lines:
        return text
    offered = f"{OFFERED}\n{bullets(lines)}"
    body, gap, farewell = text.rstrip("\n").rpartition("\n\n")
    return f"{body}{gap}{offered}\n\n{farewell}\n" if gap else f"{offered}\n\n{farewell}\n"
