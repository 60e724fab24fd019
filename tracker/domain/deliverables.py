"""The deliverables table of a programme budget: its rows told apart, and its totals checked.

Numbered rows are planned deliverables. "Publications (number of publications)" above them is a
control total, which must be the sum of those below. All others are headings or narrative.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tracker.domain.activities import Category, Deliverable
from tracker.domain.errors import Invalid

COLUMNS = ("subprogramme", "category", "item")
FIGURES = re.compile(r"(planned|actual)_((?:19|20)\d\d)")
ROW_LIMIT = 3000
SIZE_LIMIT = 400 * 1024  # bytes; it travels through a form between rehearsal and taking
NONE_SIGNS = frozenset({"–", "-", "—"})  # an en dash is none
Figures = Mapping[int, tuple[Decimal | None, Decimal | None]]  # planned and actual by year

_NUMBERED = re.compile(r"(?P<number>\d{1,3})\.\s+(?P<text>\S.*)", re.DOTALL)
_COUNTED = re.compile(r"\((?:number of|número de|nombre d[e’'])\s*", re.IGNORECASE)
_SUBPROGRAMME = re.compile(
    r"(?:subprogramme|subprograma|sous-programme)\s+(?P<number>\d{1,3})(?:\s*[-–—:.]\s*(?P<name>.+))?",
    re.IGNORECASE,
)
# The first words of the subheadings, as the budget prints them in English, Spanish and French; in
# Portuguese as a body would.
_SORTS: Mapping[str, Deliverable] = {
    "parliamentary documentation": Deliverable.PARLIAMENTARY_DOCUMENTATION,
    "documentación para reuniones": Deliverable.PARLIAMENTARY_DOCUMENTATION,
    "documentation destinée": Deliverable.PARLIAMENTARY_DOCUMENTATION,
    "substantive services": Deliverable.SUBSTANTIVE_SERVICES,
    "servicios sustantivos": Deliverable.SUBSTANTIVE_SERVICES,
    "services fonctionnels": Deliverable.SUBSTANTIVE_SERVICES,
    "field and technical cooperation": Deliverable.PROJECT,
    "proyectos": Deliverable.PROJECT,
    "projets": Deliverable.PROJECT,
    "seminars": Deliverable.SEMINAR,
    "seminarios": Deliverable.SEMINAR,
    "séminaires": Deliverable.SEMINAR,
    "publications": Deliverable.PUBLICATION,
    "publicaciones": Deliverable.PUBLICATION,
    "technical materials": Deliverable.TECHNICAL_MATERIAL,
    "materiales técnicos": Deliverable.TECHNICAL_MATERIAL,
    "supports techniques": Deliverable.TECHNICAL_MATERIAL,
    "documents techniques": Deliverable.TECHNICAL_MATERIAL,
    "documentação": Deliverable.PARLIAMENTARY_DOCUMENTATION,
    "serviços substantivos": Deliverable.SUBSTANTIVE_SERVICES,
    "projetos": Deliverable.PROJECT,
    "seminários": Deliverable.SEMINAR,
    "publicações": Deliverable.PUBLICATION,
    "materiais técnicos": Deliverable.TECHNICAL_MATERIAL,
}


class LineKind(StrEnum):
    """What a row of a deliverables table is."""

    DELIVERABLE = "deliverable"
    TOTAL = "total"
    HEADING = "heading"
    NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class DeliverableRow:
    """One row, as written; ``line`` counts from 1 with the header, ``figures`` are by column."""

    line: int
    subprogramme: str
    category: str
    item: str
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row understood; ``subprogramme`` is its number, empty for the whole programme.

    ``text`` is what it is called, without the number that a planned deliverable has.
    """

    kind: LineKind
    subprogramme: str
    category: Category
    text: str
    number: int | None = None
    deliverable: Deliverable | None = None
    figures: Figures = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what tells the line from every other, in this budget and in the next."""
        words = " ".join(self.text.casefold().split())
        if self.kind is LineKind.TOTAL:
            words = ""
        elif self.kind is LineKind.NARRATIVE:
            words = words.partition(":")[0]
        sort = self.deliverable.value if self.deliverable else self.category.value
        return self.kind.value, self.subprogramme, sort, words


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A control total that is not the sum of its deliverables."""

    subprogramme: str
    deliverable: Deliverable
    year: int
    is_planned: bool
    printed: Decimal
    summed: Decimal


