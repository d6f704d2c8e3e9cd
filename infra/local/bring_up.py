"""Brings a local stack up: emulator, fakes of the neighbors, the packaged app deployed, its people enrolled."""

import os
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx2

from chalicelib.settings import Settings
from infra.deploy import deploy
from infra.local.deployed import DeployedStack
from infra.local.emulator import require_free_port, shared_code, start_emulator
from infra.local.packages import packaged
from infra.local.people import PEOPLE, enroll
from infra.local.services import LocalTrouble, Service, Services, answers
from infra.local.site import ROOT, STAGE, Site

WEB = ROOT / "web"
MAIL_SENDER = "flowpilot@msp.example"
AI_PROVIDERS = ("anthropic", "bedrock", "rehearsal")


def bring_up(site: Site, services: Services, environment: Mapping[str, str] = os.environ) -> DeployedStack:
    """Return the stack once its API answers. Whatever was in the emulator's saved state is still there.

    Raises LocalTrouble when something is in the way.
    """
    provider = ai_provider(environment)
    package_dir = packaged()
    fakes = [start_psa_sandbox(site, services), start_post_office(site, services)]
    if provider == "rehearsal":
        fakes.append(start_rehearsal_model(site, services))
    start_emulator(site, services, package_dir)
    for url in fakes:
        services.wait_until(partial(answers, f"{url}/health"), url)
    parameters = _parameters(site, provider, environment.get("AI_MODEL") or Settings().ai_model)
    outputs = deploy(STAGE, package_dir, site.endpoint_url, parameters, shared_code(site))
    stack = DeployedStack.of(site, outputs)
    if provider == "anthropic":
        secret = {"SecretId": outputs["AiKeySecretArn"], "SecretString": environment["ANTHROPIC_API_KEY"]}
        stack.secrets().put_secret_value(**secret)
    cognito = stack.cognito()
    for person in PEOPLE:
        enroll(person, cognito, stack.user_pool_id)
    stack.verify_mail(MAIL_SENDER, *(person.email for person in PEOPLE))
    warm_up(stack)
    return stack


def ai_provider(environment: Mapping[str, str]) -> str:
    """`AI_PROVIDER` when set; else the real API when there is a key for it; else the rehearsal model.

    Raises LocalTrouble when that cannot be.
    """
    has_key = bool(environment.get("ANTHROPIC_API_KEY"))
    provider = environment.get("AI_PROVIDER") or ("anthropic" if has_key else "rehearsal")
    if provider not in AI_PROVIDERS:
        raise LocalTrouble(f"AI_PROVIDER must be one of {', '.join(AI_PROVIDERS)}, not {provider!r}")
    if provider == "anthropic" and not has_key:
        raise LocalTrouble("AI_PROVIDER=anthropic needs the key in ANTHROPIC_API_KEY")
    return provider


def start_rehearsal_model(site: Site, services: Services) -> str:
    """Start the rehearsal model, and return the address at which it will answer."""
    require_free_port(site.rehearsal_port, "rehearsal model", "FLOWPILOT_REHEARSAL_PORT")
    command = [sys.executable, "-m", "infra.local.rehearsal_model", "--port", str(site.rehearsal_port)]
    services.start(Service("rehearsal-model", command, _python_environment(), stop_timeout_s=5))
    return site.rehearsal_url


def start_psa_sandbox(site: Site, services: Services) -> str:
    """Start the PSA sandbox, and return the address at which it will answer.

    Its tickets and notes are kept with the stack's other data.
    """
    require_free_port(site.psa_port, "PSA sandbox", "FLOWPILOT_PSA_PORT")
    place = ["--port", str(site.psa_port), "--file", str(site.home / "psa-tickets.json")]
    command = [sys.executable, "-m", "infra.local.psa_sandbox", *place]
    services.start(Service("psa-sandbox", command, _python_environment(), stop_timeout_s=5))
    return site.psa_url


def _python_environment() -> dict[str, str]:
    """Time zones come from the pinned package, as in the functions."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONTZPATH": ""}


def start_post_office(site: Site, services: Services) -> str:
    """Start the post office, and return the address at which it will answer."""
    require_free_port(site.post_office_port, "post office", "FLOWPILOT_POST_OFFICE_PORT")
    require_free_port(site.mail_port, "post office's mail", "FLOWPILOT_MAIL_PORT")
    places = ["--port", str(site.post_office_port), "--mail-port", str(site.mail_port)]
    places += ["--endpoint-url", site.endpoint_url]
    command = [sys.executable, "-m", "infra.local.post_office", *places]
    services.start(Service("post-office", command, {**os.environ, "PYTHONPATH": str(ROOT)}, stop_timeout_s=5))
    return site.post_office_url


def is_page_built() -> bool:
    """Whether there is a page to serve."""
    return (WEB / "dist" / "index.html").exists()


def serve_page(site: Site, services: Services) -> None:
    """Return once the built page and the API of the stack in `site.stack_file` answer at `site.web_url`."""
    require_free_port(site.web_port, "web page", "FLOWPILOT_WEB_PORT")
    settings = {"FLOWPILOT_STACK_JSON": str(site.stack_file), "FLOWPILOT_WEB_PORT": str(site.web_port)}
    command = ["node", str(WEB / "node_modules" / "vite" / "bin" / "vite.js"), "preview", str(WEB)]
    services.start(Service("web", command, {**os.environ, **settings}, stop_timeout_s=5))
    services.wait_until(lambda: answers(f"{site.web_url}/api/health"), "the web page")


def warm_up(stack: DeployedStack, workers: int = 1) -> None:
    """Have the emulator start this many processes of the API function, so that later calls find them running.

    Raises LocalTrouble when the API does not answer.
    """
    url = f"{stack.api_url}/health"
    with ThreadPoolExecutor(workers) as pool:
        for response in pool.map(lambda _: httpx2.get(url, timeout=120), range(workers)):
            if not response.is_success:
                raise LocalTrouble(
                    f"{url} answers {response.status_code} {response.text}; the reason is in logs/emulator.log"
                )


def _parameters(site: Site, provider: str, model: str) -> dict[str, str]:
    """All of them every time: what is not given keeps the value that an earlier run gave it."""
    return {
        "AiProvider": provider,
        "AiModel": model,
        "AiBaseUrl": site.rehearsal_url if provider == "rehearsal" else "",
        "CallbackUrls": f"{site.web_url}/",
        "LogoutUrls": f"{site.web_url}/",
        "EmailSender": MAIL_SENDER,
        "EmailIdentity": MAIL_SENDER.partition("@")[2],
        "SendSms": "true",
    }
