"""The local workspace: a strict stand-in for Slack, with a page that people can click."""
