"""The words of which synthetic clauses, titles and reports are made; all our own."""

SUBJECTS = tuple(
    """
    ports fisheries statistics censuses tariffs transport shipping energy rivers water housing
    employment nutrition health education literacy trade customs tourism forestry agriculture
    irrigation mining insurance banking taxation debt savings migration ageing youth childhood
    disability gender families cities islands coasts mountains deserts glaciers wetlands reefs
    storms floods droughts earthquakes warnings satellites mapping cadastres broadband postal
    broadcasting archives museums languages crafts textiles medicines vaccines laboratories
    universities innovation patents standards metrology competition procurement budgeting auditing
    corruption justice prisons policing borders aviation railways highways bridges pipelines
    electricity hydrogen biofuels batteries recycling sanitation landfills emissions
    adaptation mitigation biodiversity seeds livestock beekeeping aquaculture
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
WORKS = tuple(
    """
    study workshop training seminar database handbook mission network project survey inventory
    programme dialogue forum atlas bulletin model register platform strategy plan review
    assessment guideline toolkit fellowship exchange consultation partnership
    """.split()  # noqa: SIM905 - as above
)
QUALITIES = tuple(
    """
    regional subregional national local technical joint comparative practical independent
    preliminary biennial annual integrated sustainable inclusive reliable comparable accessible
    bilateral horizontal triangular voluntary
    """.split()  # noqa: SIM905 - as above
)
PURPOSES = (
    "so that members can compare their results",
    "with a view to better services in remote places",
    "in order to reduce the cost of doing so",
    "taking into account the needs of small economies",
    "in cooperation with the bodies that work on it",
    "within existing resources and with voluntary contributions",
    "and to share what was learned with those who ask for it",
    "bearing in mind the different circumstances of its members",
    "with the participation of those who are concerned",
    "and to make the findings available in all working languages",
)
# How a clause opens: its verb, whom it addresses, and whether it asks the secretariat to act.
OPENINGS = (
    ("Requests", "the Executive Secretary to", True),
    ("Requests", "the Executive Secretary, within existing resources, to", True),
    ("Requests", "the secretariat to", True),
    ("Recommends", "that the secretariat should", True),
    ("Calls upon", "the secretariat to", True),
    ("Encourages", "the Executive Secretary to", True),
    ("Decides", "that the secretariat shall", True),
    ("Invites", "members to", False),
    ("Urges", "Governments to", False),
    ("Takes note", "with appreciation of", False),
    ("Welcomes", "the progress made on", False),
    ("Reaffirms", "the importance of", False),
)
RECALLINGS = (
    "Recalling its earlier resolutions on",
    "Bearing in mind the importance of",
    "Taking into account the conclusions of the meeting on",
    "Noting with appreciation the work done on",
    "Recognizing the contribution of members to",
    "Considering the needs of members with regard to",
)
DEEDS = (
    "prepare a {quality} {work} on {subject} and {other}",
    "organize a {quality} {work} on {subject}",
    "assist members, at their request, in matters of {subject}",
    "continue the {quality} {work} on {subject}",
    "strengthen the {quality} {work} on {subject} and on {other}",
    "collect and disseminate information on {subject}",
)
DONE = (
    "A {quality} {work} on {subject} was carried out.",
    "Two {quality} meetings on {subject} were held, with participants from eleven members.",
    "Advisory missions on {subject} and {other} were sent to four members at their request.",
    "The {quality} {work} on {subject} was published and presented to the members.",
    "Consultations on {subject} were held with the bodies that work on {other}.",
)
DIVISIONS = (
    "Statistics", "Trade", "Transport", "Ocean Economy", "Natural Resources", "Social Development",
    "Population", "Gender Affairs", "Economic Development", "Planning", "Sustainable Cities",
    "Production and Innovation",
)  # fmt: skip
FIRST_NAMES = ("Ada", "Ben", "Cora", "Davi", "Elsa", "Femi", "Gina", "Hugo", "Ines", "Joel", "Mara")
LAST_NAMES = ("Alves", "Brand", "Costa", "Dias", "Faye", "Gomes", "Horta", "Issa", "Keita", "Lopes")
