"""Notifications of what a build did: mail and webhooks."""
