"""The composition root: puts the web application together from its parts."""

from datetime import timedelta

from flask import Blueprint, Flask, Response
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings
from tracker.installation import Installation, make_installation
from tracker.web import (
    absences,
    account,
    activities,
    addresses,
    answers,
    biennial_reports,
    calendars,
    dashboard,
    deliverables,
    deliveries,
    errors,
    filters,
    focal_points,
    jobs,
    languages,
    mandates,
    names,
    navigation,
    periods,
    progress,
    reminders,
    resolutions,
    search,
    security,
    setup,
    sheets,
    shown_names,
    tasks,
    understanding,
)
from tracker.web.admin import exports as people_exports
from tracker.web.admin import handovers, units
from tracker.web.help import blueprint as help_pages
from tracker.web.static_files import register_static_files

BLUEPRINTS: tuple[Blueprint, ...] = (
    absences.blueprint,
    account.blueprint,
    activities.blueprint,
    answers.blueprint,
    biennial_reports.blueprint,
    calendars.blueprint,
    dashboard.blueprint,
    deliverables.blueprint,
    deliveries.blueprint,
    focal_points.blueprint,
    handovers.blueprint,
    help_pages,
    jobs.blueprint,
    mandates.blueprint,
    names.blueprint,
    people_exports.blueprint,
    periods.blueprint,
    progress.blueprint,
    reminders.blueprint,
    resolutions.blueprint,
    search.blueprint,
    setup.blueprint,
    sheets.blueprint,
    units.blueprint,
    tasks.blueprint,
    understanding.blueprint,
)


def create_app(settings: Settings, *, installation: Installation | None = None) -> Flask:
    """Return the web application for ``settings``; opens no connection until the first request."""
    app = Flask("tracker", template_folder=str(ROOT / "templates"), static_folder=None)
    parts = installation or make_installation(settings)
    app.extensions["tracker"] = parts
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes + 64 * 1024,
        SESSION_COOKIE_NAME="tracker_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=12 * 60 * 60,
        BABEL_DEFAULT_LOCALE=settings.languages[0],
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "tracker" / "translations"),
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.is_production:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    CSRFProtect(app)
    Babel(app, locale_selector=languages.page_language)
    addresses.install(app)
    register_static_files(app)
    security.install(app)
    errors.install(app)
    filters.install(app)
    shown_names.install(app)
    app.context_processor(navigation.header)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _add_health(app)
    return app


def _add_health(app: Flask) -> None:
    @app.get("/health")
    @security.public
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")
