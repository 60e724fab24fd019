"""What a body gives its reports: front matter, logo, Word styles, and sections in their order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.domain.biennial_report.house_styles import HouseStyles
from tracker.domain.biennial_report.layouts import LAYOUTS, DocumentType, Section
from tracker.domain.biennial_report.logos import Logo
from tracker.domain.errors import N_, Invalid

LONGEST_TEXT: Final = 1500  # characters, as written
LONGEST_ALTERNATIVE: Final = 250  # characters
VOCABULARY: Final[Mapping[str, str]] = {
    "entity": N_("the name of the secretariat"),
    "body": N_("the name of the body"),
    "session": N_("the session to which the report goes; nothing while none is set"),
    "place": N_("where the session is held"),
    "period": N_("the period of the report, as its title names it"),
    "start": N_("the first day of the period, in words"),
    "end": N_("the last day of the period, in words"),
    "symbol": N_("the symbol of the document; nothing while it has none"),
}
NAMES: Final = tuple(VOCABULARY)


@dataclass(frozen=True, slots=True)
class FrontText:
    """A text of the front matter: where it stands, and which fixed text it takes the place of.

    ``fixed`` is None where nothing stands there as delivered.
    """

    key: str
    place: str
    fixed: str | None
    may_be_empty: bool = False


def front_texts(document_type: DocumentType) -> tuple[FrontText, ...]:
    """Return the texts of the front matter of a type, in the order of the document."""
    is_session = document_type is DocumentType.SESSION
    is_own = document_type is DocumentType.COUNCIL
    title = "cover.title" if is_session else f"cover.title.{document_type.value}"
    return (
        FrontText("distribution", N_("Cover: distribution"), "cover.distribution"),
        FrontText("title", N_("Cover: title of the document"), title),
        # What a commission reports to its parent body is no note by its secretariat.
        FrontText(
            "subtitle",
            N_("Cover: line below the title"),
            None if is_own else "cover.subtitle",
            may_be_empty=True,
        ),
        FrontText("note", N_("Cover: note"), None, may_be_empty=True),
        FrontText("heading", N_("Introduction: heading"), "introduction.title"),
        FrontText("opening", N_("Introduction: first paragraph"), None, may_be_empty=True),
        FrontText(
            "purpose",
            N_("Introduction: what the report describes"),
            PURPOSES.get(document_type, "introduction.purpose"),
        ),
        FrontText("basis", N_("Introduction: what it is based on"), "introduction.basis"),
    )


PURPOSES: Final[Mapping[DocumentType, str]] = {
    DocumentType.COUNCIL: "introduction.purpose.council",
    DocumentType.INTERIM: "introduction.purpose.interim",
}


@dataclass(frozen=True, slots=True)
class HouseTemplate:
    """One version of what a body words and orders itself in documents of a type.

    ``texts`` are the sources by language and key of the text, those alone that differ from what is
    delivered; ``id`` is that of its row, None for what is delivered. ``new`` are sections that came
    into the product after it was stored: they have their usual place until it is stored again.
    """

    sections: tuple[Section, ...]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    id: int | None = None
    new: tuple[Section, ...] = ()
    logo: Logo | None = None
    styles: HouseStyles | None = None

    def worded(
        self, language: str, own: Mapping[str, str], among: Collection[str]
    ) -> "HouseTemplate":
        """Return it with ``own`` in the place of what it words ``among`` these keys."""
        kept = {key: text for key, text in self.texts.get(language, {}).items() if key not in among}
        texts = {each: held for each, held in self.texts.items() if each != language}
        both = {**kept, **own}
        return replace(self, texts={**texts, language: both} if both else texts)

    def says_the_same(self, other: "HouseTemplate") -> bool:
        """Tell whether documents made with either are the same."""
        return replace(self, id=None, new=()) == replace(other, id=None, new=())

    def told_of_new(
        self, known: Collection[Section], document_type: DocumentType
    ) -> "HouseTemplate":
        """Return it with the sections of the type that were not ``known`` when it was stored.

        Each stands behind the one that it follows as delivered, or behind the nearest before that.
        """
        usual = LAYOUTS[document_type]
        new = [each for each in usual if each not in known and each not in self.sections]
        sections = list(self.sections)
        for section in new:
            before = [each for each in usual[: usual.index(section)] if each in sections]
            kind = [each for each in sections if each.is_annex is section.is_annex]
            if before and before[-1].is_annex is section.is_annex:
                place = sections.index(before[-1]) + 1
            else:
                place = sections.index(kind[0]) if kind else len(sections)
            sections.insert(place, section)
        return replace(self, sections=tuple(sections), new=tuple(new))

    @property
    def text_count(self) -> int:
        """Return how many texts it words in all languages together."""
        return sum(len(texts) for texts in self.texts.values())

    def left_out(self, document_type: DocumentType) -> tuple[Section, ...]:
        """Return the sections that the type has as delivered and this one has not."""
        return tuple(each for each in LAYOUTS[document_type] if each not in self.sections)


def delivered(document_type: DocumentType) -> HouseTemplate:
    """Return the template that holds while a body has none of its own."""
    return HouseTemplate(LAYOUTS[document_type])


def ordered(places: Mapping[Section, int]) -> tuple[Section, ...]:
    """Return the sections in the order of their places, chapters before annexes; 0 leaves one out.

    Raise Invalid at ``section_<name>`` where two want one place, where no chapter is left, or where
    the annex of decisions names paragraphs of a chapter that is left out.
    """
    for is_annex in (False, True):
        _check_places([(each, at) for each, at in places.items() if each.is_annex is is_annex])
    kept = sorted((each for each, at in places.items() if at), key=lambda each: places[each])
    sections = (
        *(each for each in kept if not each.is_annex),
        *(each for each in kept if each.is_annex),
    )
    if not sections or sections[0].is_annex:
        raise Invalid(
            "No chapter is left. Keep at least one.", field=f"section_{Section.INTRODUCTION}"
        )
    if Section.DECISIONS in sections and Section.IMPLEMENTATION not in sections:
        raise Invalid(
            "The annex on decisions names the paragraphs of the chapter on implementation. Keep "
            "that chapter, or leave the annex out as well.",
            field=f"section_{Section.DECISIONS}",
        )
    return sections


def _check_places(places: Sequence[tuple[Section, int]]) -> None:
    taken: set[int] = set()
    for section, place in places:
        if place and place in taken:
            raise Invalid(
                "Two sections have the place %(place)s. Give each a place of its own.",
                field=f"section_{section}",
                place=place,
            )
        taken.add(place)
