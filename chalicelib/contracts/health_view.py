"""What the API answers about itself."""

from chalicelib.contracts.shape import StrictModel


class HealthView(StrictModel):
    """Whether the API answers, in which version, and on which release of the IANA time zone data."""

    status: str
    version: str
    zone_data_version: str
