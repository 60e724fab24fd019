"""Mandates selected on a page, each with the version that the person saw."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from tracker.domain.errors import Invalid
from tracker.services.mandates import CHOOSE_SOME
from tracker.web.addresses import whole_number


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids of the selected mandates with their versions."""

    versions: Mapping[int, int]

    @property
    def ids(self) -> list[int]:
        """Return the ids in the order of the page."""
        return list(self.versions)


def read_selection(sent: MultiDict[str, str]) -> Selection:
    """Return the selection of a form, whose values read "id:version"; raise Invalid for none."""
    versions = {}
    for value in sent.getlist("mandate"):
        first, _, last = value.partition(":")
        mandate_id, version = whole_number(first), whole_number(last)
        if mandate_id is not None and version is not None:
            versions[mandate_id] = version
    if not versions:
        raise Invalid(CHOOSE_SOME)
    return Selection(versions)


def read_ids(sent: MultiDict[str, str]) -> list[int]:
    """Return the ids that an address names ("mandate=12&mandate=14"), each once."""
    values = (whole_number(value.partition(":")[0]) for value in sent.getlist("mandate"))
    return list(dict.fromkeys(value for value in values if value is not None))
