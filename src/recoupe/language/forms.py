"""Which forms do regular words have? Of verbs by the ending of their infinitive, of adjectives by what agreement adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def regular_forms(lemma: str, endings: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The forms of a regular verb, `endings` by the ending of the infinitive.

    >>> list(regular_forms("annoncer", {"er": ("ait", "e")}))
    ['annonçait', 'annonce']
    """
    for infinitive, others in endings.items():
        if lemma.endswith(infinitive):
            stem = lemma[: -len(infinitive)]
            yield from (_spelled(stem, ending) for ending in others)


def _spelled(stem: str, ending: str) -> str:
    """French spelling before an ending: "annonçait", "exigeait", "confère"."""
    if ending[0] in "aoâ":
        if stem.endswith("c"):
            return stem[:-1] + "ç" + ending
        if stem.endswith("g"):
            return stem + "e" + ending
    if ending in ("e", "es", "ent"):
        if stem.endswith("el"):
            return stem + "l" + ending
        if "é" in stem[-4:]:
            head, _, tail = stem.rpartition("é")
            return head + "è" + tail + ending if tail and not set(tail) & set("aeiouy") else stem + ending
        if stem.endswith(("ay", "oy", "uy")):
            return stem[:-1] + "i" + ending
    return stem + ending


def without_agreement(word: str, agreement: Iterable[str]) -> Iterator[str]:
    """A word as it stands, then without each ending that agreement may have added.

    >>> list(without_agreement("présumées", ("s", "es")))
    ['présumées', 'présumée', 'présumé']
    """
    yield word
    for ending in agreement:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)]
