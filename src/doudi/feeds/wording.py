"""What is wrong with the rows of a file, in English. Readers of columns say it in Chinese, as it stands beside rows set aside."""

from __future__ import annotations

from doudi.feeds.contract_model import Contract, Field

_WHOLE = {
    "是空的，应填写": "is empty and must be filled in",
    "是公式，请粘贴为数值后重新发送": "is a formula: paste it as a value and send it again",
    "是错误值（如 #N/A），请更正": "is an error value (such as #N/A): correct it",
    "按数字保存，末几位已丢失，请以文本格式重新导出": "was kept as a number, the last digits are lost: export it again as text",
    "的末几位数字已丢失（科学记数法或数字格式），请以文本格式重新导出": "has lost its last digits (kept as a number): export it again as text",
    "不是 15 位或 18 位的号码": "is no number of 15 or 18 digits",
    "含有数字，可能错列": "has digits in it; perhaps of another column",
    "过长，可能错列": "is too long; perhaps of another column",
    "过长": "is too long",
    "是科学记数法，末几位已丢失，请以文本格式重新导出": "is in scientific notation, the last digits are lost: export it again as text",
    "不是电话号码": "is no telephone number",
    "不是有效日期，应如 2026-08-01": "is no date such as 2026-08-01",
    "不是有效月份，应如 2026-08": "is no month such as 2026-08",
    "晚于收到文件的月份": "is later than the month in which the file was received",
    "晚于收到文件的日期": "is later than the day on which the file was received",
    "不是金额，只写数字，最多两位小数": "is no sum: write digits only, two decimals at most",
    "不是数字，或小数超过四位": "is no number, or has more than four decimals",
    "不是整数": "is no whole number",
    "应为“是”或“否”": "must be yes or no",
    "本行的列数比表头多": "the row has more columns than the heading",
    "编号与另一行相同": "has the number of another row",
}
_BEGINNINGS = {
    "小于允许的最小值 ": "is below the least value ",
    "大于允许的最大值 ": "is above the greatest value ",
}
_NO_CODE = "不在代码表中"


def english(contract: Contract, column: str, text: str) -> tuple[str, str]:
    """A column of a contract and what is wrong in it, both as the report says them; what is not known stays as it is."""
    found = next((each for each in contract.fields.values() if each.zh == column), None)
    return (found.en if found else column), _text(found, text)


def _text(found: Field | None, text: str) -> str:
    if text.startswith(_NO_CODE) and found is not None and found.codes is not None:
        return f"is no known code; use: {', '.join(en for _, en in found.codes.entries.values())}"
    for zh, en in _BEGINNINGS.items():
        if text.startswith(zh):
            return en + text.removeprefix(zh)
    return _WHOLE.get(text, text)
