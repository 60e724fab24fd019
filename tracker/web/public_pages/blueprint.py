"""The blueprint of the public pages, and what each application keeps of them."""

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from tracker.web.public_pages.kept import KeptAnswers

KEPT = "public_answers"

blueprint = Blueprint("public_pages", __name__)


@blueprint.record
def _begin_to_keep(setup: BlueprintSetupState) -> None:
    setup.app.extensions[KEPT] = KeptAnswers()


def kept_answers() -> KeptAnswers:
    """Return the public pages that this application wrote lately."""
    kept: KeptAnswers = current_app.extensions[KEPT]
    return kept
