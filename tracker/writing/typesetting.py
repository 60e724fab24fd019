"""The typesetter with the project's fonts alone, here or in a process of its own.

It keeps what it has read of fonts (some 40 MB) and the pages of what it set. Where a process goes
on afterwards, as one that answers for pages does, another one does the work and ends.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from tracker.domain.errors import Invalid

Standard = Literal["a-3a", "ua-1"]
Form = Literal["pdf", "png"]
BEGINNING: Final = datetime(1980, 1, 1, tzinfo=UTC)
_ROOT: Final = Path(__file__).resolve().parents[2]
_FONTS: Final = _ROOT / "templates" / "biennial_report" / "fonts"
_PIXELS_PER_INCH: Final = 220
_NOT_SHOWN: Final = "could not be displayed"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process of its own may take: seconds of the processor, bytes of address space."""

    seconds: int = 60
    memory_bytes: int = 2 * 1024**3


LIMITS: Final = Limits()


class TypesettingRefused(Exception):
    """The typesetter cannot set the sources; ``diagnostic`` is what it says about them."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def typeset(
    sources: Mapping[str, bytes],
    *,
    form: Form = "pdf",
    standards: Sequence[Standard] = (),
    moment: datetime = BEGINNING,
) -> bytes:
    """Return what the file named ``main`` gives; raise TypesettingRefused where it cannot."""
    compiler = typst.Compiler(
        input=dict(sources),  # type: ignore[type-var] # files by name: the stubs leave them out
        font_paths=_fonts(_FONTS),
    )
    try:
        made = compiler.compile(
            format=form, pdf_standards=list(standards), timestamp=moment, ppi=_PIXELS_PER_INCH
        )
    except typst.TypstError as refusal:
        raise TypesettingRefused(refusal.diagnostic) from refusal
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave several files in place of one.")
    return made


def typeset_apart(
    sources: Mapping[str, bytes],
    *,
    standards: Sequence[Standard] = (),
    moment: datetime = BEGINNING,
    shows_all: bool = True,
    limits: Limits = LIMITS,
) -> bytes:
    """Return the PDF that ``typeset`` gives, set in a process of its own.

    With ``shows_all`` False characters that no font can show are no reason to refuse: the marks of
    the standards, which forbid them, are left out then. Raise Invalid for what needs more time or
    memory than ``limits`` leave it.
    """
    asked = {
        "sizes": {name: len(content) for name, content in sources.items()},
        "standards": list(standards),
        "moment": moment.isoformat(),
        "shows_all": shows_all,
        "seconds": limits.seconds,
        "memory_bytes": limits.memory_bytes,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tracker.writing.typesetting"],
        input=b"\n".join((json.dumps(asked).encode(), b"".join(sources.values()))),
        capture_output=True,
        check=False,
        cwd=_ROOT,  # where this very package is found
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said, _, made = done.stdout.partition(b"\n")
    if done.returncode < 0 or b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
        raise Invalid("This is too long for one PDF. Narrow it, for example to one unit.")
    if done.returncode:
        raise RuntimeError(f"The typesetter broke off: {done.stderr.decode(errors='replace')}")
    if said:
        raise TypesettingRefused(json.loads(said))
    return made


def typeset_sheet(sources: Mapping[str, bytes], *, moment: datetime) -> bytes:
    """Return a sheet as PDF, set in a process of its own; raise Invalid where it is too long.

    It is marked as accessible unless the fonts cannot show one of its characters.
    """
    return typeset_apart(sources, standards=("ua-1",), moment=moment, shows_all=False)


def main() -> None:
    """Set what standard input holds, a line of JSON and the files that it names.

    Standard output is a line, which holds what was refused as JSON or nothing, then the PDF.
    """
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sources = {name: sys.stdin.buffer.read(size) for name, size in asked["sizes"].items()}
    moment = datetime.fromisoformat(asked["moment"])
    said, made = b"", b""
    try:
        try:
            made = typeset(sources, standards=asked["standards"], moment=moment)
        except TypesettingRefused as refusal:
            if asked["shows_all"] or _NOT_SHOWN not in refusal.diagnostic:
                raise
            made = typeset(sources, moment=moment)
    except TypesettingRefused as refusal:
        said = json.dumps(refusal.diagnostic).encode()
    sys.stdout.buffer.write(said + b"\n" + made)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of the typesetter and of the project, and no others.

    A font of the machine would give other bytes on another machine.
    """
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


if __name__ == "__main__":
    main()
