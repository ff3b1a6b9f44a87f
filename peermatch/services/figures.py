"""All that is done with numbers: looked at by the coordinator, shared under the small-number rule, put on a page."""

from peermatch.services.desk import Desk
from peermatch.services.directory import Directory
from peermatch.services.insight import Insights
from peermatch.services.publishing import Publishing


class Figures:
    """The doors to numbers; the second one leads out of the network, and so does the third, with those it names."""

    def __init__(self, desk: Desk) -> None:
        self.insights = Insights(desk)
        self.publishing = Publishing(desk)
        self.directory = Directory(desk)
