"""The held-out tenth of the corpus: labels, layouts and values of its own, fixed before the detectors were built.

Only the figures of this part were read while the detectors were tuned.
"""

import random
from collections.abc import Iterator

SEED = 20261129

LABELS = [
    "Admin password",
    "Root-Kennwort",
    "sudo passwd",
    "VPN-Passwort",
    "RDP Wachtwoord",
    "Mot de passe administrateur",
    "Contraseña de root",
    "Password amministratore",
    "Keepass master password",
    "SMTP_PASSWORD",
    "svc_backup_pwd",
    "Portalzugang PW",
    "BIOS password",
    "iDRAC pass",
    "BitwardenMasterPassword",
    "Clave del router",
    "Beheerderswachtwoord",
    "Schlüssel fürs WLAN",
    "client secret",
    "Wireless key",
]

LAYOUTS = [
    "{label}: ⟦{value}⟧",
    "{label} = ⟦{value}⟧",
    "{label} => ⟦{value}⟧",
    "{label} is ⟦{value}⟧",
    '{label}: "⟦{value}⟧" (copied from the vault)',
    "* {label}: `⟦{value}⟧`",
    "_{label}_: ⟦{value}⟧",
    "| {label} | ⟦{value}⟧ |",
    "1. {label}\t⟦{value}⟧",
    "{label} (VLAN 20): ⟦{value}⟧, then reboot",
    "<li>{label}: <code>⟦{value}⟧</code></li>",
    "<dt>{label}</dt><dd>⟦{value}⟧</dd>",
    "I set {label}: ⟦{value}⟧ just now",
    "{label}:⏎⟦{value}⟧⏎thanks",
    "user joe / {label}: ⟦{value}⟧",
]

VALUES = [
    "Herbst-2025?",
    "Qx7!pLm2",
    "tr0ub4dor&3",
    "Leeuwenhoek17",
    "montagne#88",
    "kX9vQ2mW4zR7",
    "!Init1234",
    "Zomer+Zon5",
    "p4ssw0rd.",
    "Azul_del_mar9",
]

EVIDENCE_LABELS = ["Password", "Kennwort", "Token", "PIN", "API key", "Wachtwoord", "Mot de passe", "Contraseña"]

EVIDENCE_VALUES = [
    "error 0x80070057 on save",
    "0xC0000064",
    "AADSTS50126",
    "NT_STATUS_WRONG_PASSWORD",
    "expired on 2026-11-02",
    "abgelaufen",
    "rejected by the server",
    "muss bei der nächsten Anmeldung geändert werden",
    "is not accepted since KB5031356",
    "see C:\\Temp\\netlogon.log",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "S-1-5-32-544",
    "version 10.0.22631.4460",
    "minimum length 14 characters",
    "geblokkeerd",
    "expiré",
    "caducada",
    "***",
    "Ctrl+Alt+Del",
    "none",
]

EVIDENCE_LAYOUTS = ["{label}: {value}", "{label} {value}", "The {label} prompt shows: {value}", "| {label} | {value} |"]


def lines() -> Iterator[tuple[str, str]]:
    """Yield group and text of each case, the same ones every time."""
    chosen = random.Random(SEED)  # noqa: S311  a sample, not a secret
    for _ in range(60):
        label, layout, value = chosen.choice(LABELS), chosen.choice(LAYOUTS), chosen.choice(VALUES)
        yield "held out", layout.format(label=label, value=value)
    for _ in range(60):
        label, layout = chosen.choice(EVIDENCE_LABELS), chosen.choice(EVIDENCE_LAYOUTS)
        yield "held out", layout.format(label=label, value=chosen.choice(EVIDENCE_VALUES))
