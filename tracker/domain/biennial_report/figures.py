"""The report's drawings, as SVG that needs no style sheet, script or font of its own."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

WIDTH = 640
_BAR_HEIGHT = 20
_STEP = 34
_LABELS_END = 210
_BARS_START = 222
_NUMBERS_WIDTH = 60


def bar_figure(bars: Sequence[tuple[str, int, str]], alternative: str) -> tuple[str, int]:
    """Draw horizontal bars from (label, value, printed value); return the SVG and its height."""
    height = _STEP * len(bars) + 12
    largest = max((value for _, value, _ in bars), default=0) or 1
    room = WIDTH - _BARS_START - _NUMBERS_WIDTH
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    label = f'role="img" aria-label={quoteattr(alternative)}'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {label}>']
    for index, (name, value, printed) in enumerate(bars):
        top = 8 + index * _STEP
        length = round(room * value / largest, 1)
        baseline = top + 15
        parts.append(
            f'<text x="{_LABELS_END}" y="{baseline}" text-anchor="end" font-size="15" '
            f'fill="#1a1a1a">{escape(name)}</text>'
            f'<rect x="{_BARS_START}" y="{top}" width="{length}" height="{_BAR_HEIGHT}" '
            f'fill="#1f6699"/>'
            f'<text x="{_BARS_START + length + 8}" y="{baseline}" font-size="15" '
            f'fill="#1a1a1a">{escape(printed)}</text>'
        )
    foot = height - 4
    parts.append(
        f'<line x1="{_BARS_START}" y1="2" x2="{_BARS_START}" y2="{foot}" '
        f'stroke="#1a1a1a" stroke-width="1"/></svg>'
    )
    return "".join(parts), height
