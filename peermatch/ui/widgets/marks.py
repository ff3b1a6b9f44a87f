"""Marks that the style sheet chooses by."""

from PySide6.QtWidgets import QWidget


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property and dress the widget anew: Qt looks at its style sheet again only when it is asked."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
