"""Adopted texts of an invented commission, as files that tests import."""

ADOPTED = """21(V) REGISTERS OF THE ISLANDS

The Commission for the Ostral Islands,

Recalling its resolution 20(V) on the census of the islands,

1. Takes note of the report of the secretariat on the registers of the islands;

2. Requests the Executive Secretary:

(a) To assist member States in keeping their registers;

(b) To report to the Commission at its sixth session on the registers of the islands;

3. Invites member States to share their registers with one another.
"""
# Of its five mandates, 2(a) and 2(b) are proposed as requiring our action.

EARLIER = """20(V) CENSUS OF THE ISLANDS

The Commission for the Ostral Islands,

Bearing in mind the size of the islands,

1. Decides to hold a census of the islands every ten years;

2. Requests the Executive Secretary to publish the census of the islands.
"""

WITHOUT_NUMBER = ADOPTED.replace("21(V) ", "")
_SUBJECTS = ("registers", "harbours", "reefs", "ferries", "schools", "wells", "forests")


def long_text(*, paragraphs: int, doubt_each: int) -> str:
    """Return an invented resolution; each fourth paragraph has two sub-clauses.

    Each so many paragraphs one is doubtful: it opens with a word that is no verb of the trade.
    """
    blocks = [
        "30(VI) PROGRAMME OF THE ISLANDS",
        "The Commission for the Ostral Islands,",
        "Recalling its resolution 20(V) on the census of the islands,",
    ]
    for number in range(1, paragraphs + 1):
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        verb = "Applauding" if number % doubt_each == 0 else "Requests"
        asked = (
            f"{number}. {verb} the Executive Secretary to assist member States in keeping the "
            f"{subject} of the islands, in view of the wishes of the Governments concerned, "
            f"the means that are available to the secretariat in each biennium, and what was "
            f"learned from the {number} surveys of the {subject} that were held until now"
        )
        if number % 4:
            blocks.append(f"{asked};")
            continue
        blocks += [
            f"{asked}, and in particular:",
            f"(a) To report to the Commission on the {subject} at its next session;",
            f"(b) To publish a guide on the {subject} in all languages of the Commission;",
        ]
    return "\n\n".join(blocks) + "\n"


def as_file(text: str) -> bytes:
    """Return the text as the bytes of a plain text file."""
    return text.encode()
