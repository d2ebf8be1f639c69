"""What plots say, in Chinese."""

from collections.abc import Mapping

PLOTS: Mapping[str, str] = {
    "loads": "干部按帮扶人数分布",
    "distances": "结对按距离分布",
    "flows": "结对按干部工作地与对象居住地分布",
    "scope": "{status}（{scope}，{what}）",
    "sizes": "干部 {cadres:,} 名，关爱对象 {recipients:,} 名，结对 {pairs:,} 对，缺额 {missing:,}",
    "load": "每名干部帮扶人数",
    "cadres": "干部数",
    "capacity": "帮扶上限",
    "kilometres": "公里（含绕行）",
    "pairs": "结对数",
    "median": "中位数 {km:,.1f} 公里",
    "ninetieth": "第 90 百分位数 {km:,.1f} 公里",
    "farther": "{least:,.1f} 至 {most:,.1f} 公里：{count:,} 对",
    "works_in": "干部工作地（{level}）",
    "lives_in": "对象居住地（{level}）",
    "area": "区划",
    "others": "其他",
    "no_area": "无区划",
    "no_cadres": "没有干部",
    "no_distances": "没有坐标，因此没有距离",
    "no_pairs": "没有结对",
}
