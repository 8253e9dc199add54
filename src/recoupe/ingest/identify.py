"""Which language is an article in? Judged on its longest lines, because legends and buttons of a page are often in another one.

Method: naive Bayes over byte n-grams (Lui and Baldwin 2012), by py3langid.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from recoupe.errors import InputError
from recoupe.language.pack import LANGUAGES, PackHead, load_table
from recoupe.model import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 3_000  # characters that are judged
_LINE = 1_500  # characters of one line that are judged
_SURELY_OTHER = 0.02  # share of all languages that the packs' must have together, for the article to be in one of them
_ENOUGH = 20  # letters; fewer say nothing about a language that has no pack
_NAMES: dict[str, Language] = {
    "fr": "fr", "fra": "fr", "fre": "fr", "french": "fr", "français": "fr", "francais": "fr", "en": "en", "eng": "en", "english": "en", "anglais": "en",
}  # fmt: skip


def declared_language(declared: str, where: str) -> Language:
    """The pack of a declared language; raises InputError where there is none.

    >>> declared_language("fr-CA", "a.html")
    'fr'
    """
    found = _NAMES.get(declared.strip().casefold().replace("_", "-").split("-")[0])
    if found is None:
        raise InputError(_no_pack(where, f"is declared to be in {declared!r}"))
    return found


def identify(text: str, where: str, *, hint: str | None = None) -> Language:
    """The language of a text; raises InputError when it is surely in one that has no pack.

    `hint` is a weak declaration (a page's `lang`), which decides only where the words don't.

    >>> identify("Les blindés ont quitté la base dans la nuit.", "a.txt")
    'fr'
    """
    sample = _longest_lines(text)
    shares = dict(_identifier().rank(sample))
    packs = {language: shares.get(language, 0.0) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: packs[language])
    letters = sum(map(str.isalpha, sample[:200]))
    if sum(packs.values()) < _SURELY_OTHER and letters >= _ENOUGH:
        raise InputError(_no_pack(where, f"seems to be in {max(shares, key=lambda name: shares[name])!r}"))
    hinted = _NAMES.get((hint or "").casefold().split("-")[0])
    if hinted and packs[best] < 0.5:
        return hinted
    return best


def in_other_language(line: str, language: Language) -> bool:
    """Whether a line is surely in another language than the article's.

    >>> in_other_language("Government soldiers walk past a burnt tank on the road to the airport.", "fr")
    True
    """
    if sum(map(str.isalpha, line)) < 2 * _ENOUGH:
        return False
    best, *others = _identifier().rank(line[:_LINE])
    return bool(best[0] != language and dict(others).get(language, 0.0) < _SURELY_OTHER * best[1])


def _longest_lines(text: str) -> str:
    lines = sorted(text.splitlines(), key=len, reverse=True)
    sample = ""
    for line in lines:
        if len(sample) >= _SAMPLE:
            break
        sample += line.strip()[:_LINE] + "\n"
    return sample


def _no_pack(where: str, what: str) -> str:
    names = ", ".join(f"{load_table(language, 'pack', PackHead).name} ({language})" for language in LANGUAGES)
    return f"{where} {what}, and there is no language pack for it: the languages are {names}; declare one of them if this is wrong"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import LanguageIdentifier  # its model takes a second to load, so only who identifies waits for it

    return LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
