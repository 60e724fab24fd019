"""Public pages that are kept: found again as they were, within so many bytes."""

from flask import Response

from tracker.web.public_pages.kept import KeptAnswers


def page(length: int = 10) -> Response:
    return Response(b"x" * length, headers={"X-Robots-Tag": "noindex"})


def test_a_page_is_found_again_as_it_was_and_can_be_changed_without_harm() -> None:
    kept = KeptAnswers(1000)
    kept.keep("one", page())

    first = kept.find("one")
    assert first is not None
    first.headers["ETag"] = "changed"
    second = kept.find("one")

    assert second is not None
    assert second.get_data() == b"x" * 10
    assert second.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in second.headers
    assert kept.find("other") is None


def test_what_was_asked_for_least_lately_goes_when_there_are_too_many_bytes() -> None:
    kept = KeptAnswers(100)
    for number in range(10):
        kept.keep(str(number), page())
    kept.find("0")

    kept.keep("ten", page())

    assert kept.find("1") is None
    assert kept.find("0") is not None
    assert kept.find("ten") is not None


def test_a_page_kept_twice_counts_once() -> None:
    kept = KeptAnswers(20)
    for _time in range(5):
        kept.keep("one", page(2))
    for name in "abcdefghi":
        kept.keep(name, page(2))

    assert kept.find("one") is not None


def test_what_is_no_whole_page_or_very_large_is_not_kept() -> None:
    kept = KeptAnswers(100)
    kept.keep("moved", Response(b"", status=302))
    kept.keep("large", page(11))

    assert kept.find("moved") is None
    assert kept.find("large") is None
