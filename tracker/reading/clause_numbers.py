"""Numbers of clauses: what must come next, and what a damaged one must have been."""

from dataclasses import dataclass, field
from functools import lru_cache

from tracker.domain.clauses import Doubt, DoubtReason
from tracker.domain.symbols import roman_numeral, roman_value
from tracker.reading.markers import Marker, MarkerKind

_CONFUSED = ({"b", "h"}, {"c", "e"}, {"g", "q"}, {"u", "v"}, {"n", "h"})  # misread for each other
_WIDEST_GAP = 3  # letters that may be missing at one place


@dataclass(frozen=True, slots=True)
class Place:
    """Where a marker puts a clause; ``section`` counts how often the numbers began anew."""

    path: str
    label: str
    level: int
    section: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_supplied(self) -> bool:
        """Tell whether the number is ours, since the text prints none."""
        return any(doubt.reason is DoubtReason.NUMBER_SUPPLIED for doubt in self.doubts)


@dataclass(slots=True)
class ClauseSequence:
    """The numbers given so far; each new marker is read as what the sequence allows.

    ``counts_unprinted`` says that the paragraphs print no numbers and ours are supplied.
    """

    labels: list[str] = field(default_factory=list)
    section: int = 0
    counts_unprinted: bool = False

    def place_number(self, marker: Marker, following: int | None) -> Place:
        """Return the place of a numbered paragraph.

        ``following`` is the next undamaged number further down: a number that does not fit is
        taken as printed only when the one after it goes on from there.
        """
        self.counts_unprinted = False
        expected = self._expected()
        printed = int(marker.label)
        if marker.ordinal:
            is_in_order = printed == expected - 1
            missing = () if is_in_order else (Doubt(DoubtReason.NUMBER_MISSING, marker.printed),)
            return self._take([f"{printed} {marker.ordinal}"], missing)
        if marker.is_plain and printed == expected - 1 and following in {None, expected}:
            return self._take([str(printed)], ())  # printed twice, and the next goes on from it
        value = expected
        if printed != expected and self._is_gap(printed, expected, following):
            value = printed
        doubts: tuple[Doubt, ...] = ()
        if value != printed or not marker.is_plain:
            doubts = (Doubt(DoubtReason.NUMBER_REPAIRED, marker.printed),)
        elif value != expected:
            doubts = (Doubt(DoubtReason.NUMBER_MISSING, marker.printed),)
        return self._take([str(value)], doubts)

    def expects(self, marker: Marker, *, after_colon: bool) -> bool:
        """Tell whether a marker's label is exactly what comes next."""
        if marker.kind is MarkerKind.NUMBER:
            return int(marker.label) == self._expected() - bool(marker.ordinal)
        if not self.labels:
            return False
        choices = self._choices(after_colon=after_colon)
        if marker.is_dotted:
            return any(marker.label == labels[-1] for labels in choices)
        return any(_looks_like(marker.label, labels[-1]) for labels in choices)

    def place_letter(
        self, marker: Marker, *, after_colon: bool, following: str | None
    ) -> Place | None:
        """Return the place of a lettered clause, None where no list can be open.

        ``following`` is the label of the next lettered clause: only "2" makes a list of numerals.
        """
        if not self.labels:
            return None
        if marker.ordinal:
            return self._place_inserted(marker)
        choices = self._choices(after_colon=after_colon)
        if marker.label == "1" and following != "2":
            choices = [labels for labels in choices if labels[-1] != "1"]
        if marker.label == "i" and following == "j":  # the letter after "h", not a numeral
            choices.sort(key=len)
        place = self._place_exact(marker, choices)
        if place is None and not marker.is_dotted:
            place = self._place_uneven(marker, following)
            place = place or self._place_short(marker, choices, following)
            place = place or self._place_damaged(marker, choices, after_colon=after_colon)
        return place

    def _place_exact(self, marker: Marker, choices: list[list[str]]) -> Place | None:
        for labels in choices:
            if labels[-1] == marker.label:
                return self._take(labels, _repair_doubts(marker, labels[-1]))
        return None

    def _place_damaged(
        self, marker: Marker, choices: list[list[str]], *, after_colon: bool
    ) -> Place | None:
        doubt = Doubt(DoubtReason.NUMBER_REPAIRED, marker.printed)
        for labels in choices:
            if _looks_like(marker.label, labels[-1]):
                return self._take(labels, (doubt,))
        for labels in choices:
            if {marker.label, labels[-1]} in _CONFUSED:
                return self._take(labels, (doubt,))
        if after_colon or len(self.labels) > 1:
            return self._take(self._likeliest(choices, marker.label), (doubt,))
        return None

    def _place_short(
        self, marker: Marker, choices: list[list[str]], following: str | None
    ) -> Place | None:
        """Return the place of a numeral that lost a stroke: "(ii)" behind "(ii)" was "(iii)"."""
        if _plain_label(self.labels[-1]) != marker.label:
            return None
        for labels in choices:
            is_longer = labels[-1] == f"{marker.label}i"
            if is_longer and (len(marker.label) > 1 or following in next_labels(labels[-1])):
                return self._take(labels, (Doubt(DoubtReason.NUMBER_REPAIRED, marker.printed),))
        return None

    def _place_inserted(self, marker: Marker) -> Place | None:
        """Return the place of "(a) bis" behind "(a)", the deepest such list first."""
        for depth in range(len(self.labels), 1, -1):
            if _plain_label(self.labels[depth - 1]) == marker.label:
                return self._take(
                    [*self.labels[: depth - 1], f"{marker.label} {marker.ordinal}"], ()
                )
        return None

    def _place_uneven(self, marker: Marker, following: str | None) -> Place | None:
        """Return the place of a letter that stands twice or behind a gap, if the next goes on."""
        if not marker.is_plain or following not in next_labels(marker.label):
            return None
        for depth in range(len(self.labels), 1, -1):
            above, last = self.labels[: depth - 1], _plain_label(self.labels[depth - 1])
            if marker.label == last:
                return self._take([*above, marker.label], ())
            if marker.label in _soon_after(last):
                doubt = Doubt(DoubtReason.NUMBER_MISSING, marker.printed)
                return self._take([*above, marker.label], (doubt,))
        return None

    def place_unnumbered(self) -> Place:
        """Return the next place for an operative paragraph that prints no number."""
        value = self._expected()
        self.counts_unprinted = True
        return self._take([str(value)], (Doubt(DoubtReason.NUMBER_SUPPLIED, ""),))

    @property
    def depth(self) -> int:
        """Return the level of the last clause, 0 before the first."""
        return len(self.labels)

    def place_bullet(self, *, begins_list: bool) -> Place:
        """Return the place of a paragraph with a bullet: below the clause above, or beside it."""
        above = self.labels if begins_list else self.labels[:-1]
        number = 1 if begins_list else int(self.labels[-1]) + 1
        return self._take([*above, str(number)], (Doubt(DoubtReason.NUMBER_SUPPLIED, ""),))

    def start_section(self) -> None:
        """Begin to count anew, as texts do that number each section from 1."""
        self.labels = []
        self.section += 1

    def _expected(self) -> int:
        """Return the number that the next numbered paragraph should have."""
        return int(_plain_label(self.labels[0])) + 1 if self.labels else 1

    def _is_gap(self, printed: int, expected: int, following: int | None) -> bool:
        if not self.labels or printed < expected or printed > expected + 9:
            return False
        return following == printed + 1

    def _take(self, labels: list[str], doubts: tuple[Doubt, ...]) -> Place:
        self.labels = labels
        path = ".".join(labels).replace(" ", "")
        return Place(path, labels[-1], len(labels), self.section, doubts)

    def _choices(self, *, after_colon: bool) -> list[list[str]]:
        """Return the label lists that may come next, the likeliest first."""
        deeper = [[*self.labels, first] for first in _first_labels(len(self.labels))]
        onward = [
            [*self.labels[: depth - 1], following]
            for depth in range(len(self.labels), 1, -1)
            for following in next_labels(self.labels[depth - 1])
        ]
        if after_colon:
            return deeper + onward
        # without a colon a list may still begin, but only with its plainest first label
        return onward + ([[*self.labels, "a"]] if len(self.labels) == 1 else [])

    def _likeliest(self, choices: list[list[str]], label: str) -> list[str]:
        """Return the place of an unreadable letter: of two open lists the one of its length."""
        if len(label) == 1 and label not in "ivxl1":
            singles = [labels for labels in choices if not roman_value(labels[-1])]
            return singles[0] if singles else choices[0]
        return choices[0]


