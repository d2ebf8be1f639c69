"""Numbers as a planner reads them."""


def km(metres: int) -> str:
    """Return metre-equivalents as kilometres, exactly: ``12,345.678 km``."""
    sign = "-" if metres < 0 else ""
    whole, rest = divmod(abs(metres), 1000)
    return f"{sign}{whole:,}.{rest:03d} km"


def level_value(name: str, value: int | None) -> str:
    """Return the value of a level: kilometres for the cost, a count for the others.

    What is not known is a dash.
    """
    if value is None:
        return "-"
    return km(value) if name == "cost" else f"{value:,}"
