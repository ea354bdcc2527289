"""What zod 4 says of strings of a known form: the ``format`` and ``pattern`` it lists, and the minor that changed them.

Observed by listing one schema of each form with zod 3.25.76 (``zod/v4``) and 4.0.17, 4.1.13, 4.2.1, 4.3.6, 4.4.3, 4.5.4
and 4.6.7. What did not change between two of these is taken not to have changed in between.
"""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

HEX = "[0-9a-fA-F]"
_IPV6_1 = (
    "(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|"
    "([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|"
    "([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|"
    "[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))"
)
_IPV6_0 = "(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|::|([0-9a-fA-F]{1,4})?::([0-9a-fA-F]{1,4}:?){0,6})"
_BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_SIZE6 = r"\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])"
_DATE = (
    r"(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-"
    r"(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))"
)
_MINUTES = r"(?:[01]\d|2[0-3]):[0-5]\d"
_UUID = "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-%s[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}%s)$"
_NIL = "|00000000-0000-0000-0000-000000000000"
_MAX = "|ffffffff-ffff-ffff-ffff-ffffffffffff"

# Form -> (format, ((first minor, pattern), ...)), the newest first.
FORMS: dict[str, tuple[str, tuple[tuple[int, str], ...]]] = {
    "email": ("email", (
        (6, r"^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$"),
        (0, r"^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$"),
    )),
    "url": ("uri", ()),
    "httpUrl": ("uri", ()),
    "jwt": ("jwt", ()),
    "uuid": ("uuid", ((1, _UUID % ("[1-8]", _NIL + _MAX)), (0, _UUID % ("[1-8]", _NIL)))),
    "uuidv4": ("uuid", ((0, _UUID % ("4", "")),)),
    "uuidv6": ("uuid", ((0, _UUID % ("6", "")),)),
    "uuidv7": ("uuid", ((0, _UUID % ("7", "")),)),
    "guid": ("uuid", ((0, f"^({HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}})$"),)),
    "date": ("date", ((0, f"^{_DATE}$"),)),
    "duration": ("duration", ((0, (
        r"^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$"
    )),)),
    "ipv4": ("ipv4", ((0, rf"^(?:{_OCTET}\.){{3}}{_OCTET}$"),)),
    "ipv6": ("ipv6", ((1, f"^{_IPV6_1}$"), (0, f"^{_IPV6_0}$"))),
    "cidrv4": ("cidrv4", ((0, rf"^({_BYTE}\.){{3}}{_BYTE}\/([0-9]|[1-2][0-9]|3[0-2])$"),)),
    "cidrv6": ("cidrv6", ((5, f"^{_IPV6_1}{_SIZE6}$"), (0, f"^{_IPV6_0}{_SIZE6}$"))),
    "base64": ("base64", ((0, r"^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$"),)),
    "base64url": ("base64url", ((6, "^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$"), (0, "^[A-Za-z0-9_-]*$"))),
    "nanoid": ("nanoid", ((0, "^[a-zA-Z0-9_-]{21}$"),)),
    "cuid": ("cuid", ((4, "^[cC][0-9a-z]{6,}$"), (0, r"^[cC][^\s-]{8,}$"))),
    "cuid2": ("cuid2", ((0, "^[0-9a-z]+$"),)),
    "ulid": ("ulid", ((5, "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"), (0, "^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}$"))),
    "xid": ("xid", ((0, "^[0-9a-vA-V]{20}$"),)),
    "ksuid": ("ksuid", ((0, "^[A-Za-z0-9]{27}$"),)),
    "emoji": ("emoji", (
        (6, (
            r"^(?=[\s\S]*[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3])"
            r"[\p{Extended_Pictographic}\p{Emoji_Component}]+$"
        )),
        (5, r"^[\p{Extended_Pictographic}\p{Emoji_Component}]+$"),
        (0, r"^(\p{Extended_Pictographic}|\p{Emoji_Component})+$"),
    )),
    "e164": ("e164", ((3, r"^\+[1-9]\d{6,14}$"), (0, r"^\+(?:[0-9]){6,14}[0-9]$"))),
    "lowercase": ("lowercase", ((0, "^[^A-Z]*$"),)),
    "uppercase": ("uppercase", ((0, "^[^a-z]*$"),)),
    "mac": ("mac", ((0, "^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$|^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$"),)),
    "hostname": ("hostname", ((0, (
        r"^(?=.{1,253}\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        r"(?:\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\.?$"
    )),)),
    "hex": ("hex", ((0, "^[0-9a-fA-F]*$"),)),
}  # fmt: skip

_HTML5 = (
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$"
)
# ``z.regexes``: what authors give to ``z.email({ pattern })``.
EMAILS = {
    "html5Email": _HTML5, "browserEmail": _HTML5, "unicodeEmail": r"""^[^\s@"]{1,64}@[^\s@]{1,255}$""",
    "rfc5322Email": (
        r"""^(([^<>()\[\]\\.,;:\s@"]+(\.[^<>()\[\]\\.,;:\s@"]+)*)|(".+"))@"""
        r"((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}])|(([a-zA-Z\-0-9]+\.)+[a-zA-Z]{2,}))$"
    ),
}  # fmt: skip

# zod 3 (with zod-to-json-schema 3.25.2): forms that become a ``format``, and those that become a pattern.
FORMATS_3 = {"email": "email", "url": "uri", "uuid": "uuid", "datetime": "date-time", "date": "date", "time": "time",
             "duration": "duration"}  # fmt: skip
PATTERNS_3 = {
    "cuid": r"^[cC][^\s-]{8,}$", "cuid2": "^[0-9a-z]+$", "ulid": "^[0-9A-HJKMNP-TV-Z]{26}$",
    "nanoid": "^[a-zA-Z0-9_-]{21}$", "jwt": r"^[A-Za-z0-9-_]+\.[A-Za-z0-9-_]+\.[A-Za-z0-9-_]*$",
    "base64url": "^([0-9a-zA-Z-_]{4})*(([0-9a-zA-Z-_]{2}(==)?)|([0-9a-zA-Z-_]{3}(=)?))?$",
    "emoji": r"^(\p{Extended_Pictographic}|\p{Emoji_Component})+$",
}  # fmt: skip
CIDR_3 = {
    "v4": (
        r"^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-"
        r"9][0-9]|[0-9])\/(3[0-2]|[12]?[0-9])$"
    ),
    "v6": (
        r"^(([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-"
        r"fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,"
        r"4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}"
        r"){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:)|fe80:(:[0-9a-fA-F]{"
        r"0,4}){0,4}%[0-9a-zA-Z]{1,}|::(ffff(:0{1,4}){0,1}:){0,1}((25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])\.){"
        r"3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])|([0-9a-fA-F]{1,4}:){1,4}:((25[0-5]|(2[0-4]|1{0,1}[0-9])"
        r"{0,1}[0-9])\.){3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9]))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$"
    ),
}


def form(word: str, options: Any, minor: int) -> tuple[str, Any]:
    """The ``format`` ("" for none) and the pattern (``None`` for none) of a form of strings under zod 4."""
    if isinstance(options, Missing):
        return "", options
    given = options if isinstance(options, dict) else {}
    if word == "datetime":
        return "" if minor >= 5 and (given.get("local") or given.get("precision") == -1) else "date-time", _datetime(
            given, minor
        )
    if word == "time":
        return "time" if minor < 3 else "", f"^{_time(given.get('precision'), False)}$"
    if word == "uuid" and isinstance(given.get("version"), str):
        word = f"uuid{given['version']}"
    if word in ("email", "mac") and set(given) - {"message", "error", "abort"}:
        return FORMS[word][0], given.get("pattern", Missing("it has a form of its own"))
    if word == "hash":
        return _hash(options)
    known = FORMS.get(word)
    if known is None:
        return "", Missing(f"the form `{word}` is not known")
    return known[0], next((pattern for since, pattern in known[1] if max(minor, 0) >= since), None)


# Digits of a digest as hexadecimal.
_DIGITS = {"md5": 32, "sha1": 40, "sha256": 64, "sha384": 96, "sha512": 128}


def _hash(options: Any) -> tuple[str, Any]:
    if options not in _DIGITS:
        return "", Missing("how it is encoded is not known")
    return f"{options}_hex", f"^[0-9a-fA-F]{{{_DIGITS[options]}}}$"


def _time(precision: Any, seconds: bool) -> str:
    if precision == -1:
        return _MINUTES
    if precision == 0:
        return rf"{_MINUTES}:[0-5]\d"
    if precision is not None:
        return rf"{_MINUTES}:[0-5]\d\.\d{{{precision}}}"
    return rf"{_MINUTES}:[0-5]\d(?:\.\d+)?" if seconds else rf"{_MINUTES}(?::[0-5]\d(?:\.\d+)?)?"


def _datetime(given: dict[str, Any], minor: int) -> Any:
    zones = ["Z"]
    local, precision = bool(given.get("local")), given.get("precision")
    if minor < 5 and local:
        zones.append("")
    if given.get("offset"):
        zones.append(r"([+-]\d{2}:\d{2})" if minor < 0 else r"([+-](?:[01]\d|2[0-3]):[0-5]\d)")
    whole = f"{_time(precision, minor >= 5)}(?:{'|'.join(zones)})"
    if minor >= 5 and local:
        whole = f"{whole}|{_time(precision, False)}"
    return f"^{_DATE}T(?:{whole})$"
