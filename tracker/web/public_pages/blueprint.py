"""The blueprint of the public pages."""

from flask import Blueprint

blueprint = Blueprint("public_pages", __name__)
