"""FlowPilot on one machine: the deployed stack on an emulator, with demo people and data."""
