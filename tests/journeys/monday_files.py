"""What comes in on the Monday after a session: six adopted files and the standing list."""

from pathlib import Path

from tests.reading.documents import make_package, make_paragraph, make_pdf

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMISSION = "The Commission for the Ostral Islands,"

STANDING_LIST = (
    "subprogramme,organ,symbols,title\n"
    "Subprogramme 1 – Statistics,Commission for the Ostral Islands resolutions,"
    "11(V); 21(VI),Statistics of the harbours\n"
    "Subprogramme 2 – Ports,Commission for the Ostral Islands resolutions,"
    "12(V); 22(VI),Training of pilots\n"
    "Subprogramme 2 – Ports,Commission for the Ostral Islands resolutions,23(VI),"
    "Lighthouses of the islands\n"
)

_STATISTICS = (
    "31(VII) STATISTICS OF THE HARBOURS",
    COMMISSION,
    "Recalling its resolution 21(VI) on the statistics of the harbours,",
    "1. Takes note of the report of the secretariat on the statistics of the harbours;",
    "2. Requests the Executive Secretary to publish the statistics of the harbours every year;",
    "3. Also requests the Executive Secretary to report on their state by 31 March 2099;",
    "4. Invites member States to count the ships in their harbours.",
)
_PILOTS = f"""#set page(width: 210mm, height: 297mm)
32(VII) TRAINING OF PILOTS

{COMMISSION}

_Recalling_ its resolution 22(VI) on the training of pilots,

1\\. _Requests_ the Executive Secretary to train the pilots of the islands in seamanship;

2\\. _Also requests_ the Executive Secretary to prepare a handbook for pilots;

3\\. _Urges_ member States to send their pilots to the courses.
"""
_TIDES = f"""33(VII) TABLES OF THE TIDES

{COMMISSION}

Bearing in mind the tides of the Ostral Sea,

1. Welcomes the tables of the tides that were issued;

2. Requests the Executive Secretary to issue the tables of the tides in four languages;

3. Encourages member States to measure their tides.
"""
_MAREAS = """33(VII) TABLAS DE LAS MAREAS

La Comisión de las Islas Ostrales,

Teniendo presentes las mareas del Mar Ostral,

1. Acoge con beneplácito las tablas de las mareas que se publicaron;

2. Pide al Secretario Ejecutivo que publique las tablas de las mareas en cuatro idiomas;

3. Alienta a los Estados miembros a que midan sus mareas.
"""
_LIGHTS = f"""<!doctype html><html lang="en"><head><title>34(VII)</title></head><body>
<h1>34(VII) LIGHTHOUSES OF THE ISLANDS</h1>
<p>{COMMISSION}</p>
<p><i>Recalling</i> its resolution 23(VI) on the lighthouses of the islands,</p>
<p>1. <i>Requests</i> the Executive Secretary to assist member States in repairing lighthouses;</p>
<p>2. <i>Decides</i> to review the matter at its next session.</p>
</body></html>
"""
_FERRIES = f"""35(VII) PILOTS OF THE FERRIES

{COMMISSION}

Recalling its resolution 22(VI) on the training of pilots,

1. Takes note of the report of the secretariat on the fer-
ries of the islands;

2. Requests the Executive Secretary:

(a) To examine the pilots of the ferries every year;

(h) To keep a register of the pilots of the ferries;

- 2 -

3. Invites member States to inspect their ferries.
"""


def lay_out(folder: Path) -> tuple[Path, list[Path]]:
    """Write the standing list and the six adopted files into a folder; return where they are."""
    paragraphs = "".join(map(make_paragraph, _STATISTICS))
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
    files = {
        "31-statistics.docx": make_package({"word/document.xml": document}),
        "32-pilots.pdf": make_pdf(_PILOTS),
        "33-tides.txt": _TIDES.encode(),
        "33-mareas.txt": _MAREAS.encode(),
        "34-lighthouses.html": _LIGHTS.encode(),
        "35-ferries-scanned.txt": _FERRIES.encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    standing = folder / "standing.csv"
    standing.write_text(STANDING_LIST, encoding="utf-8")
    return standing, [folder / name for name in files]