def _repair_doubts(marker: Marker, label: str) -> tuple[Doubt, ...]:
    if marker.is_plain or (label.isdecimal() and marker.label == label):
        return ()
    return (Doubt(DoubtReason.NUMBER_REPAIRED, marker.printed),)


def _first_labels(depth: int) -> tuple[str, ...]:
    return ("a", "i", "1") if depth == 1 else ("i", "a", "1", "aa")


def _plain_label(label: str) -> str:
    """Return a label without "bis" or the like."""
    return label.partition(" ")[0]


def _soon_after(label: str) -> set[str]:
    """Return the labels that stand two to four places behind a label."""
    ahead = set(next_labels(label))
    found: set[str] = set()
    for _ in range(_WIDEST_GAP):
        ahead = {further for each in ahead for further in next_labels(each)}
        found |= ahead
    return found


@lru_cache(maxsize=256)
def next_labels(label: str) -> tuple[str, ...]:
    """Return what may follow a label: after "h" only "i", after "i" as a numeral "ii", else "j"."""
    label = _plain_label(label)
    if label.isdecimal():
        return (str(int(label) + 1),)
    following = []
    value = roman_value(label)
    if value and (value in {1, 5, 10} or len(label) > 1):
        following.append(roman_numeral(value + 1))
    if len(set(label)) == 1:
        if label in "nñ":  # Spanish lists count with ñ, or without
            return (*following, "ñ", "o") if label == "n" else ("o",)
        letter = chr(ord(label[0]) + 1) if label[0] != "z" else "a"
        following.append(letter * (len(label) + (label[0] == "z")))
    return tuple(following)


def _looks_like(printed: str, label: str) -> bool:
    """Tell whether recognition could have made the printed label out of the right one."""
    return _shape(printed) == _shape(label)


def _shape(label: str) -> str:
    """Return the label with look-alike letters made one: l, 1 and i; o and 0; u and ii."""
    return (
        label.lower()
        .replace("u", "ii")
        .replace("ü", "ii")
        .translate(str.maketrans("l1jo0|", "iiiooi"))
    )
