"""Ways in which files come to harm, each a function of the content and a seeded chance."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

Mutation = Callable[[bytes, Random], bytes]
_SIGNS = (
    "\0",
    "\u202e",
    "\ufeff",
    "𝟝",
    "«تقرير»",
    "(((",
    "1.1.1.1",
    "%s",
    "'\"--",
    "\f",
    "\u2028",
    "#",
    "<table><li>",
    "</body>",
    "<!--",
    "&#x110000;",
)
_UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
_LONGEST = 200_000  # bytes of a span that is doubled, so that files do not explode


def flip_bits(content: bytes, chance: Random) -> bytes:
    """Change single bits, as bad storage does."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_off(content: bytes, chance: Random) -> bytes:
    """Keep only the beginning, as a broken copy does."""
    return content[: chance.randrange(len(content))]


def lose_span(content: bytes, chance: Random) -> bytes:
    """Lose a part in the middle."""
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def double_span(content: bytes, chance: Random) -> bytes:
    """Repeat a part, several times at most."""
    start, end = _span(content, chance)
    end = min(end, start + _LONGEST)
    return content[:end] + content[start:end] * chance.randint(1, 3) + content[end:]


def move_span(content: bytes, chance: Random) -> bytes:
    """Move a part to another place."""
    start, end = _span(content, chance)
    rest = content[:start] + content[end:]
    place = chance.randint(0, len(rest))
    return rest[:place] + content[start:end] + rest[place:]


def put_in_noise(content: bytes, chance: Random) -> bytes:
    """Put in bytes that mean nothing."""
    place = chance.randint(0, len(content))
    return content[:place] + chance.randbytes(chance.randint(1, 400)) + content[place:]


def put_in_signs(content: bytes, chance: Random) -> bytes:
    """Put in signs that programs stumble over."""
    for _ in range(chance.randint(1, 8)):
        place = chance.randint(0, len(content))
        content = content[:place] + chance.choice(_SIGNS).encode() + content[place:]
    return content


def change_numbers(content: bytes, chance: Random) -> bytes:
    """Change digits: numbers of clauses, lengths and places in tables."""
    changed = bytearray(content)
    digits = [place for place, sign in enumerate(changed) if 48 <= sign <= 57]
    for place in chance.sample(digits, min(len(digits), chance.randint(1, 12))):
        changed[place] = chance.choice(b"0123456789")
    return bytes(changed)


def shuffle_lines(content: bytes, chance: Random) -> bytes:
    """Put some lines into another order."""
    lines = content.split(b"\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.randint(2, 40)]
    chance.shuffle(part)
    lines[start : start + len(part)] = part
    return b"\n".join(lines)


def harm_package(content: bytes, chance: Random) -> bytes:
    """Harm a part inside a ZIP package and pack it again, so that the package itself is sound."""
    try:
        return _repacked(content, chance)
    except _UNSOUND:
        return flip_bits(content, chance)


def _repacked(content: bytes, chance: Random) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(packed, "w") as made:
        names = package.namelist()
        harmed = chance.choice([name for name in names if name.endswith(".xml")] or names)
        for name in names:
            part = package.read(name)
            harm = chance.choice(_PLAIN) if name == harmed and part else None
            made.writestr(name, harm(part, chance) if harm else part)
    return packed.getvalue()


def _span(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.randint(1, max(1, len(content) // 3)))


_PLAIN: Sequence[Mutation] = (
    flip_bits, cut_off, lose_span, double_span, move_span, put_in_noise, put_in_signs,
    change_numbers, shuffle_lines,
)  # fmt: skip
MUTATIONS: Sequence[Mutation] = (*_PLAIN, harm_package)


def mutate(content: bytes, chance: Random) -> tuple[str, bytes]:
    """Return the names of the harms done, one to three of them, and what became of the content."""
    names = []
    for mutation in chance.choices(MUTATIONS, k=chance.choice((1, 1, 1, 2, 3))):
        if content:
            content = mutation(content, chance)
            names.append(mutation.__name__)
    return "+".join(names), content
