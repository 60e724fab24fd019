"""Texts and resolutions by chance, as long and as deep as those that commissions adopt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tracker.demo.synthetic.words import (
    DEEDS,
    DONE,
    OPENINGS,
    PURPOSES,
    QUALITIES,
    RECALLINGS,
    SUBJECTS,
    WORKS,
)
from tracker.domain.clauses import BlockKind

# Every twentieth of 120 resolutions of six bodies, from the shortest to the longest: characters of
# an operative clause and of a preambular one, and how many of each a resolution has.
_CLAUSE = (8, 77, 119, 151, 181, 202, 222, 249, 269, 293, 313, 335, 361, 387, 425, 462, 514, 578,
           667, 809, 2144)  # fmt: skip
_RECALLING = (16, 91, 126, 155, 180, 197, 216, 235, 254, 278, 298, 324, 352, 380, 405, 437, 480,
              526, 588, 692, 2456)  # fmt: skip
_CLAUSES = (1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 14, 15, 18, 21, 23, 26, 29, 31, 40, 62, 137)
_RECALLINGS = (1, 2, 3, 4, 6, 7, 8, 8, 9, 9, 11, 12, 13, 13, 16, 19, 21, 22, 27, 31, 42)
_HALF_A_PHRASE = 28  # characters of what a text is lengthened by, and so how far it may miss
_CHAPEAUX = 0.05  # of a resolution's clauses; with three sub-clauses each, 15 percent are deeper


@dataclass(frozen=True, slots=True)
class SyntheticBlock:
    """One block of a resolution; ``parent`` is the place of its chapeau among the blocks."""

    kind: BlockKind
    text: str
    number: str | None = None
    path: str | None = None
    level: int | None = None
    parent: int | None = None
    verb: str | None = None
    is_mandate: bool = False
    is_ask: bool = False


@dataclass(frozen=True, slots=True)
class SyntheticResolution:
    """A resolution: its title and blocks in their order."""

    title: str
    blocks: tuple[SyntheticBlock, ...]

    @property
    def mandate_count(self) -> int:
        """Return how many of its blocks become mandates."""
        return sum(block.is_mandate for block in self.blocks)


def resolutions(chance: Random, mandate_count: int) -> Iterator[SyntheticResolution]:
    """Yield resolutions whose clauses make exactly ``mandate_count`` mandates."""
    left = mandate_count
    while left > 0:
        made = _resolution(chance, left)
        left -= made.mandate_count
        yield made


def said_on(chance: Random) -> str:
    """Return what a progress report says was done: one to four sentences."""
    count = chance.randint(1, 4)
    return " ".join(_filled(chance, chance.choice(DONE)) for _sentence in range(count))


def title_of_work(chance: Random) -> str:
    """Return the title of an activity."""
    words = _filled(chance, "{quality} {work} on {subject} and {other}")
    return words[0].upper() + words[1:]


def _resolution(chance: Random, most: int) -> SyntheticResolution:
    subject, other = chance.sample(SUBJECTS, 2)
    blocks = [SyntheticBlock(BlockKind.TITLE, f"{subject.capitalize()} and {other}")]
    blocks += [
        SyntheticBlock(
            BlockKind.PREAMBULAR,
            _as_long_as(chance, f"{chance.choice(RECALLINGS)} {subject}", _RECALLING) + ",",
        )
        for _paragraph in range(_sized(chance, _RECALLINGS))
    ]
    wanted = min(most, _sized(chance, _CLAUSES))
    made = number = 0
    while made < wanted:
        number += 1
        points = min(3, wanted - made) if chance.random() < _CHAPEAUX else 0
        blocks += (
            _chapeau(chance, number, points, len(blocks))
            if points
            else [_clause(chance, number, is_last=made + 1 == wanted)]
        )
        made += points or 1
    return SyntheticResolution(blocks[0].text, tuple(blocks))


def _clause(chance: Random, number: int, *, is_last: bool) -> SyntheticBlock:
    verb, addressee, is_ask = chance.choice(OPENINGS)
    deed = _filled(chance, chance.choice(DEEDS) if is_ask else "{quality} {work}s on {subject}")
    text = _as_long_as(chance, f"{verb} {addressee} {deed}", _CLAUSE) + ("." if is_last else ";")
    return SyntheticBlock(
        BlockKind.OPERATIVE, text, f"{number}.", str(number), 1, None, verb, True, is_ask
    )


def _chapeau(chance: Random, number: int, points: int, place: int) -> list[SyntheticBlock]:
    """Return a clause that only leads in what its points ask."""
    lead_in = "Requests the Executive Secretary, within existing resources, to:"
    blocks = [
        SyntheticBlock(BlockKind.OPERATIVE, lead_in, f"{number}.", str(number), 1, None, "Requests")
    ]
    for letter in "abc"[:points]:
        deed = _filled(chance, chance.choice(DEEDS))
        text = _as_long_as(chance, deed[0].upper() + deed[1:], _CLAUSE) + ";"
        path = f"{number}.{letter}"
        blocks.append(
            SyntheticBlock(
                BlockKind.OPERATIVE, text, f"({letter})", path, 2, place, None, True, True
            )
        )
    return blocks


def _as_long_as(chance: Random, words: str, lengths: Sequence[int]) -> str:
    """Return the words with whole phrases more, about as long as one of ``lengths``."""
    wanted = _sized(chance, lengths) - _HALF_A_PHRASE
    while len(words) < wanted:
        more = (
            chance.choice(PURPOSES)
            if chance.random() < 0.5
            else _filled(chance, "and on the {quality} {work} on {subject} and {other}")
        )
        words += f", {more}"
    return words


def _sized(chance: Random, twentieths: Sequence[int]) -> int:
    """Return a size that is as likely as its twentieths say."""
    place = chance.randrange(len(twentieths) - 1)
    return chance.randint(twentieths[place], twentieths[place + 1])


def _filled(chance: Random, pattern: str) -> str:
    subject, other = chance.sample(SUBJECTS, 2)
    return pattern.format(
        subject=subject, other=other, work=chance.choice(WORKS), quality=chance.choice(QUALITIES)
    )
