"""How a writer wants to be reached: by which way, and which sentences say what is safe."""

from peermatch.matching.suggesting.cues import Cues, strings
from peermatch.matching.suggesting.patterns import Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.model.people import Channel


class Reaching:
    """Finds the wished way of contact and the sentences about safe contact."""

    def __init__(self, cues: Cues) -> None:
        data = cues.tables["stated"]
        ways = ((text, way) for way in Channel for text in strings(data, "contact", way.value))
        self._ways = Phrases(ways, cues.language, loose=True)
        safe = strings(data, "safe_contact", "sentences")
        self._safe = Phrases(((text, True) for text in safe), cues.language, loose=True)

    def way(self, reading: Reading) -> Channel | None:
        """The way that was named most often; e-mail when both were, since it disturbs least."""
        named = [each.meaning for each in self._ways.find(reading.words)]
        email, phone = named.count(Channel.EMAIL), named.count(Channel.PHONE)
        if email == phone == 0:
            return None
        return Channel.EMAIL if email >= phone else Channel.PHONE

    def safely(self, reading: Reading) -> str | None:
        """The sentences that say how to reach the writer, word for word."""
        sentences = sorted({reading.words[each.first].sentence for each in self._safe.find(reading.words)})
        return "\n".join(reading.sentence_text(number) for number in sentences) or None
