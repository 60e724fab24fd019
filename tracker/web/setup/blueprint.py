"""The blueprint that the pages of the set-up share."""

from flask import Blueprint

blueprint = Blueprint("setup", __name__, url_prefix="/setup")
