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
    asked_addresses,
    biennial_reports,
    briefs,
    calendars,
    cells,
    cooperation,
    dashboard,
    deliverables,
    deliveries,
    digests,
    errors,
    filters,
    focal_points,
    jobs,
    languages,
    links,
    mail_texts,
    mandates,
    meetings,
    names,
    navigation,
    page_words,
    pauses,
    periods,
    progress,
    public_pages,
    recommendations,
    reminder_rules,
    reminders,
    resolutions,
    roll_ups,
    saved_views,
    search,
    security,
    session_cookies,
    setup,
    sheets,
    shown_names,
    status_shapes,
    subjects,
    tasks,
    transactions,
    understanding,
)
from tracker.web.admin import exports as people_exports
from tracker.web.admin import handovers, units
from tracker.web.help import blueprint as help_pages
from tracker.web.saved_views import shown as shown_views
from tracker.web.static_files import register_static_files
from tracker.web.subjects import shown as shown_subjects

BLUEPRINTS: tuple[Blueprint, ...] = (
    absences.blueprint,
    account.blueprint,
    activities.blueprint,
    answers.blueprint,
    biennial_reports.blueprint,
    briefs.blueprint,
    calendars.blueprint,
    cooperation.blueprint,
    dashboard.blueprint,
    deliverables.blueprint,
    deliveries.blueprint,
    digests.blueprint,
    focal_points.blueprint,
    handovers.blueprint,
    help_pages,
    jobs.blueprint,
    mail_texts.blueprint,
    mandates.blueprint,
    meetings.blueprint,
    names.blueprint,
    pauses.blueprint,
    people_exports.blueprint,
    periods.blueprint,
    progress.blueprint,
    public_pages.blueprint,
    recommendations.blueprint,
    reminder_rules.blueprint,
    reminders.blueprint,
    resolutions.blueprint,
    roll_ups.blueprint,
    saved_views.blueprint,
    search.blueprint,
    setup.blueprint,
    sheets.blueprint,
    units.blueprint,
    subjects.blueprint,
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
    session_cookies.install(app)
    CSRFProtect(app)
    Babel(app, locale_selector=languages.page_language)
    page_words.install(app)
    transactions.install(app)
    addresses.install(app)
    links.install(app)
    asked_addresses.install(app)
    status_shapes.install(app)
    register_static_files(app)
    security.install(app)
    errors.install(app)
    filters.install(app)
    cells.install(app)
    dashboard.map_cells.install(app)
    dashboard.pace_rows.install(app)
    dashboard.report_cells.install(app)
    shown_names.install(app)
    shown_views.install(app)
    shown_subjects.install(app)
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
