"""The rehearsal model: a small server that speaks the Messages API and answers from the content it is sent."""

from infra.local.rehearsal_model.server import RehearsalModel

__all__ = ["RehearsalModel"]
