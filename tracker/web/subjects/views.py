"""Pages of subjects: all with their counts, one with its records, and what is proposed."""

from collections.abc import Iterable, Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.countries import countries
from tracker.domain.errors import Invalid
from tracker.domain.goals import GOALS, TARGETS
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.domain.subjects import (
    AboutKind,
    Subject,
    SubjectKind,
    Verdict,
    checked_subject,
    read_choice,
)
from tracker.queries.subject_words import ListedWord, find_word, narrower_words, words_in_use
from tracker.queries.subjects import (
    Counts,
    Described,
    activities_about,
    counts_of_subject,
    described,
    described_page,
    mandates_about,
    order_of_subjects,
    subject_counts,
)
from tracker.services.subjects import decide_subjects
from tracker.web import filters
from tracker.web.lists import asked_place
from tracker.web.security import actor, requires
from tracker.web.subjects.forms import word_choices
from tracker.web.subjects.shown import subject_name
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("subjects", __name__, url_prefix="/subjects")
MOST_SHOWN = 30  # of a kind on the page of all subjects
PAGE_SIZE = 100  # subjects on a page of one kind
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.READ)
def index() -> str:
    with reading() as session:
        counts = subject_counts(session, actor())
    kind = request.args.get("kind", type=SubjectKind)
    if kind is not None:
        return _of_one_kind(kind, _counted(counts, kind))
    goals = [Subject(SubjectKind.GOAL, goal) for goal in GOALS]
    words, targets, countries = (
        _counted(counts, each)
        for each in (SubjectKind.WORD, SubjectKind.TARGET, SubjectKind.COUNTRY)
    )
    return render_template(
        "subjects/index.html",
        goals=[(goal, counts.get(goal, Counts())) for goal in goals],
        targets=_most_counted(targets),
        more_targets=len(targets) - MOST_SHOWN,
        words=_most_counted(words),
        more_words=len(words) - MOST_SHOWN,
        countries=_most_counted(countries),
        more_countries=len(countries) - MOST_SHOWN,
        may_decide=may_ever(actor(), Action.CONFIRM_SUBJECT),
    )


def _of_one_kind(kind: SubjectKind, found: Sequence[tuple[Subject, Counts]]) -> str:
    count = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), count)
    return render_template(
        "subjects/kind.html",
        kind=kind,
        subjects=found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        page=page,
        page_count=count,
    )


def _most_counted(found: Sequence[tuple[Subject, Counts]]) -> Sequence[tuple[Subject, Counts]]:
    """Return those that most records are about, in the order in which they all come."""
    most = sorted(range(len(found)), key=lambda place: -found[place][1].total)[:MOST_SHOWN]
    return [found[place] for place in sorted(most)]


@blueprint.get("/<kind>/<key>")
@requires(Action.READ)
def show(kind: str, key: str) -> str | Response:
    subject = asked_subject(kind, key)
    shows_activities = request.args.get("of") == AboutKind.ACTIVITY.value
    word, around = _word(subject)
    if word is not None and word.merged_into_id is not None:
        return redirect(url_for("subjects.show", kind=kind, key=word.merged_into_id), 301)
    with reading() as session:
        counts = counts_of_subject(session, subject, actor())
        mandates = (
            None if shows_activities else mandates_about(session, subject, actor(), asked_place())
        )
        activities = (
            activities_about(session, subject, actor(), asked_place()) if shows_activities else None
        )
    return render_template(
        "subjects/show.html",
        subject=subject,
        word=word,
        around=around,
        counts=counts,
        mandates=mandates,
        activities=activities,
        may_decide=may_ever(actor(), Action.CONFIRM_SUBJECT),
        keeps=may_ever(actor(), Action.KEEP_SUBJECT_WORDS),
    )


@blueprint.get("/proposals")
@requires(Action.CONFIRM_SUBJECT)
def proposals() -> str:
    about = request.args.get("of", AboutKind.MANDATE, type=AboutKind)
    with reading() as session:
        page = described_page(session, about, actor(), asked_place())
    rows = [row for row in page.rows if row.proposals and _may_decide(row)]
    return render_template(
        "subjects/proposals.html",
        about=about,
        page=page,
        rows=rows,
        proposed=sum(len(row.proposals) for row in rows),
    )


