"""What a spreadsheet takes for the beginning of a formula, and how CSV is kept from it."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return a cell of CSV as it is; one that would be a formula begins with an apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
