"""How an instrument is named when it comes in: its symbol, title and kind, and where it sorts."""

from tracker.domain.errors import Invalid, UnknownSymbol
from tracker.domain.symbols import DocumentSymbol, parse_symbol
from tracker.models.instruments import InstrumentKind


def symbol_of(text: str | None) -> DocumentSymbol:
    """Return the symbol as printed; raise Invalid at its field where it is missing or none."""
    if not text or not text.strip():
        raise Invalid(
            "No symbol was found in the file. Enter it as printed, for example 530(XXIV).",
            field="symbol",
        )
    try:
        return parse_symbol(text)
    except UnknownSymbol as refusal:
        raise Invalid(refusal.sentence, field="symbol", **refusal.values) from refusal


def title_of(text: str | None, symbol: DocumentSymbol) -> str:
    """Return the title in one line; raise Invalid at its field where it is missing."""
    if not text or not text.strip():
        raise Invalid(
            "No title was found for %(symbol)s. Enter the title of the resolution.",
            field="title",
            symbol=symbol.printed,
        )
    return " ".join(text.split())


def kind_of(symbol: DocumentSymbol) -> InstrumentKind:
    """Return what the symbol says that it is: a decision or a resolution."""
    is_decision = symbol.printed.startswith("decision ")
    return InstrumentKind.DECISION if is_decision else InstrumentKind.RESOLUTION


def sort_text(symbol: DocumentSymbol) -> str:
    """Return the sort key of a symbol as text that sorts the same way in every collation."""
    parts = (letters or f"{number:06d}" for _, number, letters in symbol.sort_key)
    return "".join(parts)[:120]
