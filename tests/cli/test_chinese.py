"""Each command in Chinese: no English sentence on any screen, whatever goes well or wrong."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from pairmatch import Plan
from pairmatch._warm_up import WarmUp
from pairmatch.cli import main
from pairmatch.cli.display import Lines, open_display
from pairmatch.cli.parser import build_parser
from pairmatch.cli.stopping import Stopping
from pairmatch.limits import Progress
from pairmatch.words import LANGUAGES
from tests.cli.conftest import CADRES, RECIPIENTS
from tests.lists.returned_lists import rows_of, write_list
from tests.words.english import english_runs

Screen = Callable[..., str]
COMMANDS = re.findall(r"^    ([a-z-]+) ", build_parser("zh").format_help(), re.MULTILINE)


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Screen:
    """Run a command in Chinese and return its screen, which has no English sentence."""

    def run(*arguments: object, code: int | None = 0) -> str:
        capsys.readouterr()
        try:
            ended = main([*map(str, arguments), "--lang", "zh"])
        except SystemExit as usage:
            ended = int(usage.code or 0)
        said = capsys.readouterr()
        shown = said.out + said.err
        assert code in (ended, None), shown
        # a path may have words of any language
        assert english_runs(shown.replace(str(tmp_path), "")) == [], shown
        assert re.search("[\u4e00-\u9fff]", shown)
        return shown

    return run


@pytest.fixture
def plan(tables: Path, tmp_path: Path) -> Path:
    """A plan in which everybody has a cadre."""
    assert main(["solve", str(tables), "-o", str(tmp_path / "plan")]) == 0
    return tmp_path / "plan"


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / (f"{name}.csv" if name != "policy" else "policy.yaml")
        path.write_text(text, encoding="utf-8")
    return folder


def test_every_command_is_tried() -> None:
    assert {"check", "solve", "whatif", "verify", "explain", "diff", "warm-up"} < set(COMMANDS)
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f'screen("{name}"' not in tried] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(command: str, screen: Screen) -> None:
    shown = screen(*([command] if command else []), "--help")
    assert shown.startswith("用法：pairmatch")
    assert "显示这段帮助，然后退出" in shown
    widest = max(len(line.encode("gb18030")) for line in shown.splitlines())
    assert widest < 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少参数：命令"),
        (["slove"], "命令：'slove' 不可用（可用：'demo'"),
        (["solve"], "缺少参数：文件夹, -o/--out"),
        (["check", "x", "y"], "不认识的参数：y"),
        (["check", "x", "--report-all"], "不认识的参数：--report-all"),
        (["check", "x", "--max", "3"], "选项 --max 不明确，可能是 --max-rows, --max-bytes"),
        (["check", "x", "--unknown-current", "keep"], "'keep' 不可用（可用：'drop', 'fail'）"),
        (["check", "x", "--json=3"], "--json：后面不带值，却写了 '3'"),
        (["check", "x", "--max-rows"], "--max-rows：后面须有一个值"),
        (["solve", "x", "-o", "y", "--only"], "--only：后面至少有一个值"),
        (["check", "x", "--max-rows", "0"], "'0' 不是不小于 1 的整数"),
        (["demo", "--scale", "none"], "'none' 不是大于 0 的数"),
        (["generate", "x", "--incumbents", "2"], "'2' 不是 0 至 1 之间的比例"),
        (["solve", "x", "-o", "y", "--change-km", "-1"], "'-1' 不是不小于 0 的数"),
        (["explain", "x", "r", "c", "--cadre", "c"], "不能与 "),
        (["explain", "x", "r", "--alternatives", "many"], "'many' 不是不小于 0 的整数"),
    ],
)
def test_errors_of_usage_are_chinese(arguments: list[str], said: str, screen: Screen) -> None:
    shown = screen(*arguments, code=2)
    assert "错误：" in shown
    assert said in shown


def test_good_tables(tables: Path, screen: Screen) -> None:
    (tables / "notes.txt").write_text("")
    with_more = "cadre_id,unit_id,rank,hobby\nc1,u1,division,x\nc2,u1,staff,y\n"
    shown = screen("check", write(tables, cadres=with_more))
    assert "表格没有错误。" in shown
    assert "提示" in shown
    assert "去掉了不认识的列：hobby（dropped_column）" in shown
    assert "不是表的文件未读：notes.txt" in shown


BAD: dict[str, dict[str, str]] = {
    "values": {
        "cadres": "cadre_id,unit_id,rank,capacity,min_load,lon,lat\n"
        "c1,u1,divison,1,0,,\nc1,,staff,-3,2,200,1\nc2,u1,Staff,x,0,36,103\n c3,u1,staff,1,0,1,\n"
        "c4,u1,staff,1,9,,\n620102198001011234,u1,staff,1,0,,\n13912345678,u1,staff,1,0,,\n",
        "recipients": "recipient_id,category,area,demand\nr1,orphan ,a,1.5\nr1,poor,a,0\nr2,,a,1\n",
    },
    "references": {
        "units": "unit_id,level,area,lead_unit_id,sponsors\nu1,county,a,u2,b;zz\nu2,city,a,u1,\n"
        "u3,county,,u9,\n",
        "areas": "area,parent,level,name,lon,lat\na,b,county,甲,103,36\nb,a,county,乙,,\n"
        "c,zz,township,丙,,\nd,,village,丁,,\n",
        "current": "recipient_id,cadre_id\nr1,c1\nr1,c1\n",
        "locks": "recipient_id,cadre_id,reason\nr1,c1,x\nr9,c1,13912345678\n",
        "bans": "recipient_id,cadre_id\nr1,c1\nr2,c9\n",
        "adjustments": "recipient_id,cadre_id,extra_km\nr1,c1,nan\n",
    },
    "columns": {
        "cadres": "cadre_id,unit_id,Rank,capcity\nc1,u1,staff,1\n",
        "recipients": "编号,类别,区划\nr1,orphan,a\n",
    },
    "twice": {"cadres": "cadre_id,cadre_id,unit_id,rank\nc1,c1,u1,staff\n"},
    "no rows": {"cadres": ""},
    "policy": {
        "policy": "load:\n  default_capacity: many\n  marginal_km: [9, 3]\n  speed: 3\n"
        "ranks: [staff, staff]\ncoverage:\n  mode: all\ndistance: 3\nlocality:\n  county: .inf\n"
        "eligibility:\n- categories: [poor]\n  verdict: never\n  penalty_km: -1\n"
    },
    "yaml": {"policy": "load: [1\n"},
    "yaml twice": {"policy": "load:\n  default_capacity: 1\nload:\n  default_capacity: 2\n"},
    "yaml of a list": {"policy": "- 1\n"},
    "near names": {"lock": "recipient_id,cadre_id\n", "Cadres": CADRES},
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_tables(kind: str, tables: Path, screen: Screen) -> None:
    shown = screen("check", write(tables, **BAD[kind]), code=2)
    assert re.match(r"(.*\n)*pairmatch：输入有 \d+ 处错误：", shown)
    assert "    -> " in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cadres.csv", "cadre_id,unit_id,rank\n甲,乙,丙\n".encode("gb18030")),
        ("cadres.csv", b"PK\x03\x04" + bytes(99)),
        ("cadres.csv", b"PAR1" + bytes(99)),
        ("cadres.csv", b"\x1f\x8b" + bytes(99)),
        ("cadres.parquet", b"PAR1" + bytes(99)),
        ("locks.feather", b"none"),
        ("areas.txt", b"area\n"),
        ("areas.csv.txt", b"area\n"),
        ("policy.json", b"{"),
    ],
)
def test_bad_files(name: str, content: bytes, tables: Path, screen: Screen) -> None:
    (tables / name).write_bytes(content)
    assert "处错误" in screen("check", tables, code=2)


@pytest.mark.parametrize(
    "content",
    [
        CADRES.replace(",", ";").encode(),
        CADRES.replace(",0\n", ",0,3\n").encode(),
        CADRES.encode("utf-16"),
        ("干部名册\n" + CADRES.replace("rank", "职级")).encode("gb18030"),
    ],
)
def test_tables_as_offices_keep_them(content: bytes, tables: Path, screen: Screen) -> None:
    (tables / "cadres.csv").write_bytes(content)
    shown = screen("check", tables, code=None)
    assert "提示" in shown or "处错误" in shown


def test_what_is_no_folder(tables: Path, screen: Screen) -> None:
    assert "没有这个文件夹" in screen("check", tables / "none", code=2)
    assert "应为文件夹或 .xlsx 工作簿，却是别的文件" in screen(
        "check", tables / "cadres.csv", code=2
    )
    (tables / "cadres.csv").unlink()
    assert "没有这张表的文件或工作表" in screen("check", tables, code=2)
    assert "没有这个文件" in screen("check", tables, "--current", "none.csv", code=2)
    assert "超过 1 行" in screen("check", tables, "--max-rows", 1, code=2)
    assert "超过 9 字节" in screen("check", tables, "--max-bytes", 9, code=2)


def test_a_plan_for_everybody_and_its_check(tables: Path, screen: Screen, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shown = screen("solve", tables, "-o", out)
    assert "OPTIMAL：已证明最优" in shown
    assert f"已写入 {out}" in shown
    assert "方案成立（OPTIMAL）；已证明：没有更好的方案。" in screen("verify", out)
    assert "请换一个，或先删除" in screen("solve", tables, "-o", out, code=2)
    assert "不会被替换" in screen("solve", tables, "-o", tables, "--force", code=2)
    nowhere = screen("solve", tables, "-o", "/proc/none/out", code=2)
    assert "无法写入 /proc/none/out：没有这个文件或文件夹" in nowhere
    assert "没有这个名称" in screen("solve", tables, "-o", tmp_path / "x", "--engine", "e", code=2)
    assert "没有起始方案" in screen(
        *("solve", tables, "-o", tmp_path / "x", "--most-changes", 1), code=2
    )


def test_a_shortage_and_its_causes(tables: Path, screen: Screen, tmp_path: Path) -> None:
    more = RECIPIENTS + "r3,orphan,a\nr4,destitute_household,b\n"
    bans = "recipient_id,cadre_id\nr4,c1\nr4,c2\n"
    shown = screen(
        "solve", write(tables, recipients=more, bans=bans), "-o", tmp_path / "out", code=3
    )
    for part in (
        "诊断",
        "补救办法：",
        "名额用尽",
        "已禁配",
        "名关爱对象共需要干部",
        "。补救办法：",
    ):
        assert part in shown
    assert "缺额 2" in screen("verify", tmp_path / "out")
    unmatched = (tmp_path / "out" / "unmatched.csv").read_text(encoding="utf-8-sig")
    assert english_runs(unmatched) == []
    assert "距离以内有 2 名合格干部，共有 2 个名额，已全部由他人占用" in unmatched
    assert "其中 2 名已禁配" in unmatched
    pairs = (tmp_path / "out" / "pairs.csv").read_text(encoding="utf-8-sig")
    assert '"新增","否","否"' in pairs
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["advice"].endswith("诊断说明哪里名额不足。")
    page = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert "名额用尽" in page
    assert english_runs(page) == []
    shown = screen("explain", tmp_path / "out", "r4")
    assert "r4 没有干部。" in shown
    assert "r4 缺 1 名干部：已禁配。" in shown


def test_a_price_for_the_unserved(tables: Path, screen: Screen, tmp_path: Path) -> None:
    policy = "coverage:\n  mode: priced\n  price_km: 30\n"
    recipients = "recipient_id,category,area\nr1,orphan,a\nr2,orphan,b\n"
    write(tables, policy=policy, recipients=recipients)
    shown = screen("solve", tables, "-o", tmp_path / "out", code=3)
    assert "代价高于缺额价" in shown
    assert "覆盖" in shown


def test_rules_that_clash(tables: Path, screen: Screen, tmp_path: Path) -> None:
    cadres = CADRES.replace("c1,u1,division,1,0", "c1,u1,division,9,9")
    locks = "recipient_id,cadre_id\nr1,c2\nr2,c2\n"
    write(tables, cadres=cadres, locks=locks)
    shown = screen("solve", tables, "-o", tmp_path / "out", code=3)
    assert "INFEASIBLE：硬性规则（帮扶下限或锁定）互相冲突" in shown
    assert "未达到帮扶下限" in shown
    assert "个锁定未能遵守" in shown
    assert "违反量" in shown
    assert "INFEASIBLE" in screen("verify", tmp_path / "out")
    assert "硬性规则互相冲突" in screen("explain", tmp_path / "out", "r1", "c1")


def test_a_solve_that_is_stopped(tables: Path, screen: Screen, tmp_path: Path) -> None:
    shown = screen("solve", tables, "-o", tmp_path / "out", "--time-limit", "1e-9", code=4)
    assert "UNSOLVED：在得到任何方案之前就已停止" in shown
    assert "没有写入任何内容。" in shown


def test_a_plan_that_does_not_hold(plan: Path, screen: Screen) -> None:
    pairs = parquet.read_table(plan / "pairs.parquet", memory_map=False)
    swapped = pa.array(pairs.column("cadre_id").to_pylist()[::-1])
    column = pairs.column_names.index("cadre_id")
    parquet.write_table(pairs.set_column(column, "cadre_id", swapped), plan / "pairs.parquet")
    shown = screen("verify", plan, code=5)
    assert shown.count("\n- ") >= 2
    assert "pairmatch：方案不成立：" in shown


def test_what_is_no_plan(plan: Path, tables: Path, screen: Screen) -> None:
    assert "不是保存的方案：缺少 plan.json" in screen("verify", tables, code=2)
    assert "不是保存的方案：应为文件夹" in screen("verify", tables / "cadres.csv", code=2)
    document = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    for version in (999, "none"):
        document["schema_version"] = version
        (plan / "plan.json").write_text(json.dumps(document), encoding="utf-8")
        assert "格式版本号" in screen("explain", plan, "r1", code=2)
    (plan / "plan.json").write_text("{", encoding="utf-8")
    assert "不是保存的方案，或已被改动" in screen("diff", plan, plan, code=2)


def test_explanations(plan: Path, tables: Path, screen: Screen, tmp_path: Path) -> None:
    assert "方案中 r1 与 c1 已结对。" in screen("explain", plan, "r1", "c1")
    shown = screen("explain", plan, "r1", "c2")
    assert "r1 可以与 c2 结对，代价" in shown
    assert "会有哪些变动，每一步的代价（准确，用最短路算出）：" in shown
    assert "备选干部，按整个方案的变化排列：" in screen("explain", plan, "r1")
    assert "c1 的关爱对象：" in screen("explain", plan, "--cadre", "c1")
    assert "求解任务中没有的编号" in screen("explain", plan, "r9", "c9", code=2)
    assert "没有指明要解释谁" in screen("explain", plan, code=2)
    policy = "eligibility:\n- {categories: [orphan], ranks: [staff], verdict: forbidden}\n"
    bans = "recipient_id,cadre_id\nr2,c1\n"
    locks = "recipient_id,cadre_id\nr1,c1\n"
    write(tables, policy=policy, bans=bans, locks=locks)
    screen("solve", tables, "-o", tmp_path / "ruled")
    shown = screen("explain", tmp_path / "ruled", "r1", "c2")
    assert "按结对资格，科员干部不得帮扶孤儿" in shown
    assert "已由 1 个锁定排满" in shown
    assert "这一对已禁配" in screen("explain", tmp_path / "ruled", "r2", "c1")


def test_a_scenario_and_what_differs(plan: Path, screen: Screen, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(
        "edits:\n- {op: remove_cadres, ids: [c1]}\n"
        "- {op: change_cadres, ids: [c2], set: {capacity: 2}}\n"
    )
    shown = screen("whatif", plan, scenario, "-o", tmp_path / "after")
    for part in ("必须变动", "干部已不在表中", "谁有变动", "代价变化", "改动求解任务"):
        assert part in shown
    table = tmp_path / "变动.csv"
    assert "已写入" in screen("diff", plan, tmp_path / "after", "-o", table)
    assert "加 --force 时会替换它" in screen(
        *("diff", plan, tmp_path / "after", "-o", table), code=2
    )
    assert "须以 .csv 或 .xlsx 结尾" in screen("diff", plan, plan, "-o", tmp_path / "x.txt", code=2)
    assert "没有一对不同" in screen("diff", plan, plan)


@pytest.mark.parametrize(
    "text",
    [
        "edits:\n- {op: fire_cadres, ids: [c1]}\n- {op: remove_cadres, ids: [c9]}\n",
        "edits:\n- {op: remove_cadres, ids: [c9, c1]}\n- {op: remove_cadres, ids: [c1]}\n",
        "edits:\n- {op: change_cadres, ids: [c1], set: {speed: 2}}\n",
        "edits:\n- {op: change_cadres, ids: [c1], set: {cadre_id: c7}}\n",
        "edits:\n- {op: set_policy, set: {load.speed: 2}}\n",
        "edits:\n- {op: set_policy, set: {load.default_capacity: many}}\n",
        "edits:\n- {op: lock, pairs: [{recipient_id: r1, cadre_id: c9}]}\n",
        "edits:\n- {op: add_cadres, rows: [{cadre_id: c1, unit_id: u1, rank: staff}]}\n",
        "edits:\n- {op: change_cadres, ids: [c1], set: {}}\n",
        "edits: 3\n",
        "edits:\n- [\n",
    ],
)
def test_scenarios_that_are_wrong(text: str, plan: Path, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(text)
    shown = screen("whatif", plan, tmp_path / "scenario.yaml", "-o", tmp_path / "out", code=2)
    assert "处错误" in shown


def test_made_up_people(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = screen("demo", "--scale", "0.005")
    for part in (
        "合成的省（真实区划，虚构的人）",
        "结对举例（人是虚构的）",
        "核验方案：",
        "删除请用：",
    ):
        assert part in shown
    assert re.search("孤儿|事实无人抚养儿童|困难重度残疾人|特困家庭", shown)
    assert "合成的省" in screen("generate", tmp_path / "province", "--scale", "0.005")
    assert "0.0001 至 20" in screen("generate", tmp_path / "x", "--scale", "99", code=2)


def test_a_part_of_a_problem(tables: Path, screen: Screen, tmp_path: Path) -> None:
    write(
        tables,
        areas="area,parent,level\nx,,county\na,x,township\nb,x,township\n",
        cadres=CADRES.replace("min_load", "min_load,area").replace(",0\n", ",0,a\n"),
    )
    shown = screen("part", tables, "--area", "a", "-o", tmp_path / "out", "--rest")
    assert "关爱对象" in shown
    assert "错误" in screen("part", tables, "--area", "zz", "-o", tmp_path / "x", code=2)


@pytest.mark.parametrize("kept", [9, 3])
def test_a_warm_up(kept: int, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    done = WarmUp(seconds=1.5, kernels=9, compiled=2, kept=kept, folder=Path("/kernels"))
    monkeypatch.setattr("pairmatch.cli.warm_up.warm_up", lambda: done)
    shown = screen("warm-up", code=0 if kept == 9 else 2)
    assert "9 个编译内核，用时 1.5 秒，其中新编译 2 个" in shown


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [(MemoryError(), "所需内存超过剩余内存", 2), (KeyboardInterrupt(), "收到信号，已停止", 4)],
)
def test_what_ends_a_command_early(
    *,
    error: BaseException,
    said: str,
    code: int,
    tables: Path,
    screen: Screen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ends(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("pairmatch.cli.check.read_problem", ends)
    assert said in screen("check", tables, code=code)


def test_progress_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    stopping = Stopping()
    phases = [key.removeprefix("phase.") for key in LANGUAGES["zh"].texts if "phase." in key]
    lines = Lines(stopping, "zh")
    for phase in phases:
        if phase not in ("in_round", "stopping", "left", "share"):
            lines.update(Progress(phase, 1, 4, None, 0.0))
    stopping.asked.set()
    Lines(stopping, "zh").update(Progress("solve", 0, 0, None, 0.0))
    shown = capsys.readouterr().err
    assert "第 1 轮：给其余每一对计价，25 %" in shown
    assert "正在停止（第 1 轮：求解）；再按一次立即放弃" in shown
    assert english_runs(shown) == []
    assert not re.search("[A-Za-z]", shown)


def keys(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from keys(inside, f"{path}.{key}")
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside, f"{path}[]")
    else:
        yield path


def test_json_has_the_same_keys_and_codes_in_every_language(
    tables: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tables, recipients=RECIPIENTS + "r3,orphan,a\n")
    said: dict[str, Any] = {}
    for language in ("en", "zh"):
        out = tmp_path / language
        assert main(["solve", str(tables), "-o", str(out), "--json", "--lang", language]) == 3
        said[language] = json.loads(capsys.readouterr().out)
    assert sorted(set(keys(said["en"]))) == sorted(set(keys(said["zh"])))
    texts = {key for key in said["en"] if said["en"][key] != said["zh"][key]}
    assert texts >= {"advice", "diagnosis", "notes"}
    assert texts <= {"advice", "diagnosis", "notes", "out", "seconds", "peak_memory_mb"}
    codes = [[note["code"] for note in said[language]["notes"]] for language in ("en", "zh")]
    assert codes[0] == codes[1]
    # the saved plan is the same, whatever the language of who saved it
    for name in ("pairs.parquet", "unmatched.parquet", "loads.parquet", "pairs.csv"):
        same = (tmp_path / "en" / name).read_bytes() == (tmp_path / "zh" / name).read_bytes()
        assert same == (name != "pairs.csv"), name


def test_a_workbook_to_fill_in(screen: Screen, tmp_path: Path) -> None:
    shown = screen("template", tmp_path / "new")
    (file,) = (tmp_path / "new").iterdir()
    assert re.fullmatch("[\u4e00-\u9fff]+\\.xlsx", file.name)
    assert str(file) in shown


def test_a_report_of_what_is_wrong(tables: Path, screen: Screen, tmp_path: Path) -> None:
    write(tables, **BAD["values"])
    report = tmp_path / "检查.xlsx"
    shown = screen("check", tables, "--report", report, code=2)
    assert f"已写入 {report}" in shown
    cells = [
        str(value)
        for sheet in load_workbook(report)
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]
    assert any("小于 0 的数" in cell for cell in cells)
    assert [run for cell in cells for run in english_runs(cell)] == []


def test_an_answer_that_nobody_can_take(
    tables: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pairmatch.cli.execute.print_answer", lambda _: "ENOSPC")
    assert "pairmatch：无法写到标准输出：磁盘已满" in screen("check", tables, code=2)


def test_a_bar_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    with open_display(Stopping(), "zh") as display:
        display.phase("read_tables")
        display.update(Progress("price", 1, 4, None, 0.0))
    assert "读入并检查表格" in shown.getvalue()
    assert "剩余：" in shown.getvalue()


def test_lists_that_came_back_and_how_far_a_round_is(
    plan: Path, screen: Screen, tmp_path: Path
) -> None:
    made = Plan.load(plan)
    rows = rows_of(made)
    rows[0]["answer"], rows[1]["answer"] = "确认", "看情况"
    file = write_list(tmp_path / "u1.xlsx", rows, digest=made.digest(), code="u1")
    out, look = tmp_path / "答复.yaml", tmp_path / "事项.csv"
    shown = screen("answers", plan, file, "-o", out, "--report", look)
    for part in ("已确认", "无法识别", "需要查看 1 项", "再求解"):
        assert part in shown
    assert "须以 .yaml" in screen("answers", plan, file, "-o", tmp_path / "x.txt", code=2)
    assert "需要催办：1 个单位" in screen("status", plan, out)
    screen("whatif", plan, out, "-o", tmp_path / "after")
    assert "上一个方案的去向" in screen("status", tmp_path / "after")


def test_lists_that_go_out(plan: Path, screen: Screen, tmp_path: Path) -> None:
    shown = screen("workbooks", plan, "-o", tmp_path / "清单", "--by", "unit")
    assert "份清单上，每一对只在一份上" in shown
    screen("workbooks", plan, "-o", tmp_path / "清单", "--by", "unit", code=2)
