"""What a network is given, and how it counts: plain functions over `content/channels.yaml`."""
