"""Templates escape what people wrote, write markup as it is and say their words."""

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from markupsafe import Markup

from tracker.web import page_words


@pytest.fixture
def site() -> Flask:
    """Return an application whose templates speak as those of the tracker."""
    made = Flask(__name__, static_folder=None)
    Babel(made, default_locale="es")
    page_words.install(made)
    return made


@pytest.mark.parametrize(
    ("template", "page"),
    [
        pytest.param("{{ text }}", "&lt;b&gt; &amp; &#39;", id="text"),
        pytest.param("{{ markup }}", "<i>&amp;</i>", id="markup"),
        pytest.param("{{ text ~ markup }}", "&lt;b&gt; &amp; &#39;<i>&amp;</i>", id="both"),
        pytest.param("{{ 3 }}{{ none }}{{ missing }}", "3None", id="values"),
        pytest.param(
            "{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}{{ m('<') }}", "<p>&lt;</p>", id="macro"
        ),
        pytest.param(
            "{% set held %}{{ text }}{% endset %}{{ held }}", "&lt;b&gt; &amp; &#39;", id="held"
        ),
        pytest.param("{% autoescape false %}{{ text }}{% endautoescape %}", "<b> & '", id="as-is"),
        pytest.param("{{ _('Mandates') }}", "Mandatos", id="word"),
        pytest.param(
            "{{ _('Waits for %(unit)s', unit=text) }}", "Espera a &lt;b&gt; &amp; &#39;", id="value"
        ),
    ],
)
def test_a_template_is_written_as_jinja_would(site: Flask, template: str, page: str) -> None:
    with site.test_request_context():
        told = render_template_string(template, text="<b> & '", markup=Markup("<i>&amp;</i>"))

    assert told == page
