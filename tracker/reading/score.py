"""Resolutions in the form of the evaluation corpus, as the scorer and the command line print them."""

from pathlib import Path

from tracker.reading import read


def read_path(path: str) -> dict:
    r = read(Path(path))[0]
    return {"title": r.title, "body": r.body, "blocks": [dict(kind=str(b.kind), text=b.text, path=b.path, verb=b.verb, number=b.number) for b in r.blocks]}
