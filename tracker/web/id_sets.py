"""Sets of ids as a hidden field carries them: short also where there are very many."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Collection
from zlib import compress, decompressobj
from zlib import error as NotCompressed  # noqa: N812  # zlib names its only error in small letters

_LONGEST = 2**20  # bytes, one bit an id: a small text cannot grow to a big one


def packed_ids(ids: Collection[int]) -> str:
    """Return ids as a text of letters and digits that takes about a bit for each number passed."""
    bits = bytearray(max(ids, default=0) // 8 + 1)
    for one in ids:
        bits[one // 8] |= 1 << one % 8
    return urlsafe_b64encode(compress(bytes(bits))).decode("ascii")


def unpacked_ids(text: str) -> frozenset[int]:
    """Return the ids of a packed text; none for what is no such text."""
    try:
        bits = decompressobj().decompress(urlsafe_b64decode(text.encode()), _LONGEST)
    except (NotBase64, NotCompressed):
        return frozenset()
    return frozenset(
        place * 8 + bit for place, byte in enumerate(bits) for bit in range(8) if byte >> bit & 1
    )
