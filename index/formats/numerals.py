"""Numbers as word processors and browsers print them at the head of a list item.

The names are those of OOXML's ST_NumberFormat (ECMA-376 part 1, 17.18.59). A format that is not
known is printed as a plain number, which is what Word does where a font lacks the characters.
"""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
COUNTING = ("零一二三四五六七八九", "十百千", "万")
LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
ROMAN_TO = 4999  # beyond it Roman numerals have no common form
LETTERS_TO = 26 * 30  # Word repeats a letter up to 30 times (aa, bb, …), then begins again
# (how many, first character) of runs of ready-made signs.
CIRCLES = ((20, 0x2460), (15, 0x3251), (15, 0x32B1))
PARENTHESES, FULL_STOPS = ((20, 0x2474),), ((20, 0x2488),)
CIRCLED_CHINESE, BRACKETED_CHINESE = ((10, 0x3280),), ((10, 0x3220),)


def printed(value: int, form: str) -> str:
    """`value` as the number format `form` prints it; "" for the format none."""
    if form == "none":
        return ""
    if value < 0:
        return str(value)
    make = FORMS.get(form)
    return make(value) if make else str(value)


def chinese(value: int, signs: tuple[str, str, str] = COUNTING, short_ten: bool = True) -> str:
    """一百零二; ten to nineteen without 一 if `short_ten`. From a hundred million on, digits."""
    digits, places, myriad = signs
    if not 0 <= value < 100_000_000:
        return str(value)
    if value == 0:
        return digits[0]
    high, low = divmod(value, 10_000)
    text = _below_myriad(high, digits, places) + myriad if high else ""
    if low:
        gap = digits[0] if high and low < 1000 else ""
        text += gap + _below_myriad(low, digits, places)
    one_ten = digits[1] + places[0]
    return text[1:] if short_ten and text.startswith(one_ten) else text


def _below_myriad(value: int, digits: str, places: str) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit]
            text += places[power - 1] if power else ""
        gap = not digit
    return text


def _digits(value: int) -> str:
    return "".join(DIGITS[int(d)] for d in str(value))


def _counting(value: int) -> str:
    """Up to 99 as it is spoken, then digit by digit (17.18.59, chineseCounting)."""
    return chinese(value) if value < 100 else _digits(value)


def _roman(value: int) -> str:
    if not 0 < value <= ROMAN_TO:
        return str(value)
    text = ""
    for worth, sign in ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text


def _letters(value: int) -> str:
    """a, b, …, z, aa, bb, … as Word counts, not aa, ab."""
    if value <= 0:
        return str(value)
    value = (value - 1) % LETTERS_TO
    return chr(ord("a") + value % 26) * (value // 26 + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _ready(*runs: tuple[int, int]) -> Callable[[int], str]:
    signs = "".join(chr(first + n) for count, first in runs for n in range(count))
    return _cycle(signs)


def _wide(value: int) -> str:
    return "".join(chr(ord(d) + 0xFEE0) for d in str(value))


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,  # what Word's Chinese editions write for 一, 二, 三 as often
    "chineseLegalSimplified": lambda value: chinese(value, LEGAL_SIMPLIFIED, short_ten=False),
    "ideographLegalTraditional": lambda value: chinese(value, LEGAL_TRADITIONAL, short_ten=False),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "decimalEnclosedCircle": _ready(*CIRCLES),
    "decimalEnclosedCircleChinese": _ready(*CIRCLES),
    "decimalEnclosedParen": _ready(*PARENTHESES),
    "decimalEnclosedFullstop": _ready(*FULL_STOPS),
    "ideographEnclosedCircle": _ready(*CIRCLED_CHINESE),
    "ideographParenthesized": _ready(*BRACKETED_CHINESE),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
}
