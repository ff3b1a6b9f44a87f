"""Letters: the writer's own words, and the words that led to a topic."""

from peermatch.model.letter import Letter, Part, PartKind, Passage, Proposal, Scope, Topic

TEXT = "Hello,\n> you wrote\nI failed.\n-- \nRobin"


def letter(*parts: Part) -> Letter:
    return Letter(None, None, "", None, None, TEXT, parts)


def part(kind: PartKind, words: str) -> Part:
    start = TEXT.index(words)
    return Part(kind, start, start + len(words))


def test_own_words_leave_out_quoted_text_and_signature() -> None:
    read = letter(
        part(PartKind.OWN, "Hello,"),
        part(PartKind.QUOTED, "> you wrote"),
        part(PartKind.OWN, "I failed."),
        part(PartKind.SIGNATURE, "-- \nRobin"),
    )
    assert read.own_text == "Hello,\nI failed."


def test_a_letter_may_hold_no_words_of_its_own() -> None:
    assert letter(part(PartKind.QUOTED, "> you wrote")).own_text == ""
    assert letter().own_text == ""


def test_the_words_of_a_topic_stand_once_and_in_order() -> None:
    topic = Topic("neuro.adhd", 0.9, (Passage(9, 13, "ADHD"), Passage(0, 3, "add"), Passage(20, 24, "ADHD")))
    assert topic.words == ("ADHD", "add")


def test_a_proposal_chooses_nothing() -> None:
    empty = Proposal(Scope.IN_SCOPE)
    assert (empty.topics, empty.risk, empty.exclude_people, empty.contact) == ((), (), (), None)
    assert empty.for_somebody_else is False


def test_the_words_of_the_format() -> None:
    assert [s.value for s in Scope] == [
        "in-scope",
        "spam",
        "out-of-scope",
        "other-workstream",
        "volunteer-offer",
    ]
