"""What stands in the editors of a form, as plain values, and the way back into the editors."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from peermatch.ui.screens.picking import Picked
from peermatch.ui.screens.relations import RelationLine, Relations
from peermatch.ui.widgets.fields import Choice

Values = dict[str, Any]


def values_of(editors: Mapping[str, object]) -> Values:
    """The value of every editor by its name; what is no editor is passed over."""
    found = {name: _value(editor) for name, editor in editors.items()}
    return {name: value for name, value in found.items() if value is not None}


def fill(editors: Mapping[str, object], values: Values) -> None:
    """Put values into the editors as if they had been typed; a name that is not known any more is passed over."""
    for name, value in values.items():
        _put(editors.get(name), value)


def _value(editor: object) -> Any:
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, Choice):
        return editor.current()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, Picked):
        return {"keys": list(editor.keys()), "typed": editor.finder.line.text()}
    if isinstance(editor, Relations):
        return [values_of(_parts(line)) for line in editor.lines]
    return None


def _put(editor: object, value: Any) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(value)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(value)
    elif isinstance(editor, Choice):
        if editor.findData(value) >= 0:
            editor.set_current(value)
    elif isinstance(editor, QCheckBox):
        editor.setChecked(value)
    elif isinstance(editor, Picked):
        editor.set_keys(value["keys"])
        editor.finder.line.setText(value["typed"])
    elif isinstance(editor, Relations):
        _put_relations(editor, value)


def _put_relations(editor: Relations, lines: list[Values]) -> None:
    """Each line as it was written, also one that is no relation yet."""
    for line in list(editor.lines):
        line.gone.emit()
    for values in lines:
        editor.add.click()
        fill(_parts(editor.lines[-1]), values)


def _parts(line: RelationLine) -> dict[str, object]:
    return {"to": line.to, "kind": line.kind, "from": line.start, "until": line.until}
