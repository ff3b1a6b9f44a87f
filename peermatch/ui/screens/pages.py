"""The pages of the screens for consent and settings: what they are called is known without the screens themselves."""

from peermatch.words import tr

DIRECTORY, DIRECTORY_TITLE = "directory", tr("Directory page")
FORM_PLACE = "form"
"""The page of the supporters on which a volunteer form is taken in."""
PEOPLE, CAMPAIGN, WORDINGS = "people", "campaign", "wordings"
OF_CONSENT = (
    (PEOPLE, tr("Who must be asked")),
    (CAMPAIGN, tr("Campaign")),
    (WORDINGS, tr("Wordings")),
    (DIRECTORY, DIRECTORY_TITLE),
)
RANKING, KEYS, BACKUPS, LOCKING, LOOK = "ranking", "keys", "backups", "locking", "look"
TERMS, ORGANISATIONS, MAIL = "terms", "organisations", "mail"
OF_SETTINGS = [
    (RANKING, tr("Ranking")),
    (TERMS, tr("Your own terms")),
    (ORGANISATIONS, tr("Organisations")),
    (KEYS, tr("Who can open it")),
    (BACKUPS, tr("Backups")),
    (MAIL, tr("E-mail")),
    (LOCKING, tr("Locking")),
    (LOOK, tr("Look")),
]
