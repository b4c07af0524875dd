"""What happens to one order. No SQL, no Slack, no sockets except the model's."""

import os

# Read by langgraph when it is imported: checkpoints then load plain data only, so that a
# forged row cannot name a function to call.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
