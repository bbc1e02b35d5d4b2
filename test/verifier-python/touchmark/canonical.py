"""One text per value: canonical JSON (RFC 8785) restricted to whole numbers, and the errors of reading it."""

import json

LARGEST = 2**53 - 1
DEEPEST = 32
MOST_BYTES = 256 * 1024


class Refused(Exception):
    """A bundle that is not read; `reason` is a name of the frozen table."""

    def __init__(self, reason, message=""):
        super().__init__(reason, message)
        self.reason = reason


def write(value):
    """The canonical text of a value that `check` let pass."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(write(key) + ":" + write(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def problem(value, depth=0):
    """Whether a value has no canonical form."""
    if depth > DEEPEST:
        return True
    if value is None or isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) > LARGEST
    if isinstance(value, str):
        return any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)
    if isinstance(value, list):
        return any(problem(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return any(problem(key, depth + 1) or problem(item, depth + 1) for key, item in value.items())
    return True


def _number(text):
    number = float(text)
    # As every reader of JSON by IEEE 754 sees it: 1.0 is 1.
    return int(number) if number == number // 1 and abs(number) <= LARGEST else number


def _no_constant(text):
    raise ValueError(text)


def read(data):
    """The value of canonical JSON bytes, or Refused."""
    if len(data) > MOST_BYTES:
        raise Refused("INPUT_TOO_LARGE")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("INPUT_NOT_UTF8") from None
    if text.strip() == "":
        raise Refused("INPUT_EMPTY")
    try:
        value = json.loads(text, parse_float=_number, parse_int=_number_of_digits, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("INPUT_NOT_JSON") from None
    if problem(value):
        raise Refused("OUT_OF_RANGE")
    if write(value) != text:
        raise Refused("NOT_CANONICAL")
    return value


def _number_of_digits(text):
    return int(text) if len(text) < 20 else _number(text)
