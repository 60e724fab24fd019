"""What a clause is about: the few terms of it that carry its meaning."""

import re
from collections import Counter

from tracker.reading.asks import Span

_MOST = 5  # terms of a clause
_LONGEST = 3  # words of a term
_SHORTEST = 4  # characters of a word
# Words that say how and who, and the verbs of mandates, in the four languages.
_EMPTY = frozenset(
    """
    about above accordance according accordingly account achieve achieving action activities
    actors additional adopt adopted afin after against agencies agenda ainsi all also among
    annual annually any apoyo appropriate assembly assist assistance así attention avec
    aware based because been being below between bodies bring bringing calls carried carry
    cette commission committee communities community como concerned consider consideration
    considering consistent contained context continue continued continues continuing
    contribute contribution convida cooperation coordination council countries country cual
    cuales cuando dans decide decides decision demande desarrollo desde desenvolvimento
    develop developing development donde draft during développement each effective
    effectively efforts ejecutivo emphasizes encourage encourages enhance enhancing ensure
    ensuring entities entitled entre especially esta establish established estados estas
    este estos every executiva exhorta existing experts expresses exécutif first following
    forms from full fully further furthermore general geral given governments group général
    générale hasta have having high implement implementation implementing importance
    important improve improving including increase increased informe insta inter
    international into invita invite invites issues item its leur leurs level levels lors
    mandate mandates matter measures medidas meeting meetings member members membres membros
    mesures miembros naciones national nations nações necessary need needs notamment notes
    office organismes organismos organizaciones organization organizations other others para
    paragraph paragraphs particular particularly parties partners pays países pelas pelos
    period período pide possible pour prepare present prie principles process programme
    programmes progress promote promoting provide provided providing provision public
    rapport recalls recognizes recommendations region regional región regular relating
    relatório relevant report reports request requested requests resolution resolutions
    resources respect respective role same sean second secretaria secretariat secretario
    secretary secretaría secrétaire según selon sesiones session sessions sessões seus shall
    should situation sobre solicita special stakeholders state states steps strengthen
    strengthening stresses suas submit such support supporting system take taken takes
    taking than that their them there thereon these they third this those through throughout
    towards under undertake unidas unies united upon urges various view views ways welcomes
    well were when where which while will with within without work working world year years
    états
    next half government falls order whether arrangements present annex document documents fourth
    fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth together
    """.split()  # noqa: SIM905 - a list of so many would be ten times as long
)
_WORD = re.compile(r"[^\W\d_][\w’-]*")
# What parts a term from the next: a mark, or a small word.
_BREAK = re.compile(r"[,;:.()“”\"/–—]|\b(?:and|or|of|the|to|in|on|for|by|a|an|as|y|et|e|de|del)\b")


def find_subjects(text: str, title: str = "") -> tuple[tuple[str, Span], ...]:
    """Return the terms that tell what the text is about and where they stand, the strongest first.

    A term of the title counts most, then one that is said more often, then one of more words.
    """
    of_title = {word.casefold() for word in _WORD.findall(title)}
    places: dict[str, Span] = {}
    said: Counter[str] = Counter()
    for begin, end in _terms(text):
        term = text[begin:end].casefold()
        said[term] += 1
        places.setdefault(term, (begin, end))
    ranked = sorted(
        places,
        key=lambda term: (
            -sum(word in of_title for word in term.split()),
            -said[term],
            -len(term.split()),
            places[term],
        ),
    )
    return tuple((text[slice(*places[term])], places[term]) for term in ranked[:_MOST])


def _terms(text: str) -> list[Span]:
    """Return where the runs of telling words stand, long ones cut after three words."""
    breaks = [found.span() for found in _BREAK.finditer(text)]
    found: list[Span] = []
    for begin, end in zip(
        [0, *(b for _, b in breaks)], [*(a for a, _ in breaks), len(text)], strict=True
    ):
        run: list[Span] = []
        for word in _WORD.finditer(text, begin, end):
            if _tells(word[0]) and word.start() > 0 and not _follows_to(text, word.start()):
                run.append(word.span())
            else:
                found += _joined(run)
                run = []
        found += _joined(run)
    return found


def _tells(word: str) -> bool:
    is_empty = word.casefold() in _EMPTY or word.endswith(("ing", "ieth"))
    return len(word) >= _SHORTEST and not is_empty


def _follows_to(text: str, place: int) -> bool:
    """Tell whether a word is what is to be done ("to light"), not what it is done to."""
    return text[max(0, place - 3) : place].lower() == "to "


def _joined(run: list[Span]) -> list[Span]:
    if not run:
        return []
    kept = run[:_LONGEST]
    return [(kept[0][0], kept[-1][1])]