def understood(row: DeliverableRow, deliverable: Deliverable | None) -> TableLine:
    """Return what a row is; ``deliverable`` is the sort of the last control total above it.

    Raises Invalid at the column that cannot be understood.
    """
    item = " ".join(row.item.split())
    category = _category(row.category)
    subprogramme = _subprogramme(row.subprogramme)
    figures = _figures(row.figures)
    numbered = _NUMBERED.fullmatch(item)
    if numbered:
        if deliverable is None:
            raise Invalid(
                "No subheading above this row says what is counted, such as “Publications "
                "(number of publications)”.",
                field="item",
            )
        return TableLine(
            LineKind.DELIVERABLE,
            subprogramme,
            category,
            numbered["text"],
            int(numbered["number"]),
            deliverable,
            figures,
        )
    if _COUNTED.search(item):
        sort = _sort(item)
        return TableLine(LineKind.TOTAL, subprogramme, category, item, None, sort, figures)
    if not item:
        raise Invalid("The row says nothing. Enter the item, or remove the row.", field="item")
    if figures:
        raise Invalid(
            "The row has figures but no number, so it cannot be told which deliverable it is. "
            "Number it as the programme budget does.",
            field="item",
        )
    is_heading = item == " ".join(row.category.split()) or item.endswith(":")
    kind = LineKind.HEADING if is_heading else LineKind.NARRATIVE
    return TableLine(kind, subprogramme, category, item)


def named_subprogramme(words: str) -> str:
    """Return the name out of "Subprogramme 10 – Statistics", "Subprogramme 10" without one."""
    found = _SUBPROGRAMME.fullmatch(" ".join(words.split()))
    return (found["name"] or words.strip()) if found else words.strip()


def disagreements(lines: Iterable[TableLine]) -> Sequence[Disagreement]:
    """Return the control totals that are not the sum of their deliverables, in order.

    A figure that is not told counts as none; a total without deliverables is a total of nothing.
    """
    sums: dict[tuple[str, Deliverable, int], list[Decimal]] = {}
    told = list(lines)
    for line in told:
        if line.kind is LineKind.DELIVERABLE and line.deliverable:
            for year, amounts in line.figures.items():
                held = sums.setdefault(
                    (line.subprogramme, line.deliverable, year), [Decimal(), Decimal()]
                )
                for place, amount in enumerate(amounts):
                    held[place] += amount or 0
    found = []
    for line in told:
        if line.kind is not LineKind.TOTAL or line.deliverable is None:
            continue
        for year, amounts in sorted(line.figures.items()):
            held = sums.get((line.subprogramme, line.deliverable, year), [Decimal(), Decimal()])
            found += [
                Disagreement(
                    line.subprogramme, line.deliverable, year, place == 0, amount, held[place]
                )
                for place, amount in enumerate(amounts)
                if amount is not None and amount != held[place]
            ]
    return found


def _category(words: str) -> Category:
    letter = words.strip()[:2].upper()
    if letter not in {f"{category.value}." for category in Category}:
        raise Invalid(
            "“%(words)s” is not a category. Begin it with its letter: A., B., C. or D.",
            field="category",
            words=words.strip()[:60],
        )
    return Category(letter[0])


def _subprogramme(words: str) -> str:
    plain = " ".join(words.lower().replace("-", " ").split())
    if plain in {"", "programme wide", "cross cutting", "transversal", "transversales"}:
        return ""
    found = _SUBPROGRAMME.fullmatch(" ".join(words.split()))
    if found is None:
        raise Invalid(
            "“%(words)s” is not a subprogramme. Write it as “Subprogramme 3”, or “Cross-cutting” "
            "for the whole programme.",
            field="subprogramme",
            words=words.strip()[:60],
        )
    return found["number"]


def _sort(item: str) -> Deliverable:
    words = item.casefold()
    for beginning, deliverable in _SORTS.items():
        if words.startswith(beginning):
            return deliverable
    raise Invalid(
        "“%(words)s” is none of the subheadings of the programme budget, such as “Publications "
        "(number of publications)”.",
        field="item",
        words=item[:80],
    )


def _figures(cells: Mapping[str, str]) -> Figures:
    found: dict[int, list[Decimal | None]] = {}
    for column, cell in cells.items():
        named = FIGURES.fullmatch(column)
        if named is not None and cell.strip():
            amounts = found.setdefault(int(named[2]), [None, None])
            amounts[named[1] == "actual"] = _amount(cell.strip(), column)
    return {year: (planned, actual) for year, (planned, actual) in found.items()}


def _amount(cell: str, column: str) -> Decimal:
    if cell in NONE_SIGNS:
        return Decimal()
    try:
        amount = Decimal(re.sub(r"[\s,]", "", cell))
    except InvalidOperation as error:
        raise _no_amount(cell, column) from error
    if not amount.is_finite() or not 0 <= amount < 10**8 or amount != round(amount, 2):
        raise _no_amount(cell, column)
    return amount


def _no_amount(cell: str, column: str) -> Invalid:
    return Invalid(
        "“%(cell)s” is not a quantity. Enter digits, or an en dash for none.",
        field=column,
        cell=cell[:40],
    )
