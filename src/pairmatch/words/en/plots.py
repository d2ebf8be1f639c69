"""What plots say, in English."""

from collections.abc import Mapping

PLOTS: Mapping[str, str] = {
    "loads": "Cadres by their number of recipients",
    "distances": "Pairs by their distance",
    "flows": "Pairs by where the cadre works and the recipient lives",
    "scope": "{status} ({scope}: {what})",
    "sizes": "{cadres:cadre}, {recipients:recipient}, {pairs:pair}, {missing:cadre} not found",
    "load": "recipients of a cadre",
    "cadres": "cadres",
    "capacity": "capacity",
    "kilometres": "kilometres, detour included",
    "pairs": "pairs",
    "median": "median {km:,.1f} km",
    "ninetieth": "90th percentile {km:,.1f} km",
    "farther": "{count:,} from {least:,.1f} to {most:,.1f} km",
    "works_in": "cadre works in ({level})",
    "lives_in": "recipient lives in ({level})",
    "area": "area",
    "others": "others",
    "no_area": "no area",
    "no_cadres": "no cadres",
    "no_distances": "no points, and so no distances",
    "no_pairs": "no pairs",
}
