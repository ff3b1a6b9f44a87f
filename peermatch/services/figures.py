"""All that is done with numbers: looked at by the coordinator, and shared under the small-number rule."""

from peermatch.services.desk import Desk
from peermatch.services.insight import Insights
from peermatch.services.publishing import Publishing


class Figures:
    """The two doors to numbers; only the second one leads out of the network."""

    def __init__(self, desk: Desk) -> None:
        self.insights = Insights(desk)
        self.publishing = Publishing(desk)
