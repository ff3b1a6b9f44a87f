"""What only a person can say about a form: what a word of its own means, and whether somebody is a namesake."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.form import FormMapping, FormPreview, Meaning, Namesake, OpenWord
from peermatch.model.text import fold_name
from peermatch.services.forms import LEAVE_OUT, NEW
from peermatch.ui.screens.form_words import LEAVE_IT_OUT, MEANINGS, MEANS_NOTHING, SOMEBODY_NEW
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.fields import Choice, InlineField
from peermatch.words import tr

NOT_KEPT = "-"
MOST = 40
"""Of more open words than these the rest is asked when the first are answered."""
Label = Callable[[Meaning, str], str]


class FormQuestions(QWidget):
    """``answered`` comes when a person has said something; `mapping` adds it to how the form is read."""

    answered = Signal()

    def __init__(self, theme: Theme, label: Label) -> None:
        super().__init__()
        self._theme, self._label = theme, label
        self._words: dict[OpenWord, Choice] = {}
        self._people: dict[Namesake, Choice] = {}
        self._fields: list[QWidget] = []
        self._body = Column(theme, self, spacing=14, margins=(0, 0, 0, 0))

    def ask(self, preview: FormPreview) -> None:
        """Ask what is open now."""
        for field in self._fields:
            self._body.removeWidget(field)
            field.deleteLater()
        self._fields, self._words, self._people = [], {}, {}
        for word in preview.words[:MOST]:
            near = [(id, self._label(word.meaning, id)) for id in word.near]
            choices = [("", "choose"), *near, (NOT_KEPT, MEANS_NOTHING)]
            hint = tr("Somebody wrote it under: {dict}.").format(dict=dict(MEANINGS)[word.meaning.value])
            self._words[word] = self._add(
                tr("What does “{said}” mean?").format(said=word.said[:80]), choices, hint
            )
        for person in preview.namesakes[:MOST]:
            held = [(id, tr("{id}, who is on record").format(id=id)) for id in person.supporters]
            choices = [("", "choose"), *held, (NEW, SOMEBODY_NEW), (LEAVE_OUT, LEAVE_IT_OUT)]
            self._people[person] = self._add(
                tr("Who is {name}?").format(name=person.name), choices, tr("The same name is on record.")
            )
        self.setVisible(bool(self._fields))

    def mapping(self, before: FormMapping) -> FormMapping:
        """How the form is to be read, with what was answered."""
        words = {
            (word.meaning, fold_name(word.said)): "" if choice.current() == NOT_KEPT else choice.current()
            for word, choice in self._words.items()
            if choice.current()
        }
        people = {each.key: choice.current() for each, choice in self._people.items() if choice.current()}
        return replace(before, words={**before.words, **words}, people={**before.people, **people})

    def _add(self, title: str, choices: list[tuple[str, str]], hint: str) -> Choice:
        choice = Choice(self._theme, choices, name=title)
        choice.chosen.connect(self._say)
        field = InlineField(self._theme, title, choice, hint=hint)
        self._body.addWidget(field)
        self._fields.append(field)
        return choice

    @Slot()
    def _say(self) -> None:
        self.answered.emit()
