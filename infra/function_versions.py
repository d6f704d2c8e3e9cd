"""The API function's published versions: what calls them, and when there is a new one (ADR 0018)."""

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

Template = dict[str, Any]

FUNCTION = "APIHandler"
FINGERPRINT_DIGITS = 12


def with_alias_called(template: Template) -> Template:
    """Return a copy of `template` whose REST API calls the alias of its function.

    Chalice's definition names the function itself, which is its unpublished code ($LATEST): SAM rewires only the events
    that it generates. The function is named by text and not by attribute, as there would be a circle otherwise: the API
    needs the function, the function the client of the user pool whose tokens it takes, that client the address of the
    page, and the page the API.
    """
    called = copy.deepcopy(template)
    api, function = (called["Resources"][name]["Properties"] for name in ("RestAPI", FUNCTION))
    name = function["FunctionName"]["Fn::Sub"]
    arn = f"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}"
    definition = json.dumps(api["DefinitionBody"])
    alias = function["AutoPublishAlias"]
    api["DefinitionBody"] = json.loads(definition.replace(f"${{{FUNCTION}.Arn}}", f"{arn}:{alias}"))
    return called


def with_fingerprint(template: Template, values: Mapping[str, str]) -> Template:
    """Return a copy of `template` whose API function says which configuration it has.

    SAM names a version by a hash of the function as it is written. A new parameter value, or another resource behind a
    reference, changes no text there: the alias would stay on a version with the old environment. So `values`, those of
    all parameters, and the template are written into the function's description as a hash.
    """
    marked = copy.deepcopy(template)
    text = json.dumps([template, dict(values)], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_DIGITS]
    marked["Resources"][FUNCTION]["Properties"]["Description"] = f"Configuration {digest}"
    return marked
