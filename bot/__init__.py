"""Everything with an outside: mailbox, Slack, command line, schedule, web."""
