"""What a printed check of a draft says, as English messages."""

from collections.abc import Mapping

from tracker.domain.drafts import Gap
from tracker.domain.errors import N_

GAPS: Mapping[Gap, str] = {
    Gap.NO_ADDRESSEE: N_("It does not say whom it asks."),
    Gap.NO_END: N_("It names no date, session or rhythm by which it is done."),
    Gap.NO_MEANS: N_(
        "It asks the secretariat and does not say from which means. A statement of programme "
        "budget implications may be needed before it is adopted."
    ),
}
TITLE = N_("Check of a draft resolution")
PRIVATE = N_("For the meeting alone. The draft is private and is purged on %(day)s.")
LIKE = N_("%(mandate)s, %(percent)s %% alike: %(owner)s, %(lifecycle)s.")
REPLACES = N_("It would take the place of %(mandate)s: %(owner)s, %(lifecycle)s.")
NOBODY = N_("nobody answers for it")
FIRST_REPORT = N_("The first report falls due on %(day)s.")
NOTHING_ALIKE = N_("No mandate here asks the same.")
