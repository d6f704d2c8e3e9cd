"""The secrets and the evidence that redaction was asked for with."""

import pytest

from chalicelib.domain.redaction import redact
from tests.evaluation.redaction.corpus import Case, case_of
from tests.evaluation.redaction.scoring import covered_now

SECRETS = [
    "passwd: ⟦Winterreise#77⟧",
    "set passwd ENC ⟦AK1a8x9QmZk3pL0=⟧",
    "Key Content            : ⟦fjord-ladder-29⟧",
    "Wachtwoord: ⟦Regenboog44!⟧",
    "Mot de passe : ⟦Soleil2024!⟧",
    "Password - ⟦Sommer2024!⟧",
    "Password (temporary): ⟦Sommer2024!⟧",
    "Passwords: admin ⟦Sommer2024!⟧, root ⟦Winter2025!⟧",
    "TOTP seed: ⟦JBSWY3DPEHPK3PXPJBSWY3DP⟧",
    "creds: joe:⟦Sommer2024!⟧",
    "/passwordd:⟦Blau3Wolke!⟧",
    "Wi-Fi key: ⟦fjordladder29⟧",
    "**Password:** ⟦Sommer2024!⟧",
    "<b>Password:</b> ⟦Sommer2024!⟧",
    "<td>Password</td><td>⟦Sommer2024!⟧</td>",
    r'{"request":"{\"user\":\"joe\",\"password\":\"⟦Sommer2024!⟧\"}"}',
    "<Password><Value>⟦UwBvAG0AbQBlAHIA⟧</Value>",
    "net user tempadmin ⟦Sommer2024!⟧ /add",
    'ConvertTo-SecureString "⟦Sommer2024!⟧" -AsPlainText -Force',
    r"psexec \\pc7 -u corp\adm -p ⟦Sommer2024!⟧ cmd",
    "curl -u svc:⟦Sommer2024!⟧ https://api.example/v1",
    "mysql -uroot -p⟦Sommer2024!⟧",
    r"net use Z: \\srv01\data /user:corp\joe ⟦Sommer2024!⟧",
    "sqlcmd -U sa -P ⟦Sommer2024!⟧",
    "snmp-server community ⟦s3cr3tRO⟧ ro 20",
    "enable secret 5 ⟦$1$mERr$hx5r⟧",
    "username admin privilege 15 password 7 ⟦0822455D0A16544541⟧",
    "radius-server host 192.0.2.5 key 7 ⟦104D000A0618⟧",
    "set psksecret ENC ⟦gH7k2Lm==⟧",
    "crypto isakmp key ⟦Vpn4Shared!⟧ address 203.0.113.9",
    "⟦-----BEGIN PGP PRIVATE KEY BLOCK-----⏎⏎lQOYBF7kQ⏎=Ab1C⏎-----END PGP PRIVATE KEY BLOCK-----⟧",
    "⟦PuTTY-User-Key-File-2: ssh-rsa⏎Encryption: none⏎Private-Lines: 1⏎AAABAQC7⏎Private-MAC: 0f1e2d⟧",
    "https://acme.webhook.office.com/webhookb2/⟦3f2504e0@3f25/IncomingWebhook/4f9a77c1/3f25⟧",
    "https://discord.com/api/webhooks/⟦123456789012345678/abcD1234efGH5678ijKL⟧",
    "x-functions-key: ⟦Abc123Def456Ghi789Jkl012==⟧",
    '{"auths":{"reg.example":{"auth":"⟦c3ZjOlNvbW1lcg==⟧"}}}',
]

EVIDENCE = [
    "Visual Basic 6.0.97.8244 runtime",
    "token 0x80090016 in event 1098",
    "Windows Hello PIN 0x801c044f",
    "Reason: Wrong password (0xC000006A)",
    "PASS tests/dns01.tests.ps1",
    "refresh token: invalid_grant AADSTS70008",
    "Unexpected token: punc (}) at app.min.js:1234",
    "License key: activation error 0xC004F074",
    "Password: prompt appears every 5 minutes",
    "Shared key: mismatch in phase 1",
    "Token: S-1-5-21-1004336348-1177238915-682003330-512",
    "Authorization: denied",
    "https://jira.example/issues/?key=PROJ-1234",
    "Cookie: SameSite=None is missing on the login page, so Chrome drops it",
    "<RequirePassword>true</RequirePassword>",
    "Password: saved in ITGlue, record 4411",
    "PIN: locked after 3 attempts",
    "Access Key: Alt+F4",
    "Die Kennwortrichtlinie verlangt 12 Zeichen",
    "Password: expired",
]


@pytest.mark.parametrize("case", [case_of("", line) for line in SECRETS], ids=SECRETS)
def test_secret_of_the_request_is_masked_and_nothing_else(case: Case) -> None:
    places = {place for start, end in case.secrets for place in range(start, end)}

    assert covered_now(case.text) == places


@pytest.mark.parametrize("line", EVIDENCE)
def test_evidence_of_the_request_stays(line: str) -> None:
    assert redact(line) == line
