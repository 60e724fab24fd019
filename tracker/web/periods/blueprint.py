"""The part of the site that all views of reporting periods belong to."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("periods", __name__, url_prefix="/periods")

Page = str | tuple[str, int] | Response
