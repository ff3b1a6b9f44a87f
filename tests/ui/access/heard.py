"""What a screen reader meets in a window: every visible part of the accessibility tree, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)

from peermatch.ui.widgets.chip import Chip, ChipButton
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.handle import Handle

Role = QAccessible.Role
LEAST_TARGET = 24
FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
ROLES: tuple[tuple[type[QWidget], frozenset[Role]], ...] = (
    (QRadioButton, frozenset({Role.RadioButton})),
    (QCheckBox, frozenset({Role.CheckBox})),
    (QAbstractButton, frozenset({Role.Button, Role.ButtonMenu, Role.Link})),
    (QComboBox, frozenset({Role.ComboBox})),
    (QLineEdit, frozenset({Role.EditableText})),
    (QPlainTextEdit, frozenset({Role.EditableText})),
    (QTextEdit, frozenset({Role.EditableText, Role.StaticText})),
    (QTableView, frozenset({Role.Table, Role.Tree})),
    (QListView, frozenset({Role.List})),
    (QAbstractSpinBox, frozenset({Role.SpinBox})),
    (QAbstractSlider, frozenset({Role.Slider, Role.ScrollBar})),
    (QScrollArea, frozenset({Role.Pane, Role.Client, Role.Grouping, Role.ScrollBar, Role.Border})),
    (QLabel, frozenset({Role.StaticText, Role.Graphic})),
    (Handle, frozenset({Role.Grip})),
)
"""What each kind of control must be called by a screen reader; the first kind that fits decides."""
ROLES_WITHOUT_KIND = frozenset({Role.Chart, Role.Graphic, Role.Grouping, Role.List, Role.Button, Role.Table})
"""What a control that Qt does not know may be: a plain pane that takes the keyboard says nothing of itself."""
KEYS = re.compile(r"\s*\([^()]*\)$")
"""The keys at the end of a tooltip."""
MARKUP = re.compile(r"<[a-z/][^>]*>|&[a-z]+;|&&|&\w")


@dataclass(frozen=True, slots=True)
class Heard:
    """One widget as it is told: what it is, what it is called, what is said of it besides."""

    widget: QWidget
    role: Role
    name: str
    description: str
    state: QAccessible.State

    def __str__(self) -> str:
        return f"{type(self.widget).__name__} {self.name!r}"

    @property
    def takes_tab(self) -> bool:
        """Whether the keyboard comes here."""
        tab = self.widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(tab) and self.widget.isEnabled() and self.widget.focusProxy() is None

    @property
    def control(self) -> bool:
        """Whether it can be pressed, written into or walked through, now or under other conditions."""
        return isinstance(self.widget, (QAbstractButton, *FIELDS)) or self.takes_tab


def heard(top: QWidget) -> list[Heard]:
    """Every visible widget below ``top`` in the order in which a screen reader walks through them."""
    interface = QAccessible.queryAccessibleInterface(top)
    assert interface is not None, f"{type(top).__name__} is not in the tree"
    return list(_below(interface))


def _below(interface: QAccessibleInterface) -> Iterator[Heard]:
    widget = interface.object()
    state = interface.state()
    if not isinstance(widget, QWidget) or state.invisible:
        return
    name = interface.text(QAccessible.Text.Name)
    description = interface.text(QAccessible.Text.Description)
    yield Heard(widget, interface.role(), name, description, state)
    if isinstance(widget, QTableView | QListView):
        return
    for number in range(interface.childCount()):
        child: QAccessibleInterface | None = interface.child(number)
        if child is not None and child.object() is not widget:
            yield from _below(child)


def faults(top: QWidget) -> list[str]:
    """Everything that somebody who cannot see the screen, or cannot use a mouse, would miss below ``top``."""
    told = heard(top)
    found = [f"{fault}: {each}" for each in told if (fault := fault_of(each))]
    found += [f"not in the tree: {type(part).__name__}" for part in unheard(top, told)]
    return found + twice(told)


def fault_of(each: Heard) -> str:
    """The first thing that is wrong with one part; empty if nothing is."""
    checks = (
        nameless,
        marked_up,
        repeated,
        wrong_role,
        wrong_state,
        otherwise_named,
        small,
        unexplained,
        unlabelled,
        rows,
        colour_alone,
    )
    return next((fault for check in checks if (fault := check(each))), "")


def nameless(each: Heard) -> str:
    """A control, and a picture that takes the keyboard, must be called something."""
    return "no name" if each.control and not each.name.strip() else ""


def marked_up(each: Heard) -> str:
    """Markup and marks for keys are not words."""
    return "markup is read out" if each.control and MARKUP.search(each.name) else ""


def repeated(each: Heard) -> str:
    """What is said of it besides is something else: a name that is read out twice takes twice as long."""
    said = KEYS.sub("", each.description).strip(" .…").casefold()
    name = each.name.strip(" .…").casefold()
    if not (each.control and name):
        return ""
    if isinstance(each.widget, FIELDS) and name == group_of(each.widget).strip(" .…").casefold():
        return "its name is that of the part in which it stands"
    return f"its name is told again in {each.description!r}" if said == name else ""


def wrong_role(each: Heard) -> str:
    """Somebody must be told how it can be used."""
    if not each.control:
        return ""
    fitting = next((roles for kind, roles in ROLES if isinstance(each.widget, kind)), ROLES_WITHOUT_KIND)
    return "" if each.role in fitting else f"told as {each.role.name}"


def wrong_state(each: Heard) -> str:
    """Ticked, barred and read-only are told as they are."""
    widget, state = each.widget, each.state
    if bool(state.disabled) is widget.isEnabled():
        return "told as usable" if not widget.isEnabled() else "told as barred"
    if isinstance(widget, QAbstractButton) and bool(state.checked) is not widget.isChecked():
        return "its tick is told wrong"
    if isinstance(widget, QLineEdit) and bool(state.readOnly) is not widget.isReadOnly():
        return "told as one can write there, or as one cannot"
    if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password:
        return "" if state.passwordEdit else "a secret is told as a plain field"
    return ""


def otherwise_named(each: Heard) -> str:
    """Who speaks to the computer says what stands on a button: its name must have these words."""
    words = each.widget.text() if isinstance(each.widget, QAbstractButton) else ""
    shown = words.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
    spoken = shown.removesuffix("…").strip()
    return "" if spoken.casefold() in each.name.casefold() else f"shows {shown!r}"


def small(each: Heard) -> str:
    """A hand that trembles must hit it as well; a line between panes may be thin: Settings say the width too."""
    if not each.control or isinstance(each.widget, QLabel | Handle):
        return ""
    size = each.widget.size()
    return "too small" if min(size.width(), size.height()) < LEAST_TARGET else ""


def unexplained(each: Heard) -> str:
    """What cannot be pressed says why."""
    barred = isinstance(each.widget, QAbstractButton) and not each.widget.isEnabled()
    return "barred without a reason" if barred and not each.description.strip() else ""


def unlabelled(each: Heard) -> str:
    """What stands above a field belongs to it."""
    holder = each.widget.parentWidget()
    if not isinstance(holder, InlineField) or holder.editor is not each.widget:
        return ""
    interface = QAccessible.queryAccessibleInterface(each.widget)
    labels = [
        other.text(QAccessible.Text.Name)
        for other, kind in interface.relations(QAccessible.RelationFlag.Label)
    ]
    return "" if labels else "no label belongs to it"


def rows(each: Heard) -> str:
    """Lists and tables tell what stands in each row, and tables in which column."""
    view = each.widget
    if not isinstance(view, QTableView | QListView):
        return ""
    interface = QAccessible.queryAccessibleInterface(view)
    model = view.model()
    told: list[QAccessibleInterface | None] = [interface.child(n) for n in range(interface.childCount())]
    cells = [cell for cell in told if cell is not None and cell.role() in (Role.Cell, Role.ListItem)]
    heads = [cell for cell in told if cell is not None and cell.role() is Role.ColumnHeader]
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    if len(cells) != model.rowCount() * columns:
        return f"{len(cells)} cells are told of {model.rowCount()} rows"
    if isinstance(view, QTableView) and len(heads) != columns:
        return f"{len(heads)} headings are told of {columns} columns"
    if [head for head in heads if not head.text(QAccessible.Text.Name).strip()]:
        return "a heading says nothing"
    dumb = [
        cell for cell in cells if isinstance(view, QListView) and not cell.text(QAccessible.Text.Name).strip()
    ]
    return f"{len(dumb)} rows say nothing" if dumb else ""


def unheard(top: QWidget, told: list[Heard]) -> list[QWidget]:
    """Visible controls that are not in the tree at all."""
    known = {id(each.widget) for each in told}
    kinds = (QAbstractButton, *FIELDS, QTableView, QListView)
    shown = [part for part in top.findChildren(QWidget) if part.isVisible() and isinstance(part, kinds)]
    return [part for part in shown if id(part) not in known and not _inside_field(part)]


def _inside_field(part: QWidget) -> bool:
    """Qt's own parts of a field, and what belongs to a list that is told as a whole."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, (*FIELDS, QTableView, QListView)):
            return True
        above = above.parentWidget()
    return False


def colour_alone(each: Heard) -> str:
    """A chip says in words what its colour means."""
    chip = isinstance(each.widget, Chip | ChipButton)
    return "only a colour" if chip and not each.name.strip() else ""


def twice(told: list[Heard]) -> list[str]:
    """Controls that cannot be told apart: same kind, same name, nothing else said, under the same heading."""
    names = Counter(
        (each.role.name, each.name, each.description, group_of(each.widget)) for each in told if each.control
    )
    return [
        f"{count} times {role} {name!r} in {group!r}"
        for (role, name, _, group), count in names.items()
        if count > 1
    ]


def group_of(widget: QWidget) -> str:
    """The named part of the window in which it stands."""
    above = widget.parentWidget()
    while above is not None and not above.accessibleName():
        above = above.parentWidget()
    return above.accessibleName() if above is not None else ""