@blueprint.get("/of/<about>/<int:record_id>")
@requires(Action.READ)
def of_record(about: str, record_id: int) -> str:
    row = _described(about, record_id)
    with reading() as session:
        words = words_in_use(session)
    listed = [Subject(SubjectKind.GOAL, goal) for goal in GOALS]
    listed += [Subject(SubjectKind.TARGET, key) for goal in GOALS for key in TARGETS[goal]]
    if row.about is AboutKind.MANDATE:
        listed += [
            Subject(SubjectKind.COUNTRY, country.code) for country in countries(filters.language())
        ]
    return render_template(
        "subjects/of_record.html",
        row=row,
        listed=listed,
        words=word_choices(word for word in words if _is_for(word, row)),
        may_decide=_may_decide(row),
    )


@blueprint.post("/decide")
@requires(Action.CONFIRM_SUBJECT)
def decide() -> Response:
    back = _back()
    try:
        verdict = Verdict(request.form.get("verdict", ""))
        choices = [read_choice(each) for each in request.form.getlist("choice")]
        with transaction() as session:
            count = decide_subjects(
                session,
                choices=choices,
                verdict=verdict,
                words={choice: request.form.get(f"words-{choice}", "")[:200] for choice in choices},
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        flash(filters.said(refusal), "error")
        return redirect(back, 303)
    except ValueError:
        abort(400)
    if verdict is Verdict.REFUSED:
        flash(
            ngettext("%(num)s subject is refused.", "%(num)s subjects are refused.", count),
            "success",
        )
    else:
        flash(
            ngettext("%(num)s subject is confirmed.", "%(num)s subjects are confirmed.", count),
            "success",
        )
    return redirect(back, 303)


def _back() -> str:
    """Return the page from which the decision came: a record's, or the list of proposals."""
    about, _, number = request.form.get("record", "").partition(":")
    if about in set(AboutKind) and number.isdigit() and len(number) < 10:
        return url_for("subjects.of_record", about=about, record_id=int(number))
    return url_for("subjects.proposals", of=about if about in set(AboutKind) else None)


def _word(subject: Subject) -> tuple[ListedWord | None, Sequence[ListedWord]]:
    """Return the subject word and those that are a part of it; None for another subject."""
    if subject.kind is not SubjectKind.WORD:
        return None, ()
    with reading() as session:
        word = find_word(session, int(subject.key))
        if word is None:
            abort(404)
        return word, narrower_words(session, word.id)


def _is_for(word: ListedWord, row: Described) -> bool:
    """Tell whether a record can be about a word: a mandate is about words of its own body."""
    if row.mandate is None or word.body_key is None:
        return True
    return word.body_key == row.mandate.reference.body_key


def _counted(counts: Mapping[Subject, Counts], kind: SubjectKind) -> list[tuple[Subject, Counts]]:
    found = [each for each in counts.items() if each[0].kind is kind]
    if kind is SubjectKind.COUNTRY:
        return _by_name(found)
    if kind is SubjectKind.WORD:
        return sorted(found, key=lambda each: (-each[1].total, subject_name(each[0]).casefold()))
    return sorted(found, key=lambda each: order_of_subjects(each[0]))


def _by_name(found: Iterable[tuple[Subject, Counts]]) -> list[tuple[Subject, Counts]]:
    of_code = {subject.key: (subject, counts) for subject, counts in found}
    return [of_code[code] for code, _name in filters.named_countries(of_code)]


def asked_subject(kind: str, key: str) -> Subject:
    """Return the subject of an address; there is no page where there is none such."""
    try:
        return checked_subject(kind, key)
    except Invalid:
        abort(404)


def _described(about: str, record_id: int) -> Described:
    if about not in set(AboutKind):
        abort(404)
    with reading() as session:
        row = described(session, AboutKind(about), record_id, actor())
    if row is None:
        abort(404)
    return row


def _may_decide(row: Described) -> bool:
    return is_allowed(actor(), Action.CONFIRM_SUBJECT, unit_id=row.unit_id)
