"""What only a person can say about a form: what a word of its own means, and whether somebody is a namesake."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.form import FormMapping, FormPreview, Namesake, OpenWord
from peermatch.model.text import fold_name
from peermatch.services.form_people import LEAVE_OUT, NEW
from peermatch.services.form_twins import ROW
from peermatch.services.forms import Forms
from peermatch.ui.screens.finder import Finder
from peermatch.ui.screens.finding import Option
from peermatch.ui.screens.form_words import (
    ANOTHER,
    FIND_IT,
    LEAVE_IT_OUT,
    MEANINGS,
    MEANS_NOTHING,
    SAME_IN_FORM,
    SAME_NAME,
    SOMEBODY_NEW,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.fields import Choice, InlineField
from peermatch.words import tr

NOT_KEPT, LOOK = "-", "+"
MOST = 40
"""Of more open words than these the rest is asked when the first are answered."""


class WordQuestion(QWidget):
    """What one word means: what comes near, nothing, or anything of the list, to be found by typing."""

    answered = Signal()

    def __init__(self, theme: Theme, word: OpenWord, forms: Forms) -> None:
        super().__init__()
        self.word, self._forms = word, forms
        title = tr("What does “{said}” mean?").format(said=word.said[:80])
        near = [(id, forms.label(word.meaning, id)) for id in word.near]
        choices = [("", "choose"), *near, (LOOK, ANOTHER), (NOT_KEPT, MEANS_NOTHING)]
        self.choice = Choice(theme, choices, name=title)
        self.finder = Finder(theme, self._options, name=FIND_IT)
        self.finder.hide()
        hint = tr("Somebody wrote it under: {heading}.").format(heading=dict(MEANINGS)[word.meaning.value])
        column = Column(theme, self, spacing=6)
        column.addWidget(InlineField(theme, title, self.choice, hint=hint))
        column.addWidget(self.finder)
        self.choice.chosen.connect(self._choose)
        self.finder.picked.connect(self._find)
        self.finder.closed.connect(self._back)

    def current(self) -> str:
        """The id that it means; empty while that is open."""
        key = self.choice.current()
        return "" if key == LOOK else key

    def _options(self) -> Sequence[Option]:
        return [Option(id, label, also) for id, label, also in self._forms.choices(self.word.meaning)]

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key == LOOK:
            self.finder.open()
        else:
            self.finder.hide()
            self.answered.emit()

    @Slot(str)
    def _find(self, id: str) -> None:
        if self.choice.findData(id) < 0:
            self.choice.insertItem(1, self._forms.label(self.word.meaning, id), id)
        self.choice.set_current(id)
        self._back()
        self.answered.emit()

    @Slot()
    def _back(self) -> None:
        self.finder.hide()
        if self.choice.current() == LOOK:
            self.choice.set_current("")
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)


class FormQuestions(QWidget):
    """``answered`` comes when a person has said something; `mapping` adds it to how the form is read."""

    answered = Signal()

    def __init__(self, theme: Theme, forms: Forms) -> None:
        super().__init__()
        self._theme, self._forms = theme, forms
        self.words: dict[OpenWord, WordQuestion] = {}
        self.people: dict[Namesake, Choice] = {}
        self._fields: list[QWidget] = []
        self._body = Column(theme, self, spacing=14, margins=(0, 0, 0, 0))

    def ask(self, preview: FormPreview) -> None:
        """Ask what is open now; a question that still stands stays as it is, with what is being typed there."""
        words, people = preview.words[:MOST], preview.namesakes[:MOST]
        kept = {word: self.words[word] for word in words if word in self.words}
        for field in self._fields:
            if field not in kept.values():
                self._body.removeWidget(field)
                field.deleteLater()
        self._fields, self.words, self.people = [], {}, {}
        for word in words:
            self.words[word] = kept.get(word) or self._question(word)
            self._put(self.words[word])
        for person in people:
            self.people[person] = self._namesake(person)
        self.setVisible(bool(self._fields))

    def mapping(self, before: FormMapping) -> FormMapping:
        """How the form is to be read, with what was answered."""
        words = {
            (word.meaning, fold_name(word.said)): "" if asked.current() == NOT_KEPT else asked.current()
            for word, asked in self.words.items()
            if asked.current()
        }
        people = {each.key: choice.current() for each, choice in self.people.items() if choice.current()}
        return replace(before, words={**before.words, **words}, people={**before.people, **people})

    def _question(self, word: OpenWord) -> WordQuestion:
        question = WordQuestion(self._theme, word, self._forms)
        question.answered.connect(self.answered)
        return question

    def _namesake(self, person: Namesake) -> Choice:
        title = tr("Who is {name}?").format(name=self._theme.cover.shown(person.name))
        held = [(id, tr("{id}, who is on record").format(id=id)) for id in person.supporters]
        same = [(f"{ROW}{row}", tr("the same person as row {row}").format(row=row)) for row in person.rows]
        choices = [("", "choose"), *held, *same, (NEW, SOMEBODY_NEW), (LEAVE_OUT, LEAVE_IT_OUT)]
        choice = Choice(self._theme, choices, name=title)
        choice.chosen.connect(self._say)
        hint = SAME_IN_FORM if person.rows else SAME_NAME
        self._put(InlineField(self._theme, title, choice, hint=hint))
        return choice

    def _put(self, field: QWidget) -> None:
        self._body.addWidget(field)
        self._fields.append(field)

    @Slot()
    def _say(self) -> None:
        self.answered.emit()
