"""The plot of loads."""

import numpy as np
from matplotlib.axes import Axes

from pairmatch.plan import Plan
from pairmatch.report.plots.canvas import axes_of, colours, count_along, say_instead, title_of
from pairmatch.report.plots.kinds import Kinds
from pairmatch.report.plots.lettering import Handle, dress_marks, lettering, put_legend, put_texts
from pairmatch.tables.positions import positions

_MOST = 12
_ROOM_ABOVE = 1.08


def draw_loads(plan: Plan, ax: Axes | None, language: str) -> Axes:
    """Draw cadres by their number of recipients, stacked by rank, and by their capacity."""
    problem = plan.problem
    kinds = Kinds(problem.policy.ranks, problem.policy.labels.rank)
    letters = lettering(language, [*kinds.names(language), *kinds.ids])
    ax = axes_of(ax)
    put_texts(
        ax,
        letters,
        title_of(plan, ax, letters, "loads"),
        letters.say("load"),
        letters.say("cadres"),
    )
    if not plan.loads.num_rows:
        say_instead(ax, letters, "no_cadres")
        return ax
    cadre = positions(plan.loads.column("cadre_id"), problem.cadres.column("cadre_id"))
    rank = problem.checked.keys.among("cadres", "rank", kinds.ids)[cadre]
    part, labels = kinds.split(rank, letters)
    load, capacity = (plan.loads.column(name).to_numpy() for name in ("load", "capacity"))
    last = int(min(max(load.max(), capacity.max()), _MOST))
    at = np.arange(last + 1)
    room = np.bincount(np.minimum(capacity, last), minlength=last + 1)
    counts = np.zeros((len(labels), last + 1), dtype=np.int64)
    np.add.at(counts, (part, np.minimum(load, last)), 1)
    below = np.zeros(last + 1, dtype=np.int64)
    handles: list[Handle] = []
    for height, colour in zip(counts, colours(len(labels)), strict=True):
        bars = ax.bar(at, height, 0.66, bottom=below, color=colour, edgecolor="white", lw=0.4)
        handles.append(bars)
        below += height
    some = room > 0
    outline = ax.bar(
        at[some], room[some], 0.86, fill=False, edgecolor="black", linestyle="--", lw=1.0
    )
    for x, height in zip(at[below > 0], below[below > 0], strict=True):
        over = max(height, room[x]) if room[x] < 1.1 * height else height
        text = ax.text(x, over, f"{height:,}", ha="center", va="bottom")
        letters.dress(text, "small")
    is_cut = max(load.max(), capacity.max()) > last
    ax.set_xticks(at, [str(one) for one in at[:-1]] + [f"{last}+" if is_cut else str(last)])
    count_along(ax.yaxis)
    ax.set_ylim(0, _ROOM_ABOVE * max(below.max(), room.max()))
    dress_marks(ax, letters)
    put_legend(ax, letters, [*handles, outline], [*labels, letters.say("capacity")])
    return ax
