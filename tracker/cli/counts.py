"""Numbers with their nouns, as commands print them."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return "1 row" or "2 rows"; ``many`` where an s is not enough."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
