"""Shapes of identifiers, codes and places: what stands behind a label in a ticket and is no secret.

Every pattern is matched against a whole value of at most 256 characters; those of a sign only where the value has it.
"""

_FILE_ENDINGS = (
    "txt|log|csv|tsv|xlsx?|docx?|pptx?|pdf|json|xml|ya?ml|toml|ini|cfg|conf|config|env|ps1|psm1|bat|cmd|vbs|js|ts|tsx|"
    "py|sh|cs|java|go|rb|php|sql|html?|aspx?|css|exe|dll|sys|msi|msix|cab|evtx|etl|dmp|reg|inf|pfx|p12|pem|crt|cer|key|"
    "csr|jks|kdbx|ost|pst|zip|gz|tar|7z|rar|iso|vhdx?|bak|tmp|lnk|rdp|png|jpe?g|gif|svg|md"
)

PLAIN = (
    # error codes, HRESULTs, updates
    r"[0-9a-fx]{0,2}0x[0-9a-f]{1,16}h?",
    r"#?\d{1,3}",
    r"kb\d{6,8}",
    r"(?:aadsts|caa|ora-|inc|ritm|chg|req|prb|cve-|ms|ts|tls|bug|event|error|err|code|http|id)-?\d[\d-]{1,12}",
    r"caa[0-9a-f]{5}",
    r"(?:aadsts|ora|sqlstate|ts)[-_]?\d{2,8}",
    # durations and sizes
    r"\d{1,9}(?:[.,]\d{1,3})?(?:%|ms|s|sec|min|h|d|kb|mb|gb|tb|x|px|bit|bits|days|tage)",
    r"\d{1,2}(?:am|pm|h)",
    # registry hives, and what stands where a secret was or will be
    r"hk(?:lm|cu|cr|u|ey_[a-z_]{5,20})",
    r"[*●•·.x_#?-]{3,256}",
    r"your[-_ ]?\w{0,40}",
)
"""What may be letters and digits alone; in lower case, as all but `EXACT`."""

_GUID = r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?"
_MAC = r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}"
_DATE = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})"
_SHORTCUT = r"(?:ctrl|strg|alt|altgr|shift|umschalt|win|windows|cmd|fn|option|maj|control)(?:[+-][\w]{1,12}){1,4}"
_PATH_OF_FILE = rf"(?:[\w.@$~-]{{0,80}}[/\\]){{1,15}}[\w.@$~-]{{1,80}}\.(?:{_FILE_ENDINGS})(?::\d{{1,6}}){{0,2}}"
_CALL = r"\(?[a-z_][\w.]{0,80}[(\[].{0,200}"

WITH_SIGN = {
    "-": (
        r"-\d{1,12}",
        r"s-1(?:-\d{1,12}){1,15}",
        _GUID,
        _MAC,
        r"\d{4}-\d{1,2}-\d{1,2}(?:[t ][\d:.]{4,15}(?:z|[+-][\d:]{2,5})?)?",
        _DATE,
        _SHORTCUT,
        r"(?:get|read|new|set|convertto|convertfrom|import|export|out|reset|add|remove|test|invoke)-[a-z]{3,40}",
    ),
    ".": (
        r"[v^~<>=]{0,2}\d{1,6}(?:\.\d{1,6}){1,4}(?:-[a-z]{1,10}\d{0,3})?",
        r"\d{1,3}(?:\.\d{1,3}){3}(?:[/:]\d{1,5})?",
        _DATE,
        r"[a-z][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?::\d{1,5})?",
        rf"[\w.$~()-]{{1,100}}\.(?:{_FILE_ENDINGS})(?::\d{{1,6}}){{0,2}}",
        r"(?:os\.environ|process\.env|env\.)\S{0,100}",
    ),
    ":": (
        _MAC,
        r"(?:[0-9a-f]{2}:){8,31}[0-9a-f]{2}",
        r"(?:sha(?:1|256|512)|md5):[a-z0-9+/=]{10,90}",
        r"\d{1,2}:\d{2}(?::\d{2})?(?:am|pm|h)?",
        r"(?:https?|ldaps?|ftp|file|mailto|ms-settings)://?\S{1,250}",
        r"[a-z]:[\\/].{0,250}",
    ),
    "/": (
        _DATE,
        _PATH_OF_FILE,
        r"(?:~/|\.{1,2}/).{0,250}",
        r"/(?:[a-z0-9._-]{1,60}/){0,15}[a-z0-9._-]{1,60}/?",
    ),
    "\\": (_PATH_OF_FILE, r"(?:\\\\|\.{1,2}\\|hk(?:lm|cu|cr|u|ey_[a-z_]{5,20})).{0,250}"),
    "=": (r"(?:cn|ou|dc)=.{0,250}",),
    "@": (
        r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}",
        r"@[({].{0,100}",
    ),
    "+": (_SHORTCUT,),
    "<": (r"<[^<>]{0,100}>?",),
    "$": (r"\$\{?[\w:.-]{1,80}\}?", r"\$\(.{0,250}"),
    "%": (r"%[\w()]{1,60}%",),
    "{": (r"\{\{.{0,250}", r"\{[\w.]{0,60}\}"),
    "[": (r"\[[a-z *:.-]{0,60}\d{0,6}\]?", _CALL),
    "(": (r"\([a-z ]{1,60}\)?", _CALL),
}
"""What has a certain sign: SIDs, versions, dates, hosts, files, paths, shortcuts, variables, calls, placeholders."""

ERROR_NAMES = ("Exception",)
"""Endings of error names that are one word."""

EXACT = {
    "-": (r"[A-Z]{2,10}-\d{1,6}",),
    "_": (
        r"[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,40}){1,12}",
        r"[a-z]{1,30}(?:_[a-z]{1,40}){1,12}",
        r"test_\w{1,80}",
    ),
}
"""Tickets, constants and names of tests, by their sign; letters as they are."""

NUMBERED = frozenset(
    "office windows win word excel outlook exchange server sql oauth ipv sha md aes wpa ikev tls ssl level step phase "
    "user dc srv pc sw ap vm nb lt fw ws app web db host node port vlan eth sp rev build version v h m o rfc tier http "
    "python net azure m365 teams edge chrome iphone ipad ios android mac macos room floor line page case ticket mfa "
    "client site test prod dev step2".split()
)
"""Words that are numbered in prose: `DC01`, `Office365`, `OAuth2`."""
