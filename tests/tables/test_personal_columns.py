"""Names of columns that say that something personal stands below."""

import pytest

from pairmatch.tables.personal_columns import is_personal_column

PERSONAL = [
    # what the law names, in Chinese
    "姓名", "干部姓名", "户主姓名", "姓_名", "姓 名", "身份证", "身份证号", "身份证号码", "电话",
    "联系电话", "电　话", "手机", "手机号", "监护人", "户主", "地址", "住址", "家庭住址", "银行卡",
    "银行账号", "出生日期", "生日", "微信号", "残疾证号", "联系人",
    # in pinyin
    "sfzh", "SFZH", "Sfzh_1", "sfz", "s_f_z_h", "ｓｆｚｈ", "xm", "XM", "ganbuxm", "jhr_xm", "hzxm",
    "xingming", "dh", "lxdh", "lxdh2", "LXDH-2", "dianhua", "shouji", "sjh", "csrq", "yhkh", "dz",
    # in English
    "name", "Name", "full_name", "FullName", "cadre_name", "first.name", "name of child",
    "guardian", "guardianName", "id_card", "ID number", "id no", "idCard", "IDCard", "idcard_no",
    "phone", "phone1", "Phone (2)", "mobile_number", "tel", "email", "E-Mail", "address",
    "homeAddress", "birthday", "dateOfBirth", "contact", "wechat", "bank_account", "recipientname",
]  # fmt: skip
OTHERS = [
    "area_name", "areaName", "unit_name", "UnitName", "school_name", "rank", "hotel", "village",
    "needs", "identity_checked", "区划名称", "单位名称", "类别", "年龄", "户编号", "备注",
    "colour", "team", "remark", "age", "contact_visits", "visits_per_year", "riverbank",
    "household_id", "priority_2", "cadre_id", "recipient_id", "nominal", "index", "island", "",
]  # fmt: skip


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_columns(name: str) -> None:
    assert is_personal_column(name)
    assert is_personal_column(f" {name} ")


@pytest.mark.parametrize("name", OTHERS)
def test_other_columns(name: str) -> None:
    assert not is_personal_column(name)
