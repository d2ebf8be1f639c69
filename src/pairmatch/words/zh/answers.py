"""What is said of lists that came back, in Chinese."""

from collections.abc import Mapping

ANSWER_FINDINGS: Mapping[str, tuple[str, str]] = {
    "answer_contradictory": (
        "同一结对在本文件或其他文件中有两种答复，保持待答复（文件：{names:list}）",
        "向单位问清以哪一个为准，只留一个答复",
    ),
    "answer_contradictory.banned": (
        "现已确认，但该结对在禁配中，保持待答复",
        "如以确认为准，先用改动取消禁配",
    ),
    "answer_contradictory.locked": (
        "现被拒绝，但上一轮已确认，仍保持锁定",
        "如以拒绝为准，先用改动取消锁定，再禁配",
    ),
    "answer_missing_column": (
        "清单缺列（{names:list}），本文件未采用",
        "按发出的清单补上列名",
    ),
    "answer_missing_rows": (
        "清单中有 {count:,} 对没有任何一行，保持待答复",
        "请单位对发出清单的每一行作答",
    ),
    "answer_no_digest": (
        "文件没有说明属于哪个方案，已逐对核对",
        "请单位交回带封面的工作簿，或核实属于本方案",
    ),
    "answer_no_list": (
        "文件中没有带结对和答复的清单，未采用",
        "请单位交回发给它的清单",
    ),
    "answer_no_pair": (
        "结对编号有空格的行，未采用",
        "两个编号都按发出的清单填写",
    ),
    "answer_nobody": (
        "所有行都不是本方案的结对，未采用",
        "查清是谁的文件、属于哪个方案",
    ),
    "answer_not_kept": (
        "内容过长或含个人号码，答复有效，内容未保留",
        "只写与结对有关的简短原因，经办人写内部编号",
    ),
    "answer_not_understood": (
        "答复用语无法识别，保持待答复",
        "按清单下拉选项填写答复",
    ),
    "answer_not_understood.reason_alone": (
        "只有原因，没有答复，保持待答复",
        "补上答复",
    ),
    "answer_other_plan": (
        "是另一个方案的清单，未采用",
        "用它所属的方案来读取，或发出本方案的清单",
    ),
    "answer_other_plan.before": (
        "是本方案之前那个方案的清单，未采用",
        "用之前的方案来读取，或发出本方案的清单",
    ),
    "answer_repeated": (
        "与另一行内容相同的行，只算一次",
        "如确为重复，不必处理",
    ),
    "answer_two_columns": (
        "有几列可能是同一列（{names:list}）",
        "只留一列，列名与发出的清单相同",
    ),
    "answer_undecided": (
        "答复为待定，保持待答复",
        "稍后再问",
    ),
    "answer_unknown_pair": (
        "不是本方案的结对，未采用",
        "与发出的清单核对编号：可能加了行、改了编号，或只对一列排了序",
    ),
}

ANSWERS: Mapping[str, str] = {
    "scenario": "单位答复（方案 {digest}）",
    "title": "答复情况",
    "files": "文件",
    "pairs": "方案中的结对",
    "confirmed": "已确认",
    "earlier": "　其中上一轮已确认",
    "rejected": "已拒绝",
    "open": "待答复",
    "findings": "需要查看 {count:,} 项：{counts:all}",
    "more": "还有 {count:,} 项，可全部写成表。",
    "notes": "已修正或略过",
    "next": "再求解：pairmatch whatif {plan} {scenario} {out}",
    "listed": "需要查看的全部事项：{file}",
    "pairs_listed": "每一对及其答复：{file}",
}

OPEN_WHY: Mapping[str, str] = {
    "no_row": "没有交回",
    "blank": "交回但未填答复",
    "undecided": "待定",
    "not_understood": "无法识别",
    "contradictory": "前后矛盾",
}

ROUND: Mapping[str, str] = {
    "counts": "共 {pairs:,} 对：已确认 {confirmed:,}，已拒绝 {rejected:,}，待答复 {open:,}",
    "since": "上一个方案的去向",
    "pairs": "结对",
    "confirmed": "已确认",
    "confirmed_stand": "　其中保持不变",
    "rejected": "已拒绝",
    "rejected_back": "　其中又被安排",
    "rejected_replaced": "　其中已换干部",
    "rejected_without": "　其中现无干部",
    "unanswered_stand": "未答复且不变",
    "unanswered_changed": "未答复但有变动",
    "gone": "人员已不在",
    "by_county": "按县（市、区）",
    "chase": "需要催办：{count:,} 个单位有待答复的结对，其中 {silent:,} 个没有任何答复",
    "nobody": "不需要催办：每一对都有答复。",
    "more": "  还有 {count:,} 个，--json 有全部",
}

ROUND_COLUMNS: Mapping[str, str] = {
    "county": "县（市、区）",
    "unit": "单位",
    "pairs": "结对",
    "confirmed": "已确认",
    "rejected": "已拒绝",
    "open": "待答复",
}
