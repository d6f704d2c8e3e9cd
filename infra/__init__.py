"""How FlowPilot becomes a stack: the template, the package and the deployment."""
