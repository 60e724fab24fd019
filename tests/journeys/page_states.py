"""States of pages that an address alone does not show: each form as it comes back with errors."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys.every_page import (
    ADMINISTRATOR,
    COORDINATOR,
    FOCAL_POINT,
    MANAGER,
    STRANGER,
)

WHAT_IS_WRONG = ".govuk-error-summary, .tracker-banner--error"


@dataclass(frozen=True, slots=True)
class FormSent:
    """A form of a page, sent by a person with nothing in it but ``values``."""

    address: str
    to: str  # how the address ends that it is sent to
    person: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what a test of the form is called."""
        return f"{self.address} sent to {self.to} by {self.person or 'a stranger'}"


FORMS = (
    FormSent("/sign-in", "/sign-in", STRANGER),
    FormSent("/account", "/account/details", FOCAL_POINT),
    FormSent("/account", "/account/password", FOCAL_POINT, {"password": "short"}),
    FormSent("/ecaic/46-x", "/confirm", COORDINATOR),
    FormSent("/mandates/{one}/assign", "/mandates/assign", COORDINATOR, {"due_on": "1800-01-01"}),
    FormSent("/mandates/{another}/decline", "/decline", MANAGER),
    FormSent("/progress/{open}", "/submit", FOCAL_POINT),
    FormSent("/progress/{open}", "/submit", FOCAL_POINT, {"status": "postponed"}),
    FormSent("/progress/{submitted}", "/return", MANAGER),
    FormSent("/progress/{extended}", "/extend", COORDINATOR),
    FormSent("/progress/{extended}", "/waive", COORDINATOR),
    FormSent("/answer/{answer}/update", "/update", STRANGER, {"status": "postponed"}),
    FormSent("/answer/{answer}/more-time", "/more-time", STRANGER),
    FormSent("/answer/{answer}/not-mine", "/not-mine", STRANGER),
    FormSent("/activities/new", "/activities/new", COORDINATOR),
    FormSent("/activities/{activity}/edit", "/edit", COORDINATOR),
    FormSent("/activities/{activity}/link?q=a", "/link?q=a", COORDINATOR),
    FormSent("/mandates/{one}/activities/link?q=a", "/link?q=a", COORDINATOR),
    FormSent("/periods/{open_period}/dates", "/dates", COORDINATOR, {"due_on": ""}),
    FormSent("/periods/{frozen_period}/reopen", "/reopen", COORDINATOR),
    FormSent("/reports/{open_period}/final", "/final", COORDINATOR),
    FormSent("/resolutions/import", "/resolutions/import", COORDINATOR),
    FormSent("/admin/people/invite", "/invite", ADMINISTRATOR),
    FormSent("/admin/units", "/admin/units", ADMINISTRATOR),
    FormSent("/setup/entity", "/setup/entity", ADMINISTRATOR),
    FormSent("/setup/session", "/setup/session", ADMINISTRATOR),
    FormSent("/setup/people", "/setup/people", ADMINISTRATOR),
    FormSent("/setup/backup", "/setup/backup", ADMINISTRATOR),
)


def send_with_errors(page: Page, form: FormSent) -> None:
    """Empty the form on the page but for its values, send it, and wait for what comes back.

    What is chosen from a list stays chosen: a browser always sends one of its entries.
    """
    with page.expect_navigation():
        page.evaluate(
            """([to, values]) => {
              const path = form => new URL(form.action).pathname + new URL(form.action).search
              const form = [...document.querySelectorAll('main form[method=post]')]
                .find(form => path(form).endsWith(to))
              if (!form) throw new Error('no form is sent to ' + to)
              for (const field of form.elements) {
                if (['hidden', 'submit', 'select-one', 'fieldset'].includes(field.type)) continue
                if (['radio', 'checkbox'].includes(field.type)) {
                  field.checked = values[field.name] === field.value
                } else field.value = values[field.name] || ''
              }
              HTMLFormElement.prototype.submit.call(form)
            }""",
            [form.to, form.values],
        )
