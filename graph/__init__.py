"""What happens to one order. No SQL, no Slack, no sockets except the model's."""

import os

# All read by langgraph and langchain when they are imported. Checkpoints load plain data only,
# so that a forged row cannot name a function to call; and no mail is traced to anybody.
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
