"""Organisations of the programme with published counts.

Numbers marked as made up were not published; they are only there to draw people from.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """The counts of one organisation.

    Attributes
    ----------
    name
        What `pairmatch.synth.organisation` calls it.
    title
        For people to read.
    units
        Units that have cadres.
    has_lead
        Whether a lead unit answers for them.
    cadres
        People, or organisations where those do the helping.
    recipients
        By category: orphans, severely disabled, destitute households; or one number where the
        split was not published.
    county
        The Chinese name of the county that they serve, if it was published.
    counties
        How many counties they serve; made up, except for the enterprises and where ``county``
        is known.
    leaders
        How many of the cadres lead; made up, except for public security.
    stationed
        How many cadres are stationed in a village.
    """

    name: str
    title: str
    cadres: int
    recipients: tuple[int, int, int] | int
    units: int = 1
    has_lead: bool = False
    county: str | None = None
    counties: int = 1
    leaders: int = 0
    stationed: int = 0

    @property
    def recipient_count(self) -> int:
        """Recipients of all categories."""
        return self.recipients if isinstance(self.recipients, int) else sum(self.recipients)

    def missing_at(self, capacity: int) -> int:
        """Return how many recipients must stay without a cadre at a capacity of each."""
        return max(self.recipient_count - capacity * self.cadres, 0)


EDUCATION = Published(
    "education_department", "education department", 52, (11, 24, 18), counties=2, leaders=14
)
UNIVERSITIES = Published(
    "universities",
    "12 universities",
    528,
    (414, 132, 117),
    units=12,
    has_lead=True,
    counties=9,
    leaders=170,
)
STATE_ASSETS = Published(
    "state_assets_commission",
    "state-assets commission, own staff",
    28,
    (31, 3, 0),
    county="灵台县",
    leaders=12,
)
ENTERPRISES = Published(
    "enterprises_78",
    "78 enterprises, 48 central and 30 provincial",
    1303,
    (810, 518, 333),
    units=78,
    has_lead=True,
    counties=44,
    leaders=420,
)
INSTITUTIONS = Published(
    "institutions_24",
    "24 financial institutions",
    153,
    (38, 102, 35),
    units=24,
    has_lead=True,
    counties=8,
    leaders=50,
)
PUBLIC_SECURITY = Published(
    "public_security",
    "public security",
    82 + 24,
    106,
    county="积石山保安族东乡族撒拉族自治县",
    leaders=82,
    stationed=24,
)
SOCIAL_ORGANISATIONS = Published(
    "social_organisations", "5,375 social organisations, as auxiliary partners", 5375, 27_020
)

PUBLISHED = {
    figures.name: figures
    for figures in (
        EDUCATION,
        UNIVERSITIES,
        STATE_ASSETS,
        ENTERPRISES,
        INSTITUTIONS,
        PUBLIC_SECURITY,
        SOCIAL_ORGANISATIONS,
    )
}
