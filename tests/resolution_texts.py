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


def as_file(text: str) -> bytes:
    """Return the text as the bytes of a plain text file."""
    return text.encode()
