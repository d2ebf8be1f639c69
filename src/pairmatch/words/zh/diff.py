"""What differs between two plans, in Chinese."""

from collections.abc import Mapping

CAUSES: Mapping[str, str] = {
    "forced": "必须变动：不得不改",
    "cascade": "连带变动：为上述变动腾出名额",
    "gain": "优化变动：按现在的情况更好",
    "tie": "等价变动：改不改一样好",
    "loss": "变差：没有必要，反而更差",
}

CHANGE_REASONS: Mapping[str, str] = {
    "recipient_gone": "关爱对象已不在表中",
    "cadre_gone": "干部已不在表中",
    "banned": "已禁配",
    "not_eligible": "按资格、责任地区或距离已不允许",
    "capacity": "干部的帮扶上限变小",
    "demand": "关爱对象的需要干部数有变",
    "locked": "已锁定",
    "min_load": "干部未达到帮扶下限",
    "recipient_new": "新增的关爱对象",
}

DIFF: Mapping[str, str] = {
    "counts": "取消 {removed:,} 对，新增 {added:,} 对，保留 {kept:,} 对",
    "same": "没有一对不同：保留 {kept:,} 对",
    "before_status": "变动前的方案状态为 {status}。",
    "after_status": "变动后的方案状态为 {status}。",
    "changes": "变动",
    "of_changes": "变动数",
    "of_chains": "变动链数",
    "objective": "代价（公里，含政策折算的公里）",
    "term": "分项",
    "before": "变动前",
    "after": "变动后",
    "difference": "相差",
    "without_continuity": "不计延续性",
    "continuity": "延续性",
    "in_all": "合计",
    "why": "差额来自",
    "chains_forced": "必须变动的链，含连带变动",
    "chains_gain": "优化变动的链",
    "chains_tie": "等价变动的链",
    "chains_loss": "变差的链",
    "repriced_pairs": "重新计价：保留的结对，代价有变",
    "repriced_load": "重新计价：帮扶人数不变，负担有变",
    "repriced_coverage": "重新计价：未结对的人有增减，或缺额价有变",
    "repriced_changes": "重新计价：变动本身的代价",
    "missing": "缺额：变动前 {before:,}，变动后 {after:,}",
    "counties": "关爱对象所在地",
    "categories": "对象类别",
    "first_moves": "谁有变动",
    "recipient": "关爱对象",
    "chain": "变动链",
    "cost": "代价变化",
    "nobody": "无",
    "more_rows": "  另有 {count:,} 项",
}
