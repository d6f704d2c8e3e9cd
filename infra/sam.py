"""The packaged template as CloudFormation has it after SAM's transform."""

import copy
import os
from typing import Any
from unittest.mock import patch

from samtranslator.translator.transform import transform

Template = dict[str, Any]


def translated(template: Template) -> Template:
    """Return what SAM makes of `template`; CloudFormation's own language extensions are still unresolved."""
    uploaded = copy.deepcopy(template)
    for resource in uploaded["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": "artifacts", "Key": "deployment.zip"}
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": "us-east-1"}):  # SAM wants to know the partition
        plain: Template = transform(uploaded, {}, _NoManagedPolicies())
    return plain | {"Transform": "AWS::LanguageExtensions"}


class _NoManagedPolicies:
    """What SAM would ask IAM; no policy of a function names a managed one."""

    def load(self) -> dict[str, str]:
        return {}
