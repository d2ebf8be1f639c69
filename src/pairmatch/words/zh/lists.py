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
    "pairs": "结对数",
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

LIST_CHANGES: Mapping[str, str] = {"new": "新增", "ended": "结束"}

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

LISTS: Mapping[str, str] = {
    "title": "待答复结对：{called}",
    "item": "项目",
    "value": "内容",
    "page": "第 {page} 页，共 {pages} 页",
    "who": "由谁答复",
    "who_county": "由本县答复：凡居住在本县的关爱对象，不论干部属于哪个单位。"
    "每一对只在一份清单上。",
    "who_unit": "由本单位答复：凡本单位干部的结对。每一对只在一份清单上。",
    "what": "怎样填写",
    "confirm_or_reject": "在“{pairs}”表的“{answer}”列为每一行选择“{confirm}”或“{reject}”；"
    "空着的视为未答复，以后还要再问。",
    "give_reason": "选择“{reject}”时，请选一个原因或自行填写，不要写任何个人情况。"
    "“{author}”列填编号，不填姓名。",
    "leave": "其他各列不要改动，尤其是编号。可以排序和筛选。填好后仍以表格文件交回，保留本表。",
    "policy": "方案依据",
}

LIST_POLICY: Mapping[str, str] = {
    "preferred": "{categories:list}：优先由{ranks:list}干部帮扶",
    "allowed": "{categories:list}：允许由{ranks:list}干部帮扶",
    "forbidden": "{categories:list}：不得由{ranks:list}干部帮扶",
    "at": "{rule}，按多走 {km} 公里计",
    "every_rank": "各职级",
    "first_rule": "以上规则以最先符合的一条为准；都不符合的，任何干部都可以帮扶。",
    "capacity": "表格未另行规定的，每名干部最多帮扶 {most:,} 名关爱对象。",
    "capacity_of": "{rank}干部：最多帮扶 {most:,} 名。",
    "load": "一名干部的第一、第二及以后各名关爱对象，依次按多走 {steps:all} 公里计。",
    "distance": "距离为直线距离乘以 {detour}。",
    "max_km": "结对双方相距不超过 {km} 公里。",
    "locality": "同村、同乡镇、同县、同市州、同省的，依次按多走 {steps:all} 公里计，"
    "其余按 {above} 公里计。",
    "prefer": "不在单位帮扶责任地区内的，按多走 {km} 公里计。",
    "require": "单位只帮扶其责任地区内的关爱对象。",
    "ignore": "不考虑单位的帮扶责任地区。",
    "first": "先使尽可能多的人有干部帮扶，再考虑代价。",
    "priced": "一名关爱对象没有干部帮扶，按 {km} 公里计。",
    "continuity": "保留一对现有结对，按少走 {km} 公里计。",
}
