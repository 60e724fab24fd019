"""Lines after the clauses: meeting and date of adoption, and who voted how."""

import re

from tracker.reading.lines import Line
from tracker.reading.openers import is_closing
from tracker.reading.paragraphs import Paragraph

_VOTES = re.compile(
    r"^(?:In favour|Against|Abstain|Abstention|Absent|Not voting|Non-participating|None\b"
    r"|(?:Votos )?a favor|(?:Votos )?en contra|Se abstuv|Ont voté|Se sont abst|Pour|Contre)",
    re.IGNORECASE,
)


def goes_on_closing(above: Paragraph, line: Line) -> bool:
    """Tell whether a line goes on with the line of the closing above it."""
    if line.blank_before or line.is_paragraph or above.texts[-1].endswith((".", "]")):
        return False
    return not (is_closing(line.text) or _VOTES.match(line.text))
