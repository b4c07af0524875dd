"""What is remembered: settings, the playbook, mail, orders, events, and the ERPs."""
