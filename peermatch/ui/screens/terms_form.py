"""One of the network's own characteristics, written or changed: name, place, marks, and what it is near to."""

from collections.abc import Callable
from dataclasses import replace

from peermatch.model.characteristics import Term
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.finding import Option, topic_options
from peermatch.ui.screens.onboarding_forms import FieldForm
from peermatch.ui.screens.picking import Picked
from peermatch.ui.screens.supporter_fields import several, term_options
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, Tick
from peermatch.words import tr

NEAR = (("0.2", tr("a little")), ("0.5", tr("a good second choice")), ("0.8", tr("nearly the same")))
NEW, CHANGE = tr("A new term"), tr("Change a term")
BELONGS_HINT = tr("What it stands under. Whoever looks for that finds whoever has this.")
NEAR_HINT = tr("Whoever has this comes near to somebody who looks for one of these.")
SPECIAL = tr("About health, faith, ethnicity, sex life or orientation")
SPECIAL_NOTE = tr("The law protects it specially (UK GDPR article 9).")
SENSITIVE = tr("Extra sensitive")
SENSITIVE_NOTE = tr("It is never ticked for somebody together with others, and reports hide more of it.")
RENAME_NOTE = tr(
    "Another name or place changes nobody's consent: what people agreed to stays exactly as it was."
)


class TermForm(FieldForm):
    """``wanted`` brings a `Term`; of a new one the id is made when it is kept."""

    def __init__(self, theme: Theme, picture: Callable[[], Snapshot]) -> None:
        super().__init__(theme)
        self._picture = picture
        self._base: Term | None = None

    def _build(self) -> None:
        super()._build()
        theme = self._theme
        self.label = LineField(theme, name=tr("What people call it"))
        self.description = LineField(theme, name=tr("What it is, in a sentence"))
        self.broader = Picked(
            theme, self._places, self._name, name=tr("Search for what it belongs to"), single=True
        )
        self.synonyms = LineField(theme, name=tr("Other words for it"), placeholder=tr("divided by commas"))
        self.related = Picked(theme, self._terms, self._name, name=tr("Search for what it is near to"))
        self.near = Choice(theme, NEAR, name=tr("How near"))
        self.special = Tick(theme, SPECIAL, SPECIAL_NOTE)
        self.sensitive = Tick(theme, SENSITIVE, SENSITIVE_NOTE)
        self.lay_out(
            {
                "label": InlineField(theme, tr("What people call it"), self.label),
                "broader": InlineField(theme, tr("Belongs to"), self.broader, hint=BELONGS_HINT),
                "description": InlineField(theme, tr("What it is, in a sentence"), self.description),
                "synonyms": InlineField(theme, tr("Other words for it"), self.synonyms),
                "related": InlineField(theme, tr("Near to"), self.related, hint=NEAR_HINT),
                "near": InlineField(theme, tr("How near are those that you add now"), self.near),
                "special": InlineField(theme, tr("Marks"), self.special),
                "sensitive": InlineField(theme, "", self.sensitive),
            }
        )

    def open_for(self, term: Term, *, new: bool) -> None:
        """A blank one, or one as it is."""
        self._base = term
        self.label.set_value(term.label)
        self.description.set_value(term.description)
        self.broader.set_keys((term.broader,) if term.broader else ())
        self.synonyms.set_value(", ".join(term.synonyms))
        self.related.set_keys(tuple(id for id, _ in term.related))
        self.near.set_current("0.5")
        self.special.setChecked(term.special_category)
        self.sensitive.setChecked(term.extra_sensitive)
        self.begin(
            NEW if new else CHANGE, tr("Add it") if new else tr("Keep the change"), "" if new else RENAME_NOTE
        )

    @property
    def base(self) -> Term | None:
        """The one that is changed."""
        return self._base

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not kept."""
        return not self.isHidden() and self._base is not None and self.answer() != self._base

    def editors(self) -> dict[str, object]:
        """What it is written with."""
        return {
            "label": self.label,
            "description": self.description,
            "broader": self.broader,
            "synonyms": self.synonyms,
            "related": self.related,
            "near": self.near,
            "special": self.special,
            "sensitive": self.sensitive,
        }

    def answer(self) -> object:
        """What was written; relations that stood before keep their strength."""
        if self._base is None:
            return None
        before = dict(self._base.related)
        strength = float(self.near.current())
        near = self.related.keys()
        return replace(
            self._base,
            label=self.label.text(),
            description=self.description.text(),
            broader=next(iter(self.broader.keys()), ""),
            synonyms=several(self.synonyms.text()),
            related=tuple((id, before.get(id, strength)) for id in near),
            special_category=self.special.isChecked(),
            extra_sensitive=self.sensitive.isChecked(),
        )

    def _places(self) -> tuple[Option, ...]:
        own = self._base.id if self._base else ""
        known = self._picture().reference.vocabulary
        below = {own, *known.narrower(own)}
        return tuple(each for each in topic_options(known) if each.key not in below)

    def _terms(self) -> tuple[Option, ...]:
        own = self._base.id if self._base else ""
        return tuple(each for each in term_options(self._picture().reference) if each.key != own)

    def _name(self, id: str) -> str:
        return self._picture().reference.vocabulary.label(id)
