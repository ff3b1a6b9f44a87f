"""Languages by the names that people in England call them; what is stored and exchanged is the tag (BCP 47)."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)
# The first name is shown; the others are found as well. Tags are those of ISO 639 in their shortest form.
_TABLE = """
af Afrikaans; ak Akan, Twi; am Amharic; ar Arabic; as Assamese; az Azerbaijani, Azeri; bal Balochi; be Belarusian
bem Bemba; ber Berber, Tamazight; bfi British Sign Language, BSL; bg Bulgarian; bn Bengali, Bangla; bo Tibetan
bs Bosnian; ca Catalan; ceb Cebuano; ckb Central Kurdish, Sorani; cs Czech; cy Welsh, Cymraeg; da Danish; de German
dv Dhivehi, Maldivian; el Greek; en English; es Spanish; et Estonian; eu Basque; fa Persian, Farsi; prs Dari
ff Fula; fi Finnish; fil Filipino; fr French; ga Irish, Gaelic; gd Scottish Gaelic; gl Galician; gu Gujarati
ha Hausa; he Hebrew; hi Hindi; hr Croatian; ht Haitian Creole; hu Hungarian; hy Armenian; id Indonesian
ig Igbo; is Icelandic; isg Irish Sign Language, ISL; it Italian; ja Japanese; jv Javanese; ka Georgian; kk Kazakh
km Khmer, Cambodian; kn Kannada; ko Korean; kok Konkani; kri Krio; ks Kashmiri; ku Kurdish
kmr Northern Kurdish, Kurmanji; kw Cornish; ky Kyrgyz; la Latin
lb Luxembourgish; lg Luganda, Ganda; ln Lingala; lo Lao; lt Lithuanian; luo Luo
lv Latvian; mg Malagasy; mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese
ne Nepali; nl Dutch, Flemish; no Norwegian; ny Chichewa, Nyanja; om Oromo; or Odia, Oriya; pa Punjabi, Panjabi
pcm Nigerian Pidgin; pl Polish; pnb Western Punjabi; ps Pashto, Pushto; pt Portuguese; ro Romanian, Moldovan
rom Romani; ru Russian; rw Kinyarwanda; sd Sindhi; si Sinhala, Sinhalese; sk Slovak; skr Saraiki; sl Slovenian
sn Shona; so Somali; sq Albanian; sr Serbian; st Sesotho; sv Swedish; sw Swahili, Kiswahili; syl Sylheti; ta Tamil
te Telugu; tg Tajik; th Thai; ti Tigrinya; tk Turkmen; tl Tagalog; tn Setswana, Tswana; tr Turkish; ts Tsonga
ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese; wo Wolof; xh Xhosa; yi Yiddish; yo Yoruba; yue Cantonese
zh Chinese, Mandarin; zu Zulu
"""


def _read(table: str) -> Mapping[str, tuple[str, ...]]:
    """Each tag with its names."""
    lines = (each.strip().split(" ", 1) for each in table.replace("\n", ";").split(";") if each.strip())
    return MappingProxyType({tag: tuple(name.strip() for name in names.split(",")) for tag, names in lines})


LANGUAGES = _read(_TABLE)
"""What each language is called: by its tag, the name that is shown first."""
_BY_NAME = {name.casefold(): tag for tag, names in LANGUAGES.items() for name in names}


def language_name(tag: str) -> str:
    """What a language is called: ``Welsh`` for cy, ``Portuguese (BR)`` for pt-BR; a tag of no known one as it is."""
    base, _, rest = tag.partition("-")
    names = LANGUAGES.get(base.casefold())
    if names is None:
        return tag
    return f"{names[0]} ({rest.upper() if len(rest) == 2 else rest})" if rest else names[0]


def language_tag(typed: str) -> str | None:
    """The tag of a language that somebody wrote by its name or by its tag; None for no language."""
    low = " ".join(typed.split()).casefold()
    if low in _BY_NAME:
        return _BY_NAME[low]
    return low if _TAG.fullmatch(low) else None
