"""Names of ours in Chinese, where they are said; what is no name of ours is said as it is."""

from collections.abc import Mapping

_RANKS: Mapping[str, str] = {
    "provincial": "省级",
    "bureau": "厅级",
    "division": "处级",
    "section": "科级",
    "staff": "科员",
}

_CATEGORIES: Mapping[str, str] = {
    "orphan": "孤儿",
    "unattended_child": "事实无人抚养儿童",
    "severely_disabled": "困难重度残疾人",
    "destitute_household": "特困家庭",
}

_AREA_LEVELS: Mapping[str, str] = {
    "province": "省",
    "prefecture": "市州",
    "county": "县",
    "township": "乡镇",
    "village": "村",
}

_LEVELS: Mapping[str, str] = {
    "violation": "违反量",
    "missing": "缺额",
    "cost": "代价",
    "changed": "变动",
}

_TERMS: Mapping[str, str] = {
    "distance": "距离",
    "inherited": "沿用上级坐标",
    "locality": "属地就近",
    "sponsorship": "帮扶责任地区",
    "eligibility": "结对资格",
    "adjustment": "人工调整",
    "continuity": "延续性",
    "load": "边际负担",
    "coverage": "覆盖",
}

_TABLES: Mapping[str, str] = {
    "cadres": "干部",
    "recipients": "关爱对象",
    "units": "单位",
    "areas": "行政区划",
    "current": "现有结对",
    "locks": "锁定",
    "bans": "禁配",
    "adjustments": "人工调整",
}

_REASONS: Mapping[str, str] = {
    "no_eligible_cadre": "无合格干部",
    "out_of_reach": "超出距离",
    "banned": "已禁配",
    "stopped": "中途停止",
    "cheaper_unserved": "代价高于缺额价",
    "capacity_exhausted": "名额用尽",
}

_BOUND_PARTS: Mapping[str, str] = {
    "recipients": "关爱对象",
    "cadres": "干部",
    "pairs": "结对",
}

_COLUMNS: Mapping[str, str] = {
    "cadre_id": "干部编号",
    "unit_id": "单位编号",
    "rank": "职级",
    "area": "区划代码",
    "lon": "经度",
    "lat": "纬度",
    "capacity": "帮扶上限",
    "min_load": "最少帮扶",
    "recipient_id": "对象编号",
    "category": "类别",
    "household_id": "户编号",
    "demand": "需要干部数",
    "priority": "优先级",
    "level": "级别",
    "lead_unit_id": "牵头单位",
    "sponsors": "帮扶地区",
    "parent": "上级区划代码",
    "name": "名称",
    "reason": "原因",
    "author": "经办人",
    "extra_km": "增减公里",
}

_CELLS: Mapping[str, str] = {
    "kept": "保留",
    "new": "新增",
    "yes": "是",
    "no": "否",
}

_STAGES: Mapping[str, str] = {
    "formulate": "建模",
    "classes": "归并",
    "coarse": "粗算",
    "seed": "近邻",
    "auction": "拍卖",
    "solve": "求解",
    "price": "定价",
    "first plan": "初步方案",
    "plan": "拆分到人",
}

NAMES: Mapping[str, Mapping[str, str]] = {
    "rank": _RANKS,
    "category": _CATEGORIES,
    "area_level": _AREA_LEVELS,
    "level": _LEVELS,
    "term": _TERMS,
    "table": _TABLES,
    "reason_name": _REASONS,
    "column": _COLUMNS,
    "cell": _CELLS,
    "bound_part": _BOUND_PARTS,
    "stage": _STAGES,
}
