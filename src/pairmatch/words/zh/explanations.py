"""What is said of a pair, in Chinese: why it is made or not, and what it would cost."""

from collections.abc import Mapping

EXPLAIN: Mapping[str, str] = {
    "unsolved": "还没有方案：只知道规则和每一对的代价。",
    "infeasible": "这个方案中硬性规则互相冲突：在不违反更多规则的前提下，所列代价为下限。",
    "not_proven": "这个方案未证明最优：所列代价为下限，已计入方案的间隙。",
    "held": "这个方案受先前方案的限制（only、most_changes 或 change_km）：算不出代价。",
    # whom somebody has
    "has_cadres": "{id} 的干部：",
    "has_recipients": "{id} 的关爱对象：",
    "no_cadre": "{id} 没有干部。",
    "nobody": "{id} 没有关爱对象。",
    "pair": "  {id}：{cost}（{terms:all}）",
    "is_locked": "    已锁定：这一对必须结对",
    "without": "    去掉这一对，整个方案的变化：{extra}",
    "lacks": "{recipient} 缺 {missing:,} 名干部：{reason}。",
    # the pair that was asked about
    "made": "方案中 {recipient} 与 {cadre} 已结对。",
    "forbidden": "{recipient} 不能与 {cadre} 结对：",
    "rule": "  - {text}",
    "may_be_made": "{recipient} 可以与 {cadre} 结对，代价 {cost}（{terms:all}）。",
    "at_least": "算不出准确的代价；即使其他都不变差，整个方案至少增加 {least}。",
    "no_plan": "只要有这一对，任何方案都比现在多违反硬性规则或锁定。",
    "price": "有了这一对，整个方案的变化：{extra}。",
    "chain": "会有哪些变动，每一步的代价（{how}）：",
    "chain_without": "去掉这一对会有哪些变动，每一步的代价（{how}）：",
    "path": "准确，用最短路算出",
    "solve": "准确，重新求解得出",
    "to_allow": "要能结对，须改：",
    "to_choose": "要使这一对的代价不高于方案现有的，改以下任一项：",
    "change": "  - {text}",
    # others
    "alternatives": "备选干部，按整个方案的变化排列：",
    "who_else": "还可由这名干部帮扶的对象，按整个方案的变化排列：",
    "head_id": "编号",
    "head_extra": "整个方案",
    "head_cost": "这一对",
    "head_terms": "其中",
    "or_more": "至少 {least}",
    "not_known": "未知",
    "at_priority": "其中优先级 {priority} 的缺额 {extra}",
    "level": "{level:level} {extra}",
    "term": "{term:term} {cost}",
}

MOVES: Mapping[str, str] = {
    "add": "{recipient} 改由 {cadre} 帮扶",
    "remove": "{recipient} 不再由 {cadre} 帮扶",
    "load_more": "{cadre} 增加第 {nth} 名对象",
    "load_fewer": "{cadre} 减少第 {nth} 名对象",
    "missing_more": "{recipient} 多缺一名干部",
    "missing_fewer": "{recipient} 少缺一名干部",
}

RULES: Mapping[str, str] = {
    "rank_forbidden": "按结对资格，{rank:rank}干部不得帮扶{category:category}",
    "outside_sponsored": "关爱对象不在干部所在单位的帮扶责任地区内，而政策要求在责任地区内",
    "too_far": "距离 {distance}，超过距离上限 {most}",
    "banned": "这一对已禁配",
    "no_capacity": "干部的帮扶上限为 0",
    "cadre_locked": "干部的名额已被 {count:,} 个锁定占满",
    "recipient_locked": "关爱对象需要的干部已由 {count:,} 个锁定排满",
}

CHANGES: Mapping[str, str] = {
    "allow": "{field}：加一条规则，允许{rank:rank}干部帮扶{category:category}",
    "prefer": "{field}：改为 prefer（优先）或 ignore（不计）",
    "raise_to": "{field}：至少 {distance}",
    "lift": "{field}：取消这一条",
    "lift_one": "{field}：取消其中一条",
    "one_more": "{field}：这名干部改为 1 或更多",
    "adjust": "{field}：这一对调整 {amount}",
    "lower_to": "{field}：现为 {now}，改为不超过 {then}",
}
