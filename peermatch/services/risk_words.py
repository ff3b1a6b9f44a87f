"""What was noticed in a letter that may need help today, in words for whoever reads it."""

from peermatch.model.enquiry import Enquiry, RiskKind
from peermatch.words import tr

RISK_WORDS = {
    RiskKind.SUICIDALITY: tr("thoughts of not wanting to live"),
    RiskKind.DOMESTIC_ABUSE: tr("may not be safe at home"),
    RiskKind.SEXUAL_MISCONDUCT: tr("sexual misconduct"),
    RiskKind.CHILD: tr("a child may be at risk"),
    RiskKind.DANGER: tr("somebody may be in danger"),
    RiskKind.UNCLEAR_DISCLOSURE: tr("something that is hinted at"),
}


def risk_words(enquiry: Enquiry) -> str:
    """What was noticed, each kind once."""
    return ", ".join(dict.fromkeys(RISK_WORDS[risk.kind] for risk in enquiry.risk))
