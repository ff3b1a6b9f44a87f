"""What people agree to, in words for whoever reads of it."""

from peermatch.model.consent import Purpose
from peermatch.words import tr

PURPOSE_WORDS = {
    Purpose.HOLD: tr("keep their record"),
    Purpose.MATCH: tr("match on it"),
    Purpose.SHARE: tr("name it on a card"),
    Purpose.LIST: tr("publish it in the list"),
    Purpose.COUNT: tr("count it in statistics"),
    Purpose.CONTACT_EMAIL: tr("give their e-mail address"),
    Purpose.CONTACT_PHONE: tr("give their phone number"),
    Purpose.CONTACT_NAME: tr("give their surname"),
    Purpose.CONTACT_ROLE: tr("give grade, specialty and county"),
    Purpose.CONTACT_ORGANISATION: tr("give organisation and town"),
}
