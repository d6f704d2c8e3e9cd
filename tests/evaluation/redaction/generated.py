"""The generated part of the corpus: label x layout x value, drawn with a seed."""

import random
from collections.abc import Iterator

SEED = 13

STRONG = [
    *[
        "password",
        "Password",
        "PASSWORD",
        "passwd",
        "pwd",
        "pw",
        "passphrase",
        "DB_PASSWORD",
        "userPassword",
        "admin pw",
    ],
    *["Passwort", "Kennwort", "WLAN-Passwort", "Administratorkennwort", "Wachtwoord", "gebruikerswachtwoord"],
    *[
        "Mot de passe",
        "mot de passe temporaire",
        "Contraseña",
        "contraseña nueva",
        "Parola d'ordine",
        "Password utente",
    ],
]
OTHERS = [
    *["API key", "api_key", "client_secret", "Access token", "refresh_token", "Secret", "Wi-Fi key", "WPA2 key"],
    *["Pre-shared key", "Netzwerkschlüssel", "Zugriffsschlüssel", "toegangssleutel", "Clé API", "clave de acceso"],
    *["chiave di accesso", "Recovery key", "SharedAccessKey", "bearer token", "TOTP seed", "Token de acceso"],
]

STRONG_LAYOUTS = [
    "{label} - ⟦{value}⟧",
    "{label} ⟦{value}⟧",
    "{label} is ⟦{value}⟧",
    "{label} (temporary): ⟦{value}⟧",
    "{label} for joe: ⟦{value}⟧",
    "new {label} -> ⟦{value}⟧",
    "{label}:⏎⟦{value}⟧",
    "{label}: joe / ⟦{value}⟧",
]
LAYOUTS = [
    "{label}: ⟦{value}⟧",
    "{label} = ⟦{value}⟧",
    "{label}=⟦{value}⟧",
    "{label}:⟦{value}⟧",
    "{label}            : ⟦{value}⟧",
    "{label}\u00a0: ⟦{value}⟧",
    "{label}: ⟦{value}⟧, works again",
    "user joe, {label}: ⟦{value}⟧.",
    "**{label}:** ⟦{value}⟧",
    "**{label}**: ⟦{value}⟧",
    "`{label}`: `⟦{value}⟧`",
    "<b>{label}:</b> ⟦{value}⟧",
    "<td>{label}</td><td>⟦{value}⟧</td>",
    "| {label} | ⟦{value}⟧ |",
    '{{"{label}": "⟦{value}⟧"}}',
    '{{\\"{label}\\":\\"⟦{value}⟧\\"}}',
    "{label}: '⟦{value}⟧'",
    "{label}：⟦{value}⟧",
]
VALUES = [
    *["Sommer2024!", "hunter2", "Winterreise#77", "Regenboog44!", "Soleil2024!", "Blau3Wolke!", "P@ssw0rd123"],
    *["fjord-ladder-29", "7h!sIsL0ng", "Xk29mQ8z", "s3cr3t", "Tr3ppenhaus", "4f9a77c1b2e05d38", "Verano.2025*"],
]

EVIDENCE_LABELS = [
    *["Password", "password", "Passwort", "Kennwort", "Wachtwoord", "Mot de passe", "Contraseña", "Token", "token"],
    *["PIN", "API key", "License key", "Secret", "refresh token", "Lizenzschlüssel", "Authorization", "access token"],
]
EVIDENCE_LAYOUTS = [
    "{label}: {value}",
    "{label} {value}",
    "**{label}:** {value}",
    "| {label} | {value} |",
    "<td>{label}</td><td>{value}</td>",
    "{label} ({value})",
    '{{"{label}": "{value}"}}',
]
EVIDENCE_VALUES = [
    *["0x80090016", "0xC000006A", "0x801c044f", "-2147024891", "AADSTS70008", "AADSTS50076", "NT_STATUS_LOGON_FAILURE"],
    *["STATUS_ACCESS_DENIED", "ERROR_LOGON_FAILURE", "KB5034441", "10.0.22631.4460", "6.0.97.8244", "v2.14.3"],
    *["S-1-5-21-1004336348-1177238915-682003330-512", "019ab000-0000-7000-8000-00000000000a", "invalid_grant"],
    *["{6F1B0A4C-9D7E-4C53-8A11-0B7C2D3E4F50}", "2026-11-23", "2026-11-23T09:00:00Z", "23.11.2026", "10:30"],
    *[
        "tests/dns01.tests.ps1",
        "C:\\Windows\\System32\\lsasrv.dll",
        "setup.exe",
        "HKLM\\SOFTWARE\\Policies",
        "10.0.0.5",
    ],
    *["expired", "locked after 3 attempts", "abgelaufen", "gesperrt", "verlopen", "expiré", "caducada", "scaduta"],
    *["rejected", "not set", "required", "ungültig", "onjuist", "incorrect", "incorrecta", "errata", "true", "null"],
    *["Alt+F4", "Strg+Alt+Entf", "********", "●●●●●●", "90 days", "12 Zeichen", "[masked]", "PROJ-1234", "disabled"],
    *["was changed on Monday", "must be changed at next logon", "wurde zurückgesetzt", "joe@acme.example", "missing"],
]


def lines() -> Iterator[tuple[str, str]]:
    """Yield group and text of each case, the same ones every time; in evidence no secret is marked."""
    chosen = random.Random(SEED)  # noqa: S311  a sample, not a secret
    for count in (160, 60):
        yield from _secrets(chosen, count)
        yield from _evidence(chosen, count + 40)


def _secrets(chosen: random.Random, count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        is_strong = chosen.random() < 0.6
        label = chosen.choice(STRONG if is_strong else OTHERS)
        layout = chosen.choice([*LAYOUTS, *STRONG_LAYOUTS] if is_strong else LAYOUTS)
        yield "generated", layout.format(label=label, value=chosen.choice(VALUES))


def _evidence(chosen: random.Random, count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        label, layout = chosen.choice(EVIDENCE_LABELS), chosen.choice(EVIDENCE_LAYOUTS)
        yield "generated", layout.format(label=label, value=chosen.choice(EVIDENCE_VALUES))
