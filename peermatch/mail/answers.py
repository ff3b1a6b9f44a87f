"""What a reply seems to answer, yes or no, by the writer's own words alone; it is a proposal, and a person confirms it.

Read are the first own lines: quoted letters and signatures are no answer. Where yes and no stand beside each other, or
a condition or a question does, nothing is guessed.
"""

import re

from peermatch.model.letter import Letter
from peermatch.model.mail import Answer, Says

_READ = 600
_SHOWN = 160
_GREETING = re.compile(
    r"(?i)\A\s*(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b[^\n]{0,60}(?:\n|,|\Z)\s*)"
)
_THANKS = re.compile(
    r"(?i)\A\s*(?:many )?(?:thanks|thank you)\b[^.!\n]{0,120}?(?:[.!\n]|\s[-–—]\s|,\s(?=yes\b|no\b|i\b)|\Z)\s*"
)
# Words that look like a no, or like a yes, and are none.
_NEITHER = re.compile(
    r"(?i)\bno (?:problem|worries|trouble|bother|doubt|hurry|rush|need to (?:thank|apologi[sz]e))\b"
    r"|\b(?:can(?:not|['’]?t) wait|not a problem|not at all|why not)\b"
    r"|\b(?:would(?: not|n['’]?t)|do(?: not|n['’]?t)) mind\b|\bsorry (?:for|about) (?:the|my|being|not)\b"
    r"[^.!\n]{0,60}"
)
_FINE = re.compile(
    r"(?i)\b(?:no problem|no worries|not a problem|why not|can(?:not|['’]?t) wait"
    r"|(?:would(?: not|n['’]?t)|do(?: not|n['’]?t)) mind)\b"
)
_DENIED = re.compile(r"(?i)\b(?:not|never|neither|nor|hardly)\b|n['’]t\b")
_YES = re.compile(
    r"(?i)\b(?:yes|yep|yeah|yup|sure|certainly|absolutely|definitely|of course|by all means|gladly|with pleasure"
    r"|(?:i(?:['’]m| am|['’]d be| would be| will be)|(?:very|more than|quite)?) ?(?:very |more than |quite )?"
    r"(?:happy|glad|pleased|delighted|willing) to|i (?:can|could) (?:do|help|talk|speak|take)|count me in|i agree"
    r"|please (?:do|go ahead)|go ahead|sounds (?:good|great)|i(?:['’]d| would) (?:love|like) (?:to|that)|i accept)\b"
)
_NO = re.compile(
    r"(?i)\b(?:no|nope|not (?:this time|now|at the moment|at present|able|available|possible|comfortable|really)"
    r"|can(?:not|['’]?t)|couldn['’]?t|unable|won['’]?t|would(?: not|n['’]?t)|will not|don['’]?t|do not|decline"
    r"|unfortunately|regret|afraid|too busy|rather not|pass on this|sorry"
    r"|stop (?:asking|writing|contacting|messaging|e-?mailing|sending)|(?:take|leave|count) (?:me|my name) (?:off|out)"
    r"|remove (?:me|my)|unsubscribe|step(?:ping)? down)\b"
)
_OPEN = re.compile(
    r"(?i)\?|\b(?:not sure|unsure|maybe|perhaps|possibly|might|depends?|it depend|if|unless|but|however|although"
    r"|except|only if|let me (?:think|check)|need to (?:think|check)|think about it|first|before (?:i|we)|later"
    r"|in (?:a few|two|three) (?:days|weeks)|get back to you)\b"
)

_NO_FIRST = re.compile(
    r"(?i)\s*(?:no|nope|sorry|unfortunately|i['’]?m (?:sorry|afraid)|i am (?:sorry|afraid))\b"
)
_DOUBT = re.compile(r"(?i)\?|\b(?:not sure|maybe|perhaps|might|depends?)\b")


def answer_in(letter: Letter) -> Answer:
    """What the writer seems to say, with the words that it rests on."""
    own = _opening(letter.own_text)
    if not own:
        return Answer(Says.UNCLEAR)
    bare = _NEITHER.sub(" ", own)
    yes = bool(_YES.search(bare) or _FINE.search(own))
    open_ = bool(_OPEN.search(bare))
    no = bool(_NO.search(bare) or (yes and _DENIED.search(bare)))
    says = Says.UNCLEAR
    if yes != no and not open_:
        says = Says.YES if yes else Says.NO
    elif no and open_ and not yes and _plain_no(bare):
        says = Says.NO
    return Answer(says, _shown(own))


def _plain_no(words: str) -> bool:
    """A no that gives its reason or offers another time is a no for this time all the same."""
    first = re.split(r"[.!?\n]", words.strip(), maxsplit=1)[0]
    return bool(_NO_FIRST.match(first)) and not _DOUBT.search(words)


def _opening(own: str) -> str:
    """The first own words, without the greeting and the thanks that stand before an answer."""
    text = own.strip()[:_READ]
    for polite in (_GREETING, _THANKS):
        rest = polite.sub("", text, count=1)
        text = rest if rest.strip() else text
    return text.strip()


def _shown(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + " …"
