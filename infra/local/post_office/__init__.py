"""The post office: a server that receives what leaves the stack, as strictly as the real receivers."""

from infra.local.post_office.server import PostOffice

__all__ = ["PostOffice"]
