"""The forms of requests and offers, and of networks."""

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.activities import PartnerKind
from tracker.domain.cooperation import Member, NoticeDetails, NoticeKind
from tracker.domain.countries import countries, country_name, find_country
from tracker.domain.errors import Invalid
from tracker.models.cooperation import NetworkMember
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.fields import DayField
from tracker.web.forms import VersionedForm


class NoticeForm(VersionedForm):
    kind = SelectField(lazy_gettext("What it is"))
    party = StringField(
        lazy_gettext("Who asks or offers"),
        description=lazy_gettext("The Government or institution, as it calls itself."),
    )
    party_kind = SelectField(lazy_gettext("What they are"))
    country = SelectField(
        lazy_gettext("Country"),
        description=lazy_gettext("Of the Government, or where it is wanted or given."),
    )
    title = StringField(lazy_gettext("What is asked for or offered, in a line"))
    detail = TextAreaField(lazy_gettext("More about it (optional)"))
    sector = StringField(
        lazy_gettext("Sector"), description=lazy_gettext("Such as fisheries or statistics.")
    )
    words = StringField(
        lazy_gettext("Subject words (optional)"),
        description=lazy_gettext("Parted by commas. By these, requests and offers are matched."),
    )
    received_on = DayField(lazy_gettext("Came on"))
    valid_to = DayField(lazy_gettext("Holds until (optional)"))
    agreement = StringField(
        lazy_gettext("Agreement it rests on (optional)"),
        description=lazy_gettext("Such as a memorandum of understanding, with its date."),
    )

    def offer(self) -> "NoticeForm":
        """Offer kinds, sorts of parties and countries in the reader's language."""
        self.kind.choices = [(kind.value, filters.label(kind)) for kind in NoticeKind]
        self.party_kind.choices = [(kind.value, filters.label(kind)) for kind in PartnerKind]
        listed = countries(filters.language())
        self.country.choices = [("", gettext("None")), *((each.code, each.name) for each in listed)]
        return self

    @property
    def details(self) -> NoticeDetails:
        """Return what was entered."""
        return NoticeDetails(
            NoticeKind(self.kind.data),
            self.party.data or "",
            PartnerKind(self.party_kind.data),
            self.country.data or None,
            self.title.data or "",
            self.sector.data or "",
            self.received_on.data,
            self.valid_to.data,
            self.words.data or "",
            self.agreement.data or "",
            self.detail.data or "",
        )


class FollowForm(VersionedForm):
    activity_id = HiddenField()

    @property
    def chosen(self) -> int:
        """Return the number of the activity, 0 for none."""
        return whole_number(self.activity_id.data or "") or 0


class CloseForm(VersionedForm):
    reason = TextAreaField(
        lazy_gettext("Why does it lead to no activity?"),
        description=lazy_gettext("It stays in the history."),
    )


class NetworkForm(VersionedForm):
    name = StringField(lazy_gettext("Name of the network"))
    purpose = TextAreaField(lazy_gettext("What it is for (optional)"))
    members = TextAreaField(
        lazy_gettext("Members"),
        description=lazy_gettext(
            "One a line, with the country after a semicolon where there is one."
        ),
    )

    @property
    def listed(self) -> list[Member]:
        """Return the members as they were typed; raise Invalid for a country that is none."""
        found = []
        for line in (self.members.data or "").splitlines():
            name, _, place = (" ".join(part.split()) for part in line.partition(";"))
            if not name:
                continue
            code = find_country(place) if place else None
            if place and code is None:
                raise Invalid(
                    "“%(place)s” is not a country as it is called here. Write its name as in the "
                    "list of countries, or leave it out.",
                    field="members",
                    place=place[:60],
                )
            found.append(Member(name, code))
        return found


def as_lines(members: list[NetworkMember]) -> str:
    """Return members as people type them."""
    language = filters.language()
    return "\n".join(
        f"{each.name}; {country_name(each.country, language)}" if each.country else each.name
        for each in members
    )
