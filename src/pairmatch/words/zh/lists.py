"""What lists to hand out say, in Chinese."""

from collections.abc import Mapping

# names of sheets: at most 31 letters, none of : \\ / ? * [ ]
LIST_SHEETS: Mapping[str, str] = {
    "cover": "封面",
    "pairs": "结对清单",
    "changes": "变动",
    "work": "全年工作量",
}

LIST_COLUMNS: Mapping[str, str] = {
    "recipient_id": "对象编号",
    "category": "类别",
    "priority": "优先级",
    "household_id": "户编号",
    "recipient_area": "对象区划代码",
    "recipient_area_name": "对象所在地",
    "cadre_id": "干部编号",
    "unit_id": "单位编号",
    "rank": "职级",
    "cadre_area": "干部区划代码",
    "cadre_area_name": "干部所在地",
    "distance_km": "距离公里",
    "distance_m": "距离米",
    "cost_km": "代价公里",
    "cost_m": "代价米",
    "new_or_kept": "新增或保留",
    "exception": "例外",
    "locked": "锁定",
    "answer": "答复",
    "reason": "原因",
    "author": "经办人",
    "change": "变动",
    "cadre_before": "原干部编号",
    "cadre_after": "现干部编号",
    "cause": "变动类型",
    "why": "变动原因",
    "recipients": "对象数",
    "contacts": "联系次数",
    "visits": "走访次数",
    "kilometres": "往返公里",
}

LIST_COVER: Mapping[str, str] = {
    "by": "清单范围",
    "code": "编号",
    "name": "名称",
    "language": "语言",
    "date": "日期",
    "digest": "求解任务摘要值",
    "plan_digest": "方案摘要值",
    "status": "方案状态",
    "pairs": "待答复结对",
    "new": "　其中新增",
    "kept": "　其中保留",
    "ended": "结束的结对",
    "recipients": "关爱对象",
    "missing": "尚缺干部",
    "cadres": "干部",
    "units": "单位",
    "contacts": "全年联系次数",
    "visits": "全年走访次数",
    "kilometres": "全年往返公里",
}

LIST_BY: Mapping[str, str] = {"county": "县", "unit": "单位"}

LIST_CHANGES: Mapping[str, str] = {"new": "新增", "ended": "结束", "kept": "保留"}

LIST_ANSWERS: Mapping[str, str] = {"confirm": "确认", "reject": "拒绝"}

# what may be chosen; anything else may be written
LIST_REASONS: Mapping[str, str] = {
    "refused": "对象不愿意",
    "transferred": "干部已调离",
    "retired": "干部已退休",
    "moved": "对象已迁出",
    "died": "对象已去世",
    "too_far": "距离太远",
    "related": "双方有亲属关系",
    "other": "其他",
}
