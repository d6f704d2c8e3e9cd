"""The PSA sandbox: a server that behaves as ConnectWise, Autotask and HaloPSA do for the calls used here."""

from infra.local.psa_sandbox.server import PsaSandbox

__all__ = ["PsaSandbox"]
