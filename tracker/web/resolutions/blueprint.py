"""The blueprint that the views of resolutions and of their import share."""

from flask import Blueprint

blueprint = Blueprint("resolutions", __name__)
