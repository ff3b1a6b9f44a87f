"""The lists that a network keeps for itself, together: its own terms, and organisations."""

from peermatch.services.desk import Desk
from peermatch.services.organisations import OwnOrganisations
from peermatch.services.terms import Terms


class OwnLists:
    """What the lead keeps beside the lists that ship with the program."""

    def __init__(self, desk: Desk) -> None:
        self.terms, self.organisations = Terms(desk), OwnOrganisations(desk)
