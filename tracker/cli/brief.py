"""``tracker brief``: two pages on a country, a partner, a subject, a unit or a resolution."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.report import chosen_language, write_files
from tracker.domain.briefs import BriefKind, brief_address, read_since
from tracker.domain.errors import Invalid, NotFound
from tracker.queries.brief_subjects import find_subject, near_subjects
from tracker.queries.briefs import BriefRequest
from tracker.services.briefs import brief_file, make_brief
from tracker.writing.biennial_report import ReportForm
from tracker.writing.brief import BRIEF_FORMS


@click.command("brief")
@click.option("--country", help='Code or name of a country, "BOL".')
@click.option("--partner", help="Name of a partner.")
@click.option("--unit", help="Short name of a unit, or its name.")
@click.option("--resolution", help='Symbol of a resolution, "530(XXIV)".')
@click.option("--goal", help='Number or name of a goal, or number of a target, "14" or "14.7".')
@click.option("--word", help="Name of a subject word of the house.")
@click.option("--subject", "words", help="Words that all must occur.")
@click.option("--since", required=True, help="First year (2022) or first day (2022-05-17).")
@click.option("--language", help="Language of the brief; the house's first one by default.")
@click.option(
    "--out",
    "path",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, .docx or .html.",
)
@click.pass_obj
def brief(
    context: CommandContext,
    /,
    since: str,
    language: str | None,
    path: Path,
    **subjects: str | None,
) -> None:
    """Write what was done with a country, a partner, a unit, on a resolution or a subject.

    Two pages from the list of activities and from approved reports; what is internal or
    confidential stays out.
    """
    installation = context.installation
    settings, house = installation.settings, installation.house()
    form = _form(path)
    kind, text = _asked(subjects)
    language = chosen_language(language, house.languages)
    first_day = read_since(since)
    with installation.database.reading() as session:
        subject = find_subject(session, text, language, kind)
        request = BriefRequest(
            subject=subject,
            since=first_day,
            today=clock.today(settings.time_zone),
            language=language,
            entity_name=house.entity.name_in(language),
            list_address=f"{settings.base_url}{brief_address(subject, first_day)}",
        )
        made = make_brief(session, request)
        if made.content.is_empty:
            near = ", ".join(each.name for each in near_subjects(session, text, language))
            if near:
                raise NotFound(
                    "Nothing is on record on %(subject)s since %(day)s. Did you mean: %(near)s?",
                    subject=subject.name,
                    day=first_day,
                    near=near,
                )
            raise NotFound(
                "Nothing is on record on %(subject)s since %(day)s. Choose an earlier day, or "
                "another spelling.",
                subject=subject.name,
                day=first_day,
            )
    write_files({path.name: brief_file(made, form).content}, path.parent)
    click.echo(path)


def _asked(subjects: dict[str, str | None]) -> tuple[BriefKind, str]:
    given = [(kind, text) for kind in BriefKind if (text := subjects[kind.value])]
    if len(given) != 1:
        raise Invalid(
            "Name one thing that the brief is about: --country, --partner, --unit, --resolution, "
            "--goal, --word or --subject."
        )
    return given[0]


def _form(path: Path) -> ReportForm:
    for form in BRIEF_FORMS:
        if path.suffix.lower() == f".{form.value}":
            return form
    raise Invalid(
        "%(file)s is no form of a brief. End its name with .docx or .html.", file=path.name
    )
