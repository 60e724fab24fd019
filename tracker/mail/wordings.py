"""The fixed sentences of mails that a house can word itself: where each stands, and our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.errors import N_

LONGEST_TEXT = 1500  # characters
LONGEST_BUTTON = 40


class Occasion(StrEnum):
    """The mail in which a sentence stands."""

    DIGEST = "digest"
    SIGN_IN = "sign_in"
    INVITATION = "invitation"


class Plural(NamedTuple):
    """An English message in two forms; extraction takes both."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence that can be worded: where it stands, our words, and what may stand in it.

    ``needed`` are the links without which the mail would be of no use; ``longest`` is in
    characters of the text as it is written.
    """

    key: str
    place: str
    default: str | Plural
    names: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    is_long: bool = False
    may_be_empty: bool = False
    longest: int = LONGEST_TEXT

    @property
    def occasion(self) -> Occasion:
        """Return the mail in which it stands."""
        mail = self.key.partition(".")[0]
        return Occasion(mail) if mail in set(Occasion) else Occasion.DIGEST

    @property
    def is_button(self) -> bool:
        """Tell whether it is what a button says."""
        return self.key.startswith("button.")


def _button(name: str, place: str, default: str) -> Wording:
    return Wording(f"button.{name}", place, default, longest=LONGEST_BUTTON)


# What each name stands for, and what stands in its place while a text is tried.
VOCABULARY: Mapping[str, str] = {
    "name": N_("the name of the person who is written to"),
    "entity": N_("the name of the secretariat"),
    "num": N_("how many reports or matters the mail is about"),
    "counts": N_("how many reports of each kind, for example “1 report overdue”"),
    "mandate": N_("how the most urgent mandate is cited"),
    "due": N_("when it is due, in words"),
    "url": N_("the link that signs the person in"),
}
WORDINGS: Mapping[str, Wording] = {
    each.key: each
    for each in (
        Wording("subject", N_("Subject"), "%(counts)s", ("counts", "num", "name", "entity")),
        Wording(
            "opening",
            N_("First sentence"),
            Plural(
                "%(name)s, %(num)s report waits for you.",
                "%(name)s, %(num)s reports wait for you.",
            ),
            ("name", "num"),
        ),
        Wording(
            "opening_clearance",
            N_("First sentence, where all wait for clearance"),
            Plural(
                "%(name)s, %(num)s report waits for your clearance.",
                "%(name)s, %(num)s reports wait for your clearance.",
            ),
            ("name", "num"),
        ),
        Wording(
            "opening_items",
            N_("First sentence, where other matters wait too"),
            Plural(
                "%(name)s, %(num)s item waits for you.", "%(name)s, %(num)s items wait for you."
            ),
            ("name", "num"),
        ),
        Wording(
            "first",
            N_("What is most urgent"),
            N_("The most urgent: %(mandate)s. %(due)s."),
            ("mandate", "due"),
        ),
        Wording(
            "first_undated",
            N_("What comes first, without a date"),
            N_("First: %(mandate)s."),
            ("mandate",),
        ),
        Wording(
            "heading.escalation_ahead",
            N_("Heading: before the chief is told"),
            N_("Before your chief is told"),
        ),
        Wording("heading.overdue", N_("Heading: overdue"), N_("Overdue reports")),
        Wording("heading.returned", N_("Heading: returned"), N_("Returned to you")),
        Wording("heading.requested", N_("Heading: asked for"), N_("Asked of you")),
        Wording("heading.due", N_("Heading: due soon"), N_("Reports due soon")),
        Wording("heading.slot", N_("Heading: the slot comes near"), N_("Needed for the document")),
        Wording(
            "heading.sign_off",
            N_("Heading: editions to sign"),
            N_("Waiting for your signature"),
        ),
        Wording(
            "heading.edition_returned",
            N_("Heading: editions that came back"),
            N_("Editions returned to you"),
        ),
        Wording(
            "heading.clearance", N_("Heading: for clearance"), N_("Waiting for your clearance")
        ),
        Wording("heading.assigned", N_("Heading: newly assigned"), N_("Newly assigned to you")),
        Wording(
            "heading.escalation_ready",
            N_("Heading: unanswered"),
            N_("Unanswered: you decide whether the chief is told"),
        ),
        Wording(
            "heading.declined",
            N_("Heading: declined"),
            N_("Declined: somebody else is needed"),
        ),
        Wording(
            "heading.ownerless",
            N_("Heading: nobody answers"),
            N_("Mandates that nobody answers for"),
        ),
        Wording(
            "heading.post_unfilled",
            N_("Heading: signing posts that nobody fills"),
            N_("Signing posts that nobody fills"),
        ),
        Wording("heading.lying", N_("Heading: waiting for long"), N_("Waiting for long")),
        Wording(
            "heading.account_left",
            N_("Heading: accounts of those who leave"),
            N_("Accounts to close"),
        ),
        _button("update", N_("Button: answer a report"), N_("Update")),
        _button("nothing_new", N_("Button: say the last text again"), N_("Nothing new")),
        _button(
            "last_text",
            N_("Button: say the last text again, in the final round"),
            N_("Use last text"),
        ),
        _button("accept", N_("Button: accept an assignment"), N_("Accept")),
        _button("not_mine", N_("Button: decline an assignment"), N_("Not mine")),
        _button("clearance", N_("Button: clear a report"), N_("Review report")),
        _button("sign_off", N_("Button: sign an edition"), N_("Read it and sign")),
        _button(
            "edition_returned", N_("Button: open an edition that came back"), N_("Open the edition")
        ),
        _button("post_unfilled", N_("Button: see who signs"), N_("See who signs")),
        _button("account_left", N_("Button: open the account"), N_("Open the account")),
        _button("lying", N_("Button: open what waits for long"), N_("Open report")),
        _button("escalation_ready", N_("Button: see a roll-up"), N_("Look at the roll-up")),
        _button("declined", N_("Button: assign what was declined"), N_("Assign it anew")),
        _button("ownerless", N_("Button: assign what nobody answers for"), N_("Assign it")),
        Wording(
            "without_signing_in",
            N_("About the buttons"),
            N_(
                "The buttons work without signing in, for 30 days and once each. Whoever has this "
                "mail can answer in your name, so please do not pass it on."
            ),
            is_long=True,
        ),
        Wording(
            "may_reply",
            N_("About replies"),
            N_(
                "You can also reply to this mail: what you write, below the paragraph that it is "
                "about, and the files that you attach become your draft. Nothing is submitted by "
                "it."
            ),
            is_long=True,
        ),
        Wording(
            "why",
            N_("Why this mail came"),
            N_(
                "You get this mail because you answer for these mandates, or clear what is "
                "reported on them. It is sent when something is new, due soon, overdue, returned "
                "or waiting for clearance."
            ),
            ("entity",),
            is_long=True,
        ),
        Wording(
            "why_house",
            N_("Why this mail came, to who sees that nothing is left lying"),
            N_(
                "You get this mail because you see to it that nothing is left lying. Each occasion "
                "is told once, and what is settled is told no more."
            ),
            ("entity",),
            is_long=True,
        ),
        Wording(
            "why_editions",
            N_("Why this mail came, to who signs or made an edition of the report"),
            N_(
                "You get this mail because you sign the biennial report or made this edition of "
                "it. It is sent when an edition comes to you, and each week while it waits for "
                "your signature."
            ),
            ("entity",),
            is_long=True,
        ),
        Wording(
            "closing",
            N_("Closing words, before the small print"),
            "",
            ("name", "entity"),
            is_long=True,
            may_be_empty=True,
        ),
        Wording(
            "sign_in.subject",
            N_("Subject of the mail with a sign-in link"),
            N_("Your link to sign in to the mandate tracker"),
            ("name",),
        ),
        Wording(
            "sign_in.text",
            N_("Text of the mail with a sign-in link"),
            N_(
                "Dear %(name)s,\n\nOpen this link to sign in. It works once, within one "
                "hour:\n\n%(url)s\n\nIf you did not ask for it, do nothing: nobody can sign in "
                "without this mail.\n"
            ),
            ("name", "url"),
            needed=("url",),
            is_long=True,
        ),
        Wording(
            "invitation.subject",
            N_("Subject of the invitation"),
            N_("You are invited to the mandate tracker"),
            ("name",),
        ),
        Wording(
            "invitation.text",
            N_("Text of the invitation"),
            N_(
                "Dear %(name)s,\n\nYou are invited to the mandate tracker, where the mandates of "
                "our resolutions are followed up and reported on. Open this link to sign in. It "
                "works once, within seven days:\n\n%(url)s\n\nLater you can ask for another link, "
                "or choose a password on the page of your account.\n"
            ),
            ("name", "url"),
            needed=("url",),
            is_long=True,
        ),
    )
}
